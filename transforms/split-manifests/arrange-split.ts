import { moveCopy } from './move-copy.ts'
import { arrange, blank, hasComments, leadOf, type Item } from '../shared/arrange.ts'
import type { Dockerfile } from '../../src/dockerfile/types.ts'
import type { Step } from '../../src/model/step.ts'

/** The pieces of a split, in the order in which they will stand. */
export interface Pieces {
  readonly free: readonly Step[]
  /** COPY lines for the manifests. */
  readonly lines: readonly string[]
  /** Whether the manifests stand above `free`, where the first copy stood. */
  readonly early: boolean
  readonly fed: readonly Step[]
  readonly step: Step
  /** The RUN up to the cut; absent when it is moved whole. */
  readonly head: string | undefined
  readonly sunk: readonly Step[]
  readonly dependent: readonly Step[]
  /** The rest of the RUN. */
  readonly tail: string | undefined
}

/** Writes the new order; blank lines go where a person would put them, comments stay with their steps. */
export function arrangeSplit(dockerfile: Dockerfile, pieces: Pieces): string {
  const { free, lines, early, fed, step, head, sunk, dependent, tail } = pieces
  const first = sunk[0] ?? step
  const runIndex = step.instruction.index
  const runLead = leadOf(dockerfile, runIndex)
  const hasLine = lines.length > 0
  const manifests = lines.map((text, index): Item => ({
    text,
    lead: index === 0 && !early && free.length > 0 ? blank(runLead) : '',
  }))
  const follows = hasLine && !early && fed.length === 0
  const ownLead = follows && !hasComments(dockerfile, runIndex) && runLead.trim() === '' ? '' : runLead
  const next = free[0] ?? fed[0] ?? step
  const above = hasComments(dockerfile, first.instruction.index)
    ? blank(leadOf(dockerfile, first.instruction.index))
    : ''
  const items: Item[] = [
    ...(early ? manifests : []),
    ...free.map(keep),
    ...(early ? [] : manifests),
    ...fed.map(keep),
    { instruction: runIndex, lead: ownLead, ...(head === undefined ? {} : { text: head }) },
    ...sunk.map((copy, index): Item => ({
      instruction: copy.instruction.index,
      ...moveCopy(dockerfile, copy, step.before.workdir),
      ...(index === 0 ? { lead: blank(leadOf(dockerfile, next.instruction.index)) || above } : {}),
    })),
    ...dependent.map(keep),
    ...(tail === undefined ? [] : [{ text: tail, lead: blank(runLead) }]),
  ]
  return arrange(dockerfile, first.instruction.index, runIndex, items)
}

function keep(step: Step): Item {
  return { instruction: step.instruction.index }
}
