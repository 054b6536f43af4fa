import { findInstalls, type Install } from './find-installs.ts'
import { addFetch } from './add-fetch.ts'
import { planSplit, SHAPES, type Shape } from './plan-split.ts'
import { findSharedInstalls } from './unshare-copy.ts'
import { findCompletions } from './complete-list.ts'
import { completeSummary, splitSummary, unshareSummary } from '../../src/findings/summaries.ts'
import type { Note } from '../../src/findings/types.ts'
import type { Obstacle, Outcome, Proposal, Transform, TransformInput } from '../types.ts'

/** Installs dependencies before the sources are copied, from the files that the install really reads. */
export const splitManifests: Transform = {
  id: 'split-manifests',
  description: 'Copies the files that an install reads, installs, and copies the rest afterwards.',
  docs: 'transforms/split-manifests/README.md',
  defaults: {
    // Whether a step that only downloads may be added above the sources.
    addFetch: true,
    // How the files reach the install.
    shape: 'auto',
  },
  choices: { shape: { oneOf: SHAPES } },
  propose,
}

function propose(input: TransformInput): Outcome {
  const obstacles: Obstacle[] = []
  for (const install of findInstalls(input)) {
    const { instruction } = install.step
    const why = input.ignoreReason(instruction.index)
    if (why !== undefined) {
      obstacles.push({ instruction: instruction.index, reason: { code: 'ignored', why } })
      continue
    }
    const key = `split ${instruction.original}`
    if (input.rejected.has(key)) continue
    const result = install.reason ?? toProposal(input, install, key)
    if (result === undefined) continue
    if ('code' in result) obstacles.push({ instruction: instruction.index, reason: result })
    else return { proposal: result, obstacles }
  }
  for (const shared of findSharedInstalls(input)) {
    const { index, original } = shared.instruction
    const key = `split ${original}`
    if (input.rejected.has(key) || input.ignoreReason(index) !== undefined) continue
    const result = shared.install.reason ?? toProposal(shared.input, shared.install, key)
    if (result === undefined) continue
    if ('code' in result) obstacles.push({ instruction: index, reason: result })
    else {
      const summary = `${result.summary} ${unshareSummary(shared.setup)}`
      const via = result.via ?? shared.input.dockerfile.text
      return { proposal: { ...result, via, instruction: index, summary }, obstacles }
    }
  }
  for (const completion of findCompletions(input)) {
    const { step, text, reference, witness, files } = completion
    const key = `complete ${step.instruction.original}`
    if (input.rejected.has(key) || input.ignoreReason(step.instruction.index) !== undefined) continue
    const summary = completeSummary(step.instruction.original, files)
    const notes: readonly Note[] = [{ code: 'install-sees', files }]
    return {
      proposal: {
        key,
        instruction: step.instruction.index,
        texts: [text],
        reference,
        ...(witness === undefined ? {} : { witness }),
        summary,
        notes,
      },
      obstacles,
    }
  }
  return { obstacles }
}

function toProposal(
  input: TransformInput,
  install: Install,
  key: string,
): Proposal | Obstacle['reason'] | undefined {
  const { dockerfile } = input
  if (install.fetch !== undefined && input.options['addFetch'] === false) return undefined
  const added = install.fetch === undefined ? undefined : addFetch(input, install, install.fetch)
  if (install.fetch !== undefined && added === undefined) return undefined
  if (added !== undefined && 'code' in added) return added
  const plan = planSplit(
    added ?? { dockerfile, build: input.build, install },
    input.context,
    toShape(input.options['shape']),
  )
  if (plan === undefined || 'code' in plan) return plan
  return {
    key,
    instruction: install.step.instruction.index,
    ...(added === undefined ? {} : { via: added.dockerfile.text }),
    texts: plan.texts,
    needs: plan.needs,
    summary: splitSummary(plan.install, plan.files, install.fetch !== undefined),
    notes: plan.notes,
    textNotes: plan.textNotes,
  }
}

function toShape(option: TransformInput['options'][string] | undefined): Shape {
  return SHAPES.find((shape) => shape === option) ?? 'auto'
}
