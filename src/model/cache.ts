import { digest } from './digest.ts'
import { expandVariables } from '../dockerfile/expand.ts'
import { findStage, rootImage, type ModelBuild } from './build.ts'
import { UNSET, type Environment } from './environment.ts'
import { joinPath } from './paths.ts'
import type { Step } from './step.ts'

/** A step that BuildKit caches, with its key. Config instructions have none: they are no steps of their own. */
interface CacheStep {
  readonly stage: number
  readonly step: Step
  readonly key: string
}

/** Whether a step of the second build would be taken from the cache that the first one left. */
export interface Forecast {
  readonly stage: number
  readonly step: Step
  readonly cached: boolean
}

/**
 * What BuildKit re-runs in `after` when `before` was built just now: a step is cached when its own inputs and all
 * above it are the same. `COPY --from` is keyed by what it copies, not by how that came about. Stages that the target
 * does not need are left out, as BuildKit leaves them out.
 * https://docs.docker.com/build/cache/invalidation/
 */
export function forecastCache(before: ModelBuild, after: ModelBuild): readonly Forecast[] {
  const known = new Set(cacheSteps(before).map((step) => step.key))
  return cacheSteps(after).map(({ stage, step, key }) => ({ stage, step, cached: known.has(key) }))
}

/** The cached steps of the stages that the last stage needs, in file order. */
function cacheSteps(build: ModelBuild): readonly CacheStep[] {
  const needed = neededStages(build)
  const chains: string[] = []
  return build.stages.flatMap(({ steps, parent }, stage) => {
    let chain =
      parent === undefined ? digest('base', imageUnder(build, stage), build.base) : (chains[parent] ?? '')
    const result: CacheStep[] = []
    for (const step of steps) {
      const key = keyOf(step, chain, build)
      if (key === undefined) continue
      chain = key
      result.push({ stage, step, key })
    }
    chains[stage] = chain
    return needed.has(stage) ? result : []
  })
}

function keyOf(step: Step, chain: string, build: ModelBuild): string | undefined {
  const { instruction, before, after } = step
  const inputs = step.selected.map((path) => digest(path, versionOf(build, path)))
  switch (instruction.keyword) {
    case 'RUN': {
      return digest(
        'RUN',
        chain,
        ...(instruction.json ?? [...before.shell, instruction.rest.text]),
        ...instruction.heredocs.map((heredoc) => heredoc.content),
        before.spelledWorkdir,
        before.user,
        ...instruction.flags.map((flag) => flag.text),
        ...variablesOf(before),
        ...inputs,
        ...step.reads.filter((read) => read.kind === 'mount').map((read) => read.value),
      )
    }
    case 'COPY':
    case 'ADD': {
      const copy = step.copy
      if (copy === undefined) return undefined
      const target =
        copy.target === undefined ? copy.destination.raw : `${copy.target}${copy.directory ? '/' : ''}`
      return digest(
        instruction.keyword,
        chain,
        target,
        copy.attributes,
        ...copy.excludes,
        String(copy.parents),
        ...copy.sources.map((source) =>
          source.value === undefined ? source.raw : joinPath('/', source.value),
        ),
        ...instruction.heredocs.map((heredoc) => heredoc.content),
        ...inputs,
        ...step.reads.map((read) => read.value),
      )
    }
    case 'WORKDIR':
      return after.workdir === '/' ? undefined : digest('WORKDIR', chain, after.workdir, before.user)
    default:
      return undefined
  }
}

/** The image that a stage starts from in the end, with the arguments before the first FROM put in. */
function imageUnder(build: ModelBuild, stage: number): string {
  const { dockerfile, passedArgs } = build
  const globals = new Map(
    dockerfile.globals.flatMap((index) =>
      (dockerfile.instructions[index]?.pairs ?? []).map(
        ({ name, raw }) => [name, passedArgs.get(name) ?? raw] as const,
      ),
    ),
  )
  const image = rootImage(build.stages, stage)
  return expandVariables(image, (name) => globals.get(name), dockerfile.escape).value ?? image
}

/** The variables that a command finds, in order: for it ARG and ENV are one, and an ARG without a value is nothing. */
function variablesOf({ spelled }: Environment): readonly string[] {
  return [...spelled].flatMap(([name, text]) => {
    const value = text.replaceAll(UNSET, '')
    return value === '' ? [] : [`${name}=${value.replace(/^(env|arg) /, '')}`]
  })
}

function versionOf(build: ModelBuild, path: string): string {
  return build.context.version?.(path) ?? ''
}

/** The last stage, and all that it is built FROM, copies from or mounts. */
function neededStages(build: ModelBuild): ReadonlySet<number> {
  const needed = new Set<number>()
  const visit = (index: number): void => {
    const stage = build.stages[index]
    if (stage === undefined || needed.has(index)) return
    needed.add(index)
    if (stage.parent !== undefined) visit(stage.parent)
    for (const { reads } of stage.steps) {
      for (const read of reads) {
        if (read.kind !== 'mount' || !read.path.includes(':')) continue
        const from = findStage(build.stages.slice(0, index), read.path.slice(0, read.path.indexOf(':')))
        if (from !== undefined) visit(from)
      }
    }
  }
  visit(build.stages.length - 1)
  return needed
}
