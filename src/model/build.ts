import { digest } from './digest.ts'
import { baseEnvironment, type Environment } from './environment.ts'
import { baseWorkdir } from './base-workdir.ts'
import { normalForm, STRICT, valueOf, type Log, type Tolerance } from './log.ts'
import { executeStep, type Step } from './step.ts'
import { parseDockerfile } from '../dockerfile/scan.ts'
import type { Dockerfile, Instruction, Stage } from '../dockerfile/types.ts'
import type { FileTree } from '../context/types.ts'
import type { Resolve } from './types.ts'

/** A stage as the model built it. */
export interface StageBuild {
  readonly stage: Stage
  /** Index of the stage that this one is built FROM; absent for an image. */
  readonly parent?: number
  readonly steps: readonly Step[]
  readonly log: Log
  readonly environment: Environment
}

/** The model build of a Dockerfile. */
export interface ModelBuild {
  readonly dockerfile: Dockerfile
  readonly context: FileTree
  readonly stages: readonly StageBuild[]
  readonly tolerance: Tolerance
  readonly base: string
  readonly passedArgs: ReadonlyMap<string, string>
}

export interface BuildOptions {
  readonly resolve: Resolve
  readonly tolerance?: Tolerance
  /** `--build-arg`: name to value. */
  readonly passedArgs?: ReadonlyMap<string, string>
  /** Any text that is equal only when the base images are. */
  readonly base?: string
}

/** Executes a Dockerfile on paper, every stage of it. The context is what the builder sees after the ignore file. */
export function buildModel(dockerfile: Dockerfile, context: FileTree, options: BuildOptions): ModelBuild {
  const tolerance = options.tolerance ?? STRICT
  const passedArgs = options.passedArgs ?? new Map<string, string>()
  const stages: StageBuild[] = []
  const globals = new Map(
    dockerfile.globals.flatMap((index) =>
      (dockerfile.instructions[index]?.pairs ?? []).map(({ name, raw }) => [name, raw] as const),
    ),
  )
  for (const stage of dockerfile.stages) {
    const parent = findStage(stages, stage.base)
    const inherited = parent === undefined ? undefined : stages[parent]
    let environment: Environment =
      inherited === undefined
        ? baseEnvironment(baseWorkdir(stage.base), shellOf(stage))
        : { ...inherited.environment, triggers: [] }
    let log: Log = inherited?.log ?? []
    const steps: Step[] = []
    const triggers = inherited?.environment.triggers.flatMap((text) => parseTrigger(text)) ?? []
    const own = stage.instructions
      .map((index) => dockerfile.instructions[index])
      .filter((item) => item !== undefined)
    for (const instruction of [...own.slice(0, 1), ...triggers, ...own.slice(1)]) {
      const step = executeStep({
        dockerfile,
        instruction,
        environment,
        log,
        context,
        tolerance,
        resolve: options.resolve,
        globals,
        passedArgs,
        valueInStage: (from, path) => valueInStage(stages, from, path, tolerance),
        isStage: (from) => findStage(stages, from) !== undefined,
      })
      steps.push(step)
      environment = step.after
      log = step.log
    }
    stages.push({ stage, ...(parent === undefined ? {} : { parent }), steps, log, environment })
  }
  return { dockerfile, context, stages, tolerance, base: options.base ?? '', passedArgs }
}

/** The stage that a name or number in FROM or `--from` means, among those before; the last of that name. */
export function findStage(stages: readonly { readonly stage: Stage }[], name: string): number | undefined {
  const index = stages.findLastIndex(({ stage }) => stage.name?.toLowerCase() === name.toLowerCase())
  if (index >= 0) return index
  return /^\d+$/.test(name) && Number(name) < stages.length ? Number(name) : undefined
}

/** The image that a stage starts from in the end: equal texts are equal files. */
export function rootImage(stages: readonly StageBuild[], index: number): string {
  const build = stages[index]
  if (build === undefined) return ''
  return build.parent === undefined
    ? `${build.stage.base} ${build.stage.platform ?? ''}`
    : rootImage(stages, build.parent)
}

function valueInStage(
  stages: readonly StageBuild[],
  from: string,
  path: string,
  tolerance: Tolerance,
): string {
  const index = findStage(stages, from)
  const build = index === undefined ? undefined : stages[index]
  if (index === undefined || build === undefined) return digest('image', from, path)
  return digest(
    'stage',
    rootImage(stages, index),
    path,
    valueOf(build.log, { kind: 'tree', path }, tolerance),
  )
}

/** Everything that a stage leaves behind: equal lists are equal images. */
export function imageOf(build: ModelBuild, index: number): readonly string[] {
  const stage = build.stages[index]
  if (stage === undefined) return []
  return [rootImage(build.stages, index), ...normalForm(stage.log, build.tolerance)]
}

const WINDOWS = /windows|nanoserver|servercore/i

function shellOf(stage: Stage): readonly string[] {
  return WINDOWS.test(stage.base) ? ['cmd', '/S', '/C'] : ['/bin/sh', '-c']
}

function parseTrigger(text: string): readonly Instruction[] {
  const parsed = parseDockerfile(`FROM scratch\n${text}\n`)
  return 'instructions' in parsed ? parsed.instructions.slice(1, 2) : []
}
