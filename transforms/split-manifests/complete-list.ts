import { installAt } from './find-installs.ts'
import { suppliedReads, manifestLines, type Supplied } from './manifest-lines.ts'
import { arrange, type Item } from '../shared/arrange.ts'
import { parseDockerfile } from '../../src/dockerfile/scan.ts'
import { buildModel, type StageBuild } from '../../src/model/build.ts'
import { isWithin, parentPath } from '../../src/model/paths.ts'
import type { Dockerfile } from '../../src/dockerfile/types.ts'
import type { Step } from '../../src/model/step.ts'
import type { TransformInput } from '../types.ts'

/** A list of manifests that has rotted, and the file with the list completed. */
export interface Completion {
  readonly step: Step
  readonly text: string
  /** The file without a split: what the completed one must equal. */
  readonly reference: string
  /** The context paths that were missing. */
  readonly files: readonly string[]
}

/** Without its lockfile an install is what its author wants: the list is not one that has rotted. */
const LOCKFILE = /lock|shrinkwrap|\.sum$/

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
  const { dockerfile } = input
  const later = stage.steps
    .slice(at + 1)
    .filter((other) => isBroadCopy(other) && other.before.workdir === step.before.workdir)
  const lists = stage.steps
    .slice(0, at)
    .filter((other) => other.copy !== undefined && other.copy.from === undefined)
  const list = lists.at(-1)
  const [source] = later
  if (source === undefined || list === undefined || lists.some(isBroadCopy)) return undefined
  const reference = moveAbove(dockerfile, step, later)
  const parsed = parseDockerfile(reference)
  if (!('instructions' in parsed)) return undefined
  const build = buildModel(parsed, input.build.context, { resolve: input.resolve })
  const whole = installAt(build, step.instruction.index + later.length)
  if (whole === undefined || !isInstall(whole.step) || !lacksMembers(step, whole.step)) return undefined
  const copies = whole.stage.steps.slice(0, whole.at).filter(isBroadCopy)
  const reads = suppliedReads(whole.step.atoms, copies, stage.steps[at - 1]?.log ?? [])
  if ('code' in reads || reads.length === 0 || reads.some((read) => LOCKFILE.test(read.source)))
    return undefined
  const text = addToList(dockerfile, list, lists, step, reads)
  return text === undefined ? undefined : { step, text, reference, files: reads.map((read) => read.source) }
}

/**
 * Whether a step may be an install above a list. A member that is missing may be why it is not known: it fails in a build
 * without cache. One that makes files itself (`touch src/main.rs`) is not the same step below the sources.
 */
function mayInstall({ atoms }: Step): boolean {
  const effects = atoms.flatMap((atom) => atom.effects)
  return (
    effects.some(({ role }) => role === 'install' || role === 'fetch') &&
    effects.every((effect) => effect.known || effect.reason?.code === 'missing-file') &&
    !effects.some((effect) => effect.known && effect.role === 'files' && effect.writes.length > 0)
  )
}

/**
 * Whether what a step lacks are members of the project. A download may well be given less than it could read (`pnpm fetch` a
 * lockfile alone); it has rotted when it cannot be known, or when a search finds less than it would.
 */
function lacksMembers(step: Step, whole: Step): boolean {
  const effects = step.atoms.flatMap((atom) => atom.effects)
  if (effects.some((effect) => !effect.known || effect.role === 'install')) return true
  const searches = ({ reads }: Step): readonly string[] =>
    reads.filter(({ kind }) => kind === 'find').map(({ path, value }) => `${path} ${value}`)
  return searches(step).join() !== searches(whole).join()
}

function isInstall(step: Step): boolean {
  const effects = step.atoms.flatMap((atom) => atom.effects)
  return (
    effects.every((effect) => effect.known) &&
    effects.some(({ role }) => role === 'install' || role === 'fetch')
  )
}

function isBroadCopy({ copy, writes }: Step): boolean {
  return (
    copy !== undefined && copy.from === undefined && writes.some((write) => write.region.kind === 'mapped')
  )
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

/** Adds words to the line that copies to the same directory, or new lines below the list. */
function addToList(
  dockerfile: Dockerfile,
  last: Step,
  lists: readonly Step[],
  step: Step,
  reads: readonly Supplied[],
): string | undefined {
  const fits = (read: Supplied): Step | undefined => lists.find((list) => canTake(list, read))
  const joined = reads.filter((read) => fits(read) !== undefined)
  const lines = manifestLines(
    dockerfile,
    reads.filter((read) => !joined.includes(read)),
    [...new Set(reads.map((read) => read.copy))],
    step.before.workdir,
  )
  if ('code' in lines) return undefined
  const { index } = last.instruction
  const withLines = arrange(dockerfile, index, index, [
    { instruction: index },
    ...lines.map((text): Item => ({ text, lead: '' })),
  ])
  return insertWords(dockerfile, withLines, lists, joined, fits)
}

/** `COPY package.json package-lock.json ./` can take `.npmrc` along. */
function canTake({ copy, instruction }: Step, read: Supplied): boolean {
  if (copy === undefined || instruction.json !== undefined || read.directory || !copy.directory) return false
  const flags = (other: Step): string => other.copy?.attributes ?? ''
  const sameFolder = copy.sources.every(
    (source) =>
      source.value !== undefined &&
      parentPath(`/${source.value.replace(/^\.?\//, '')}`) === parentPath(`/${read.source}`),
  )
  return (
    copy.target === parentPath(read.path) &&
    sameFolder &&
    copy.attributes === flags(read.copy) &&
    (copy.destination.value ?? '').endsWith('/') &&
    isWithin(read.path, copy.target)
  )
}

function insertWords(
  dockerfile: Dockerfile,
  text: string,
  lists: readonly Step[],
  joined: readonly Supplied[],
  fits: (read: Supplied) => Step | undefined,
): string {
  let result = text
  for (const list of lists.toReversed()) {
    const words = joined.filter((read) => fits(read) === list).map((read) => read.source)
    const range = list.copy?.destination.range
    if (words.length === 0 || range === undefined) continue
    result = `${result.slice(0, range.start)}${words.join(' ')} ${result.slice(range.start)}`
  }
  return result === dockerfile.text ? text : result
}
