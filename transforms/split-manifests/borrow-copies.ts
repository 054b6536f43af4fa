import { arrange, type Item } from '../shared/arrange.ts'
import { spellCopy } from './manifest-lines.ts'
import { parseDockerfile } from '../../src/dockerfile/scan.ts'
import { findStage, type ModelBuild, type StageBuild } from '../../src/model/build.ts'
import { isWithin, joinPath, relativeTo } from '../../src/model/paths.ts'
import type { Dockerfile } from '../../src/dockerfile/types.ts'
import type { Write } from '../../src/model/log.ts'
import type { Step } from '../../src/model/step.ts'
import type { TransformInput } from '../types.ts'

/**
 * COPY lines that bring the sources into a stage which only installs, from a stage that is built from it or takes files
 * from it: placed as the files are that the install reads, spelled like `list`. Empty where no such stage copies sources.
 */
export function borrowCopies(
  { build, dockerfile }: TransformInput,
  stage: StageBuild,
  step: Step,
  list: Step | undefined,
): readonly string[] {
  const places = step.reads.flatMap(({ kind, path, source }) =>
    kind === 'path' && source !== undefined && source !== '' ? withoutEnd(path, source) : [],
  )
  const [base] = places
  if (base === undefined || places.some((place) => place !== base)) return []
  const index = build.stages.indexOf(stage)
  const sources = build.stages.flatMap((user, at) => {
    const isChild = isBuiltFrom(build, at, index)
    if (!isChild && !user.steps.some((step) => takesFrom(build, at, step, index))) return []
    return user.steps
      .filter(isBroadCopy)
      .flatMap((copy) =>
        copy.writes
          .filter((write) => write.region.kind === 'mapped' && (!isChild || placeOf(write)[0] === base))
          .flatMap((write) => ({ copy, root: write.region.kind === 'mapped' ? write.region.root : '' })),
      )
  })
  const whole = sources.filter(({ root }) => root === '')
  const used = whole.length > 0 ? whole.slice(0, 1) : sources
  if (used.some(({ root }) => /[\s*?[\]\\$"']/.test(root))) return []
  return used.map(({ copy, root }) =>
    spellCopy(
      dockerfile,
      list ?? copy,
      [],
      [root === '' ? '.' : `${root}/`],
      toDestination(joinPath(base, root), step.before.workdir, list),
    ),
  )
}

function toDestination(dir: string, workdir: string, list: Step | undefined): string {
  if (!isWithin(dir, workdir)) return `${dir}/`
  const isDotted = list?.copy?.destination.raw.startsWith('./') === true
  return dir === workdir ? (isDotted ? './' : '.') : `${relativeTo(dir, workdir)}/`
}

/** The directory in which the whole context would lie of which a write copies a folder. */
function placeOf({ region }: Write): readonly string[] {
  return region.kind === 'mapped' ? withoutEnd(region.path, region.root) : []
}

function withoutEnd(path: string, end: string): readonly string[] {
  if (end === '') return [path]
  return path.endsWith(`/${end}`) ? [path.slice(0, -end.length - 1) || '/'] : ['elsewhere']
}

function isBuiltFrom(build: ModelBuild, at: number, index: number): boolean {
  const parent = build.stages[at]?.parent
  return parent !== undefined && (parent === index || isBuiltFrom(build, parent, index))
}

function takesFrom(build: ModelBuild, at: number, { copy, reads }: Step, index: number): boolean {
  const earlier = build.stages.slice(0, at)
  const names = [
    ...(copy?.from === undefined ? [] : [copy.from]),
    ...reads.flatMap(({ kind, path }) =>
      kind === 'mount' && path.includes(':') ? [path.replace(/:.*/, '')] : [],
    ),
  ]
  return names.some((name) => findStage(earlier, name) === index)
}

/** The steps of the stages that a stage is built from, and its own above a position. */
export function stepsAbove(build: ModelBuild, stage: StageBuild, at: number): readonly Step[] {
  const parent = stage.parent === undefined ? undefined : build.stages[stage.parent]
  const own = stage.steps.slice(0, at)
  return parent === undefined ? own : [...stepsAbove(build, parent, parent.steps.length), ...own]
}

export function isContextCopy({ copy }: Step): boolean {
  return copy !== undefined && copy.from === undefined
}

/** Whether a copy brings whole directories of the context. */
export function isBroadCopy(step: Step): boolean {
  return isContextCopy(step) && step.writes.some((write) => write.region.kind === 'mapped')
}

export function insertAbove(dockerfile: Dockerfile, step: Step, lines: readonly string[]): string {
  const { index } = step.instruction
  return arrange(dockerfile, index, index, [...lines.map(toItem), { instruction: index, lead: '' }])
}

/** Lines below a step of a file whose text has grown above it. */
export function insertBelow(
  text: string,
  before: Dockerfile,
  step: Step,
  lines: readonly string[],
): string | undefined {
  const grown = parseDockerfile(text)
  if (!('instructions' in grown)) return undefined
  const index = step.instruction.index + grown.instructions.length - before.instructions.length
  return arrange(grown, index, index, [{ instruction: index }, ...lines.map(toItem)])
}

function toItem(text: string): Item {
  return { text, lead: '' }
}
