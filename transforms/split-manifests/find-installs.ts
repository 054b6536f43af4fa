import { conflicts } from '../../src/model/conflicts.ts'
import { createImageFiles } from '../../src/model/image-files.ts'
import type { Reason } from '../../src/findings/reasons.ts'
import { rootImage, type ModelBuild, type StageBuild } from '../../src/model/build.ts'
import type { Atom } from '../../src/model/run.ts'
import type { Step } from '../../src/model/step.ts'
import type { FetchStep } from '../../src/model/types.ts'
import type { TransformInput } from '../types.ts'

/** A RUN that installs dependencies below a copy of the sources. */
export interface Install {
  readonly stage: StageBuild
  /** Position of the RUN among the stage's steps. */
  readonly at: number
  readonly step: Step
  /** Set when the RUN builds the project: the step to add before it. */
  readonly fetch?: FetchStep
  /** Set when it is known not to be splittable. */
  readonly reason?: Reason
}

/** Installs of all stages in file order, those only that stand below a broad copy of the context. */
export function findInstalls(input: TransformInput): readonly Install[] {
  return input.build.stages.flatMap((stage) =>
    stage.steps.flatMap((step, at) => {
      if (step.instruction.keyword !== 'RUN' || broadCopies(stage, at).length === 0) return []
      const install = toInstall(input, stage, at, step)
      return install === undefined ? [] : [install]
    }),
  )
}

/**
 * Copies above a step of a stage that change with the sources: of whole directories of the context, and of what
 * another stage built, unless the step uses it.
 */
export function broadCopies(stage: StageBuild, at: number): readonly Step[] {
  const step = stage.steps[at]
  return stage.steps.slice(0, at).filter((other) => {
    if (other.copy === undefined) return false
    if (other.copy.from === undefined) return other.writes.some((write) => write.region.kind === 'mapped')
    return !/[:/@]/.test(other.copy.from) && step !== undefined && !conflicts(other, step)
  })
}

function toInstall(input: TransformInput, stage: StageBuild, at: number, step: Step): Install | undefined {
  const effects = step.atoms.flatMap((atom) => atom.effects)
  const base = rootImage(input.build.stages, input.build.stages.indexOf(stage)).trim()
  if (effects.some((effect) => effect.role === 'install') && /onbuild/i.test(base)) {
    return { stage, at, step, reason: { code: 'unknown-base', base } }
  }
  if (effects.some((effect) => effect.known && (effect.role === 'install' || effect.role === 'fetch'))) {
    return { stage, at, step }
  }
  const refused = effects.find((effect) => !effect.known && effect.role === 'install')
  if (refused !== undefined && !refused.known) {
    return refused.reason === undefined ? undefined : { stage, at, step, reason: refused.reason }
  }
  const build = step.atoms.find((atom) => atom.effects.some((effect) => effect.role === 'build'))
  return build === undefined ? undefined : findFetch(input, stage, at, step, build)
}

function findFetch(
  input: TransformInput,
  stage: StageBuild,
  at: number,
  step: Step,
  atom: Atom,
): Install | undefined {
  const [command] = atom.unit.commands
  if (command === undefined) return undefined
  const files = createImageFiles(stage.steps[at - 1]?.log ?? [], input.build.context, input.build.tolerance, [])
  for (const ecosystem of input.ecosystems) {
    const fetch = ecosystem.fetch?.(command, files)
    if (fetch === undefined) continue
    if (hasFetched(stage, at, ecosystem.id, input)) return undefined
    return 'code' in fetch ? { stage, at, step, reason: fetch } : { stage, at, step, fetch }
  }
  return undefined
}

/** Whether an earlier step of the stage already downloads what the manager needs. */
function hasFetched(stage: StageBuild, at: number, id: string, input: TransformInput): boolean {
  const manager = input.ecosystems.find((ecosystem) => ecosystem.id === id)
  const files = createImageFiles([], input.build.context, input.build.tolerance, [])
  return stage.steps.slice(0, at + 1).some(({ atoms }) =>
    atoms.some(
      (atom) =>
        atom.effects.some((effect) => effect.role === 'fetch' || effect.role === 'install') &&
        atom.unit.commands.some((command) => command !== undefined && manager?.resolve(command, files) !== undefined),
    ),
  )
}

/** The RUN at a position of a freshly built file. */
export function installAt(build: ModelBuild, index: number): Install | undefined {
  for (const stage of build.stages) {
    const at = stage.steps.findIndex((step) => step.instruction.index === index)
    const step = stage.steps[at]
    if (step !== undefined) return { stage, at, step }
  }
  return undefined
}
