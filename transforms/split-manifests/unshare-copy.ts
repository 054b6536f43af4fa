import { isBroadCopy } from './broad-copies.ts'
import { findInstalls, type Install } from './find-installs.ts'
import { isOwn } from '../shared/arrange.ts'
import { applyEdits, type TextEdit } from '../../src/edits/text-edit.ts'
import { parseDockerfile } from '../../src/dockerfile/scan.ts'
import { buildModel, type StageBuild } from '../../src/model/build.ts'
import type { Dockerfile, Instruction, Range } from '../../src/dockerfile/types.ts'
import type { Step } from '../../src/model/step.ts'
import type { TransformInput } from '../types.ts'

/** An install of a stage whose base stage ends with the copy of the sources. */
export interface SharedInstall {
  /** The RUN in the file as it is. */
  readonly instruction: Instruction
  /** The file in which the stage copies for itself. */
  readonly input: TransformInput
  readonly install: Install
  /** The stage that is new there: what stands above the copies. Absent where nothing does. */
  readonly setup?: string
}

/**
 * Installs that stand in a stage of their own, below a stage that copies the sources for several. Each is given in a file
 * that builds the same stages: what stands above the copy becomes a stage that both are built on, and both copy.
 */
export function findSharedInstalls(input: TransformInput): readonly SharedInstall[] {
  return input.build.stages.flatMap((stage) => {
    const installs = stage.steps.filter(
      ({ atoms, instruction }) =>
        isOwn(input.dockerfile, instruction) &&
        atoms.some(({ effects }) =>
          effects.some(({ role }) => role === 'install' || role === 'fetch' || role === 'build'),
        ),
    )
    const unshared = installs.length === 0 ? undefined : unshare(input, stage)
    if (unshared === undefined) return []
    const found = findInstalls(unshared.input).filter((install) => install.stage === unshared.stage)
    return installs.flatMap(({ instruction }) => {
      const install = found.find(({ step }) => step.instruction.original === instruction.original)
      return install === undefined ? [] : [{ ...unshared, instruction, install }]
    })
  })
}

interface Unshared extends Pick<SharedInstall, 'input' | 'setup'> {
  readonly stage: StageBuild
}

function unshare(input: TransformInput, child: StageBuild): Unshared | undefined {
  const { dockerfile, build } = input
  const parent = child.parent === undefined ? undefined : build.stages[child.parent]
  if (parent === undefined || parent.environment.triggers.length > 0 || usesNumbers(dockerfile))
    return undefined
  const last = parent.steps.findLastIndex((step) => !isBroadCopy(step))
  const copies = parent.steps.slice(last + 1)
  if (copies.length === 0 || !copies.every((step) => isPlain(dockerfile, step, parent))) return undefined
  const setup = last === 0 ? undefined : toSetupName(dockerfile, parent)
  const edits =
    last === 0 ? useImage(dockerfile, parent, child) : addStage(dockerfile, parent, child, copies, setup)
  if (edits === undefined) return undefined
  const [from = 0] = child.stage.instructions
  const end = dockerfile.instructions[from]?.range.end ?? 0
  const spelled = copies.map(({ instruction }) => `${dockerfile.eol}${spell(dockerfile, instruction.range)}`)
  const text = applyEdits(dockerfile.text, [...edits, { start: end, end, text: spelled.join('') }])
  const parsed = parseDockerfile(text)
  if (!('instructions' in parsed)) return undefined
  const changed = buildModel(parsed, build.context, { resolve: input.resolve })
  const stage = changed.stages[child.stage.index + (setup === undefined ? 0 : 1)]
  return (
    stage && {
      input: { ...input, dockerfile: parsed, build: changed },
      stage,
      ...(setup === undefined ? {} : { setup }),
    }
  )
}

/** Nothing stands above the copies: the stage is built on the same image. */
function useImage(
  dockerfile: Dockerfile,
  parent: StageBuild,
  child: StageBuild,
): readonly TextEdit[] | undefined {
  const [from, own] = [parent, child].map((stage) => fromOf(dockerfile, stage))
  const [image] = from?.words ?? []
  const [base] = own?.words ?? []
  if (image === undefined || base === undefined || (from?.flags.length ?? 0) > 0) return undefined
  return [{ ...base.range, text: spell(dockerfile, image.range) }]
}

function addStage(
  dockerfile: Dockerfile,
  parent: StageBuild,
  child: StageBuild,
  copies: readonly Step[],
  setup: string | undefined,
): readonly TextEdit[] | undefined {
  const from = fromOf(dockerfile, parent)
  const [, as, name] = from?.words ?? []
  const [base] = fromOf(dockerfile, child)?.words ?? []
  const at = dockerfile.blocks[copies[0]?.instruction.index ?? -1]?.range.start
  if (from === undefined || as === undefined || name === undefined || base === undefined) return undefined
  if (setup === undefined || at === undefined) return undefined
  const { eol, text } = dockerfile
  const gap = /\n[ \t]*\r?\n$/.test(text.slice(0, at)) ? '' : eol
  const words = [spell(dockerfile, from.keywordRange), setup, spell(dockerfile, as.range), name.raw]
  return [
    { ...name.range, text: setup },
    { start: at, end: at, text: `${gap}${words.join(' ')}${eol}` },
    { ...base.range, text: setup },
  ]
}

/** A name for what stands above the copies; absent when it is taken. */
function toSetupName({ instructions, stages }: Dockerfile, { stage }: StageBuild): string | undefined {
  if (stage.name === undefined) return undefined
  const name = `${stage.name.toLowerCase()}-setup`
  const taken =
    stages.some((other) => [other.name, other.base].some((word) => word?.toLowerCase() === name)) ||
    instructions.some(({ flags }) => flags.some(({ text }) => text.toLowerCase().includes(`from=${name}`)))
  return taken ? undefined : name
}

/** Whether a stage is meant by its number, which changes when a stage is added above it. */
function usesNumbers({ instructions, stages }: Dockerfile): boolean {
  return (
    stages.some(({ base }) => /^\d+$/.test(base)) ||
    instructions.some(({ flags }) => flags.some(({ text }) => /from=["']?\d+(\D|$)/.test(text)))
  )
}

/** Not all builders hand an ARG down to the stages that are built on its own; ENV is handed down by all. */
function isPlain(dockerfile: Dockerfile, { instruction, names }: Step, parent: StageBuild): boolean {
  return (
    isOwn(dockerfile, instruction) &&
    instruction.heredocs.length === 0 &&
    names.every((name) => parent.environment.env.has(name))
  )
}

function fromOf({ instructions }: Dockerfile, { stage }: StageBuild): Instruction | undefined {
  return instructions[stage.instructions[0] ?? -1]
}

function spell({ text }: Dockerfile, { start, end }: Range): string {
  return text.slice(start, end)
}
