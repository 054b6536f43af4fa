import { conflicts } from '../../src/model/conflicts.ts'
import type { StageBuild } from '../../src/model/build.ts'
import type { Step } from '../../src/model/step.ts'

/**
 * Copies above a step of a stage that change with the sources: of whole directories of the context, and of what
 * another stage built, unless the step uses it.
 */
export function broadCopies(stage: StageBuild, at: number): readonly Step[] {
  const step = stage.steps[at]
  return stage.steps.slice(0, at).filter((other) => {
    if (other.copy === undefined) return false
    if (other.copy.from === undefined) return isBroadCopy(other)
    return !/[:/@]/.test(other.copy.from) && step !== undefined && !conflicts(other, step)
  })
}

/** Whether a step copies whole directories of the context. */
export function isBroadCopy({ copy, writes }: Step): boolean {
  return (
    copy !== undefined && copy.from === undefined && writes.some(({ region }) => region.kind === 'mapped')
  )
}
