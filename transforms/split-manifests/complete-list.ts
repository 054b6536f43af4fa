import {
  borrowCopies,
  insertAbove,
  insertBelow,
  isBroadCopy,
  isContextCopy,
  stepsAbove,
} from './borrow-copies.ts'
import { installAt } from './find-installs.ts'
import { dropStubs, makesFiles, restoreStubs } from './hand-made-stubs.ts'
import { LOCKFILE } from './lockfile.ts'
import { addToList } from './add-to-list.ts'
import { suppliedReads, type Supplied } from './manifest-lines.ts'
import { stubsOf } from './stub-files.ts'
import { arrange, type Item } from '../shared/arrange.ts'
import { parseDockerfile } from '../../src/dockerfile/scan.ts'
import { buildModel, type StageBuild } from '../../src/model/build.ts'
import { createImageFiles } from '../../src/model/image-files.ts'
import type { Dockerfile } from '../../src/dockerfile/types.ts'
import type { Write } from '../../src/model/log.ts'
import type { Step } from '../../src/model/step.ts'
import type { Effect } from '../../src/model/types.ts'
import type { TransformInput } from '../types.ts'

/** A list of manifests that has rotted, and the file with the list completed. */
export interface Completion {
  readonly step: Step
  readonly text: string
  /** The file without a split: what the completed one must equal. */
  readonly reference: string
  /** The completed file with the sources below the install, where another stage copies them: it is what is compared. */
  readonly witness?: string
  /** The context paths that were missing. */
  readonly files: readonly string[]
}

/** Why an install is not known that lacks a member. */
const MISSING: ReadonlySet<string> = new Set(['missing-file', 'outside-context'])

/**
 * Installs that stand above the copy of the sources already, but do not find all that they would find below it: a
 * workspace member, a patch or a settings file that was added after the list was written.
 */
export function* findCompletions(input: TransformInput): Generator<Completion> {
  for (const stage of input.build.stages) {
    for (let at = 1; at < stage.steps.length; at++) {
      const step = stage.steps[at]
      if (step === undefined || !mayInstall(step)) continue
      const completion = complete(input, stage, at, step)
      if (completion !== undefined) yield completion
    }
  }
}

function complete(input: TransformInput, stage: StageBuild, at: number, step: Step): Completion | undefined {
  const above = stepsAbove(input.build, stage, at)
  if (above.some(isWholeCopy) || step.mounts.some(isWhole)) return undefined
  const lists = stage.steps.slice(0, at).filter(isContextCopy)
  if (!above.some(isContextCopy) && step.mounts.length === 0) return undefined
  const later = stage.steps
    .slice(at + 1)
    .filter((other) => isBroadCopy(other) && other.before.workdir === step.before.workdir)
  const bare = toBare(input, step, later)
  if (bare === undefined) return undefined
  const borrowed = later.length > 0 ? [] : borrowCopies(input, stage, step, above.findLast(isContextCopy))
  const count = later.length + borrowed.length
  if (count === 0) return undefined
  const reference = borrowed.length > 0 ? insertAbove(bare, step, borrowed) : moveAbove(bare, step, later)
  const parsed = parseDockerfile(reference)
  if (!('instructions' in parsed)) return undefined
  const build = buildModel(parsed, input.build.context, { resolve: input.resolve })
  const whole = installAt(build, step.instruction.index + count)
  if (whole === undefined || !isInstall(whole.step) || !hasRotted(input.path, step, whole.step))
    return undefined
  const copies = whole.stage.steps.slice(0, whole.at).filter(isBroadCopy)
  const held = [...(stage.steps[at - 1]?.log ?? []), ...step.mounts]
  const reads = suppliedReads(whole.step.atoms, copies, held)
  // Without its lockfile an install is what its author wants: the list is not one that has rotted.
  if ('code' in reads || reads.length === 0 || reads.some((read) => LOCKFILE.test(read.source)))
    return undefined
  const stubbed = withStubs(input, bare, step, whole.step, reads, later)
  const text = stubbed && addToList(stubbed, lists, step, reads, parsed)
  if (text === undefined) return undefined
  const files = reads.map((read) => read.source)
  if (borrowed.length === 0) return { step, text, reference, files }
  const witness = insertBelow(text, bare, step, borrowed)
  return witness === undefined ? undefined : { step, text, reference, witness, files }
}

/** The file with the RUN as it would stand below the sources; `undefined` when it makes files that it needs there too. */
function toBare({ dockerfile }: TransformInput, step: Step, later: readonly Step[]): Dockerfile | undefined {
  if (!step.atoms.some(makesFiles)) return dockerfile
  const text = dropStubs(dockerfile, step, later)
  const bare = text === undefined ? undefined : parseDockerfile(text)
  return bare !== undefined && 'instructions' in bare ? bare : undefined
}

/** The file with what the RUN only needs to be there made above the sources. */
function withStubs(
  input: TransformInput,
  bare: Dockerfile,
  step: Step,
  whole: Step,
  reads: readonly Supplied[],
  later: readonly Step[],
): Dockerfile | undefined {
  const build =
    bare === input.dockerfile
      ? input.build
      : buildModel(bare, input.build.context, { resolve: input.resolve })
  const own = installAt(build, step.instruction.index)
  if (own === undefined) return undefined
  const above = own.stage.steps[own.at - 1]?.log ?? []
  const files = createImageFiles(above, build.context, build.tolerance, [])
  if (whole.atoms.flatMap(stubsOf).every((path) => files.peekKind(path) !== 'absent')) return bare
  const text = restoreStubs(bare, own.step, whole.atoms, reads, later)
  const parsed = text === undefined ? undefined : parseDockerfile(text)
  return parsed !== undefined && 'instructions' in parsed ? parsed : undefined
}

/**
 * Whether a step may be an install above a list. A member that is missing may be why it is not known: it fails in a build
 * without cache. Its folder is then missing too, as if it lay outside the context.
 */
function mayInstall({ atoms }: Step): boolean {
  const effects = atoms.flatMap((atom) => atom.effects)
  return (
    effects.some(({ role }) => role === 'install' || role === 'fetch') &&
    effects.every(
      (effect) => effect.known || MISSING.has(effect.reason?.code ?? '') || isBehind(effects, effect),
    )
  )
}

/** Whether an install is not known only because the one before it in the RUN is not. */
function isBehind(effects: readonly Effect[], effect: Effect): boolean {
  const first = effects.findIndex((other) => !other.known && MISSING.has(other.reason?.code ?? ''))
  return (
    first >= 0 && effects.indexOf(effect) > first && !effect.known && effect.reason?.code === 'changed-input'
  )
}

/**
 * Whether what a step lacks is why its list has rotted. A download may well be given less than it could read (`pnpm fetch` a
 * lockfile alone) unless it wants all; it has rotted when it cannot be known, or when a search finds less than it would. Where
 * the members are chosen, by the command or for the image of one of them, the others are no loss.
 */
function hasRotted(path: string, step: Step, whole: Step): boolean {
  const effects = step.atoms.flatMap((atom) => atom.effects)
  if (effects.some((effect) => !effect.known)) return true
  const wantsAll = effects.some(
    (effect) => effect.known && (effect.role === 'install' || effect.wantsAll === true),
  )
  const isChosen =
    effects.some((effect) => effect.known && effect.narrowed === true) || isForMember(path, step)
  if (!isChosen && wantsAll) return true
  const searches = ({ reads }: Step): readonly string[] =>
    reads.filter(({ kind }) => kind === 'find').map(({ path: at, value }) => `${at} ${value}`)
  return (searches(step).join() !== searches(whole).join()) !== isChosen
}

/** Whether a Dockerfile stands with or is named after one of the folders in its list: `apps/web/Dockerfile`, `web.Dockerfile`. */
function isForMember(path: string, { reads }: Step): boolean {
  const words = new Set(path.split(/[/.]/))
  return reads.some(
    ({ source, found }) =>
      found && source?.includes('/') === true && words.has(source.split('/').at(-2) ?? ''),
  )
}

function isInstall(step: Step): boolean {
  const effects = step.atoms.flatMap((atom) => atom.effects)
  return (
    effects.every((effect) => effect.known) &&
    effects.some(({ role }) => role === 'install' || role === 'fetch')
  )
}

/** Whether a copy brings the whole context, so that what stands below it is no list. */
function isWholeCopy(step: Step): boolean {
  return isContextCopy(step) && step.writes.some(isWhole)
}

function isWhole({ region }: Write): boolean {
  return region.kind === 'mapped' && region.root === ''
}

/** The file as it would be without a split: the sources are copied just above the install. */
function moveAbove(dockerfile: Dockerfile, step: Step, later: readonly Step[]): string {
  const { index } = step.instruction
  const moved = later.map((other) => other.instruction.index)
  const last = moved.at(-1) ?? index
  const rest = Array.from({ length: last - index + 1 }, (_, offset) => index + offset).filter(
    (other) => !moved.includes(other),
  )
  return arrange(
    dockerfile,
    index,
    last,
    [...moved, ...rest].map((instruction): Item => ({ instruction, lead: '' })),
  )
}
