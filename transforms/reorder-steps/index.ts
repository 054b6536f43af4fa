import { findHoist } from './find-hoist.ts'
import { findSink } from './find-sink.ts'
import { arrange, blank, hasComments, isOwn, leadOf, type Item } from '../shared/arrange.ts'
import { hoistSummary, sinkSummary } from '../../src/findings/summaries.ts'
import type { Note } from '../../src/findings/types.ts'
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

function propose(input: TransformInput): Outcome {
  const candidates = [...hoists(input), ...sinks(input)]
  const proposal = candidates.find(({ key }) => !input.rejected.has(key))
  return { ...(proposal === undefined ? {} : { proposal }), obstacles: [] }
}

function* hoists(input: TransformInput): Generator<Proposal> {
  for (const stage of input.build.stages) {
    for (let at = 1; at < stage.steps.length; at++) {
      const step = stage.steps[at]
      if (step === undefined || input.ignoreReason(step.instruction.index) !== undefined) continue
      const target = findHoist(stage, at)
      if (
        target === undefined ||
        ![step, target].every((other) => isOwn(input.dockerfile, other.instruction))
      )
        continue
      const { index } = step.instruction
      const first = target.instruction.index
      const between = range(first, index)
      const items: Item[] = [
        { instruction: index, ...leadAbove(input, index, first) },
        ...between.map((other): Item => ({ instruction: other, ...leadFor(input, other, first, index) })),
      ]
      yield {
        key: `hoist ${step.instruction.original} ${first}`,
        instruction: index,
        texts: [arrange(input.dockerfile, first, index, items)],
        summary: hoistSummary(step.instruction.original, target.instruction.original),
        notes: refreshNotes(step),
      }
    }
  }
}

function* sinks(input: TransformInput): Generator<Proposal> {
  for (const stage of input.build.stages) {
    for (let at = 1; at < stage.steps.length; at++) {
      const sink = findSink(stage, at, stampNames(input))
      const step = stage.steps[at]
      if (
        sink === undefined ||
        step === undefined ||
        !isOwn(input.dockerfile, step.instruction) ||
        sink.moved.some((other) => input.ignoreReason(other.instruction.index) !== undefined)
      )
        continue
      const moved = sink.moved.map((other) => other.instruction.index)
      const first = moved[0] ?? 0
      const last = sink.below.instruction.index
      const rest = range(first, last + 1).filter((other) => !moved.includes(other))
      const top = rest[0]
      const items: Item[] = [
        ...rest.map((other): Item => ({ instruction: other, ...(other === top ? { lead: '' } : {}) })),
        ...moved.map((other, index): Item => ({
          instruction: other,
          ...(index === 0 ? leadBelow(input, last) : {}),
        })),
      ]
      yield {
        key: `sink ${step.instruction.original} ${last}`,
        instruction: first,
        texts: [arrange(input.dockerfile, first, last, items)],
        summary: sinkSummary(sink.moved.map((other) => other.instruction.original)),
        notes: [],
      }
    }
  }
}

function stampNames({ options }: TransformInput): readonly string[] {
  const { stamps } = options
  return Array.isArray(stamps) ? stamps : []
}

/** Comments at the top of a region stay apart from what stands above it. */
function leadAbove({ dockerfile }: TransformInput, index: number, first: number): { readonly lead?: string } {
  const stands = leadOf(dockerfile, first) !== '' || !hasComments(dockerfile, index)
  return stands ? {} : { lead: blank(leadOf(dockerfile, index)) }
}

/**
 * The first instruction of a region has its lead outside of it: below the moved step it takes over a plain one, or
 * stands apart from it as the moved step did.
 */
function leadFor(
  { dockerfile }: TransformInput,
  index: number,
  first: number,
  moved: number,
): { readonly lead?: string } {
  if (index !== first) return {}
  return { lead: blank(leadOf(dockerfile, index)) || blank(leadOf(dockerfile, moved)) }
}

/** Stamps stand apart from what is above as the step below them does. */
function leadBelow(input: TransformInput, last: number): { readonly lead: string } {
  const lead = leadOf(input.dockerfile, last + 1)
  return { lead: blank(lead) }
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
