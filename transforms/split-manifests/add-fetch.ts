import { isBuild, isModeChange } from './find-fetch.ts'
import { installAt, type Install } from './find-installs.ts'
import { arrange, blank, indentOf, leadOf } from '../shared/arrange.ts'
import { readRun } from '../../src/dockerfile/run-script.ts'
import { parseDockerfile } from '../../src/dockerfile/scan.ts'
import { buildModel, type ModelBuild, type StageBuild } from '../../src/model/build.ts'
import { isWithin, joinPath } from '../../src/model/paths.ts'
import { overlaps } from '../../src/model/region.ts'
import type { Dockerfile, Range } from '../../src/dockerfile/types.ts'
import type { Reason } from '../../src/findings/reasons.ts'
import type { Atom } from '../../src/model/run.ts'
import type { FetchStep } from '../../src/model/types.ts'
import type { Step } from '../../src/model/step.ts'
import type { TransformInput } from '../types.ts'

/** The file with the fetch step added just above the build, ready to be split at that step. */
export interface Prepared {
  readonly dockerfile: Dockerfile
  readonly build: ModelBuild
  readonly install: Install
}

/**
 * Adds a command that only downloads, with the flags (secrets, caches) of the RUN that it serves: as a RUN above it, or
 * in front of the build where the RUN itself has prepared something by then, such as the tool.
 */
export function addFetch(
  input: TransformInput,
  install: Install,
  fetch: FetchStep,
): Prepared | Reason | undefined {
  const { dockerfile } = input
  const { step, builder, place = step } = install
  const { instruction } = step
  if (
    instruction.flags.some((flag) => flag.name === 'mount' && !/type=(cache|secret|ssh)\b/.test(flag.text))
  ) {
    return undefined
  }
  const text =
    builder !== undefined && isPrepared(step, builder)
      ? addInside(dockerfile, step, builder, fetch)
      : addAbove(dockerfile, step, place, fetch)
  const parsed = text === undefined ? undefined : parseDockerfile(text)
  if (parsed === undefined || !('instructions' in parsed)) return undefined
  const build = buildModel(parsed, input.build.context, { resolve: input.resolve })
  const added = installAt(build, place.instruction.index)
  if (added === undefined) return undefined
  return findRemoval(input, install, added.step) ?? { dockerfile: parsed, build, install: added }
}

/** A command behind the build that removes the downloads, in an image that ships: there they would stay in their own layer. */
function findRemoval(
  { build: { stages } }: TransformInput,
  { stage, step, builder }: Install,
  fetching: Step,
): Reason | undefined {
  if (builder === undefined || !isShipped(stages, stages.indexOf(stage))) return undefined
  const { workdir } = step.before
  // Notes in the project are small, and people clean up after their builds.
  const caches = fetching.writes.filter(
    ({ allow, region }) =>
      allow === 'cache' && 'path' in region && (workdir === '/' || !isWithin(region.path, workdir)),
  )
  const removal = step.atoms
    .slice(step.atoms.indexOf(builder) + 1)
    .find(
      ({ effects, writes }) =>
        effects.every((effect) => effect.known && effect.role === 'files') &&
        writes.some((write) => caches.some((cache) => overlaps(write.region, cache.region))),
    )
  return removal && { code: 'removes-downloads', command: removal.text }
}

/** Whether a stage is the last one, or what that one is based on. */
function isShipped(stages: readonly StageBuild[], index: number): boolean {
  for (let at: number | undefined = stages.length - 1; at !== undefined; at = stages[at]?.parent) {
    if (at === index) return true
  }
  return false
}

/** Whether the RUN does something before the build that the download may need: commands that build nothing, exported variables. */
function isPrepared(step: Step, builder: Atom): boolean {
  const before = step.atoms.slice(0, step.atoms.indexOf(builder))
  return !before.every((atom) => isModeChange(atom) || isBuild(atom)) || builder.unit.exports.size > 0
}

function addInside(dockerfile: Dockerfile, step: Step, builder: Atom, fetch: FetchStep): string | undefined {
  const { text } = dockerfile
  const { toFile, form } = readRun(step.instruction, dockerfile)
  const { range, cwd } = builder.unit
  const part = step.parts[builder.part]
  if (form !== 'shell' || toFile === undefined || part?.range.start !== range.start) return undefined
  const at = toFile(range.start)
  const isHere = joinPath('/', fetch.cwd) === cwd
  const command = isHere ? group(fetch.command) : `(${enter(fetch)})`
  return `${text.slice(0, at)}${command} && ${text.slice(at)}`
}

function enter({ cwd, command }: FetchStep): string {
  return `cd ${cwd} && ${group(command)}`
}

/** `a && b || c` is one piece of a longer chain only in brackets. */
function group(command: string): string {
  return command.includes('||') ? `(${command})` : command
}

/** Adds a RUN above a step, spelled like the one of the build. */
function addAbove(dockerfile: Dockerfile, step: Step, place: Step, fetch: FetchStep): string {
  const { keywordRange, flags } = step.instruction
  const spell = ({ start, end }: Range): string => dockerfile.text.slice(start, end)
  const command = joinPath('/', fetch.cwd) === step.before.workdir ? fetch.command : enter(fetch)
  const { index } = place.instruction
  const words = [spell(keywordRange), ...flags.map(({ range }) => spell(range)), command]
  return arrange(dockerfile, index, index, [
    { text: `${indentOf(dockerfile, index)}${words.join(' ')}` },
    { instruction: index, lead: blank(leadOf(dockerfile, index)) },
  ])
}
