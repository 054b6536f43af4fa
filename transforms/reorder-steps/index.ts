import { findMove, type Place } from './find-move.ts'
import { toMovable } from './movable-stage.ts'
import { arrange, blank, hasComments, leadOf, type Item } from '../shared/arrange.ts'
import { hoistSummary, sinkSummary } from '../../src/findings/summaries.ts'
import { findChanges, type Change } from '../../src/model/volatility.ts'
import type { Dockerfile } from '../../src/dockerfile/types.ts'
import type { Note } from '../../src/findings/types.ts'
import type { StageBuild } from '../../src/model/build.ts'
import type { Step } from '../../src/model/step.ts'
import type { Outcome, Proposal, Transform, TransformInput } from '../types.ts'

/** Puts what changes rarely above what changes often. */
export const reorderSteps: Transform = {
  id: 'reorder-steps',
  description:
    'Moves steps that do not need the sources above them, and build stamps below what does not use them.',
  docs: 'transforms/reorder-steps/README.md',
  defaults: {
    // Further names of ARG whose values change with every build.
    stamps: [],
  },
  propose,
}

/** A move that saves fewer seconds of an average rebuild is not worth a diff. */
const THRESHOLD = 0.25

/** One move at a time: each is proven by itself, and the next is found after it. */
function propose(input: TransformInput): Outcome {
  const { build, dockerfile, options, rejected } = input
  let known: readonly Change[] | undefined
  const changes = (): readonly Change[] =>
    (known ??= findChanges(build.stages, build.context, input.history()))
  const stamps = Array.isArray(options['stamps']) ? options['stamps'] : []
  for (const stage of build.stages) {
    const movable = toMovable(input, stage, changes, stamps)
    const move = findMove(movable, THRESHOLD, (candidate) => !rejected.has(keyOf(stage, candidate)))
    if (move !== undefined) return { proposal: toProposal(dockerfile, stage, move), obstacles: [] }
  }
  return { obstacles: [] }
}

function keyOf({ steps }: StageBuild, { moved, place, target }: Place): string {
  const texts = [...moved, target].map((index) => steps[index]?.instruction.original ?? '')
  return [place, target, ...texts].join('\n')
}

function toProposal(dockerfile: Dockerfile, stage: StageBuild, move: Place): Proposal {
  const { steps } = stage
  const { moved, place, target } = move
  const own = moved.flatMap((index) => steps[index] ?? [])
  const indexes = own.map((step) => step.instruction.index)
  const other = steps[target]?.instruction
  const anchor = other?.index ?? 0
  const texts = own.map((step) => step.instruction.original)
  const [main] = place === 'above' ? own.slice(-1) : own
  const text = place === 'above' ? moveUp(dockerfile, indexes, anchor) : moveDown(dockerfile, indexes, anchor)
  return {
    key: keyOf(stage, move),
    instruction: main?.instruction.index ?? 0,
    texts: [text],
    summary:
      place === 'above'
        ? hoistSummary(texts, other?.original ?? '')
        : sinkSummary(texts, other?.original ?? ''),
    notes: own.flatMap(refreshNotes),
  }
}

/** The file with these instructions, in this order, right above another. */
function moveUp(dockerfile: Dockerfile, moved: readonly number[], first: number): string {
  const last = moved.at(-1) ?? first
  const rest = range(first, last + 1).filter((index) => !moved.includes(index))
  const items: Item[] = [
    ...moved.map((index, place): Item => ({
      instruction: index,
      ...(place === 0 ? leadAbove(dockerfile, index, first) : {}),
    })),
    ...rest.map((index): Item => ({ instruction: index, ...leadFor(dockerfile, index, first, last) })),
  ]
  return arrange(dockerfile, first, last, items)
}

/** The file with these instructions, in this order, right below another. */
function moveDown(dockerfile: Dockerfile, moved: readonly number[], last: number): string {
  const first = moved[0] ?? last
  const rest = range(first, last + 1).filter((index) => !moved.includes(index))
  const items: Item[] = [
    ...rest.map((index, place): Item => ({ instruction: index, ...(place === 0 ? { lead: '' } : {}) })),
    ...moved.map((index, place): Item => ({
      instruction: index,
      ...(place === 0 ? { lead: blank(leadOf(dockerfile, last + 1)) } : {}),
    })),
  ]
  return arrange(dockerfile, first, last, items)
}

/** Comments at the top of a region stay apart from what stands above it. */
function leadAbove(dockerfile: Dockerfile, index: number, first: number): { readonly lead?: string } {
  const stands = leadOf(dockerfile, first) !== '' || !hasComments(dockerfile, index)
  return stands ? {} : { lead: blank(leadOf(dockerfile, index)) }
}

/**
 * The first instruction of a region has its lead outside of it: below the moved step it takes over a plain one, or
 * stands apart from it as the moved step did.
 */
function leadFor(
  dockerfile: Dockerfile,
  index: number,
  first: number,
  moved: number,
): { readonly lead?: string } {
  if (index !== first) return {}
  return { lead: blank(leadOf(dockerfile, index)) || blank(leadOf(dockerfile, moved)) }
}

function refreshNotes(step: Step): readonly Note[] {
  const fetched = step.atoms.filter((atom) =>
    atom.effects.some((effect) => effect.known && effect.role === 'download'),
  )
  return fetched.map((atom) => ({ code: 'refreshes-less', text: atom.text }))
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
}
