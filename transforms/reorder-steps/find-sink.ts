import { conflicts } from '../../src/model/conflicts.ts'
import { isBuildStamp } from '../../src/model/environment.ts'
import type { StageBuild } from '../../src/model/build.ts'
import type { Step } from '../../src/model/step.ts'

export interface Sink {
  /** ARG, and the ENV and LABEL lines that carry its value on, in file order. */
  readonly moved: readonly Step[]
  /** The step that they should stand below. */
  readonly below: Step
}

/** Config instructions that may follow a stamp down. */
const FOLLOWERS = new Set(['ENV', 'LABEL', 'ARG'])

/** Where a build stamp, and those right below it, should stand: just above the first step that uses it; `undefined` when it gains nothing. */
export function findSink(stage: StageBuild, at: number, names: readonly string[]): Sink | undefined {
  const step = stage.steps[at]
  if (step === undefined || !isStamp(step, names)) return undefined
  const above = stage.steps[at - 1]
  if (above !== undefined && isStamp(above, names)) return undefined
  const moved = [step]
  let below: Step | undefined
  let saved = 0
  for (const other of stage.steps.slice(at + 1)) {
    if (below === undefined && isStamp(other, names)) {
      moved.push(other)
      continue
    }
    if (moved.some((stamp) => conflicts(stamp, other))) {
      if (!FOLLOWERS.has(other.instruction.keyword)) break
      moved.push(other)
      continue
    }
    if (other.instruction.keyword === 'RUN') saved++
    if (['RUN', 'COPY', 'ADD', 'WORKDIR'].includes(other.instruction.keyword)) below = other
  }
  return below === undefined || saved === 0
    ? undefined
    : { moved: moved.filter((stamp) => isAbove(stamp, below)), below }
}

function isStamp({ instruction }: Step, names: readonly string[]): boolean {
  const { keyword, pairs } = instruction
  return (
    keyword === 'ARG' &&
    pairs.length > 0 &&
    pairs.every(({ name }) => isBuildStamp(name) || names.includes(name))
  )
}

function isAbove(step: Step, other: Step): boolean {
  return step.instruction.index < other.instruction.index
}
