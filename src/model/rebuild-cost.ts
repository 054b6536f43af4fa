import { isBuildStamp } from './environment.ts'
import type { Change } from './volatility.ts'
import type { StageBuild } from './build.ts'
import type { Step } from './step.ts'
import type { Effect, Role } from './types.ts'

/** A step as far as the cost of rebuilds goes. */
export interface CostStep {
  /** What one run of the step takes. */
  readonly seconds: number
  /** The changes that alter an input of the step itself, as indexes into `CostStage.weights`. */
  readonly touched: readonly number[]
  /** The changes that alter a variable which the step sets for every RUN below it. */
  readonly sets: readonly number[]
  /** Whether variables that are set above it are inputs of the step: a RUN. */
  readonly seesVariables: boolean
}

/** The steps of a stage, and the share of rebuilds that each change is the cause of; weight 1 comes with every build. */
export interface CostStage {
  readonly steps: readonly CostStep[]
  readonly weights: readonly number[]
}

/** A stage with what its steps cost and how often their inputs change. `stamps` are further ARG that change with every build. */
export function toCostStage(
  { steps }: StageBuild,
  changes: readonly Change[],
  stamps: readonly string[],
): CostStage {
  return {
    weights: [...changes.map(({ weight }) => weight), 1],
    steps: steps.map((step) => ({
      seconds: secondsOf(step),
      touched: changes.flatMap(({ touches }, index) => (touches(step) ? [index] : [])),
      sets: isStamp(step, stamps) ? [changes.length] : [],
      seesVariables: step.instruction.keyword === 'RUN',
    })),
  }
}

/** Seconds that a rebuild takes on average when the stage's steps stand in this order (indexes into `steps`). */
export function expectedSeconds({ steps, weights }: CostStage, order: readonly number[]): number {
  const dirty = new Set<number>()
  const set = new Set<number>()
  let share = 0
  let seconds = 0
  const spoil = (change: number): void => {
    if (!dirty.has(change)) share += weights[change] ?? 0
    dirty.add(change)
  }
  for (const index of order) {
    const step = steps[index]
    if (step === undefined) continue
    step.touched.forEach(spoil)
    if (step.seesVariables) set.forEach(spoil)
    for (const change of step.sets) set.add(change)
    seconds += step.seconds * Math.min(1, share)
  }
  return seconds
}

/** An ARG, all of whose names carry something that differs from build to build. */
export function isStamp({ instruction: { keyword, pairs } }: Step, stamps: readonly string[]): boolean {
  return (
    keyword === 'ARG' &&
    pairs.length > 0 &&
    pairs.every(({ name }) => isBuildStamp(name) || stamps.includes(name))
  )
}

/**
 * Usual times of commands by what they do, in seconds; rough, since only their order of size matters: an install takes
 * minutes or many seconds, a copy next to nothing.
 */
const SECONDS: Readonly<Record<Role, number>> = {
  install: 40,
  fetch: 30,
  build: 30,
  system: 20,
  tool: 15,
  download: 5,
  files: 0.1,
  none: 0.1,
}
const UNKNOWN = 15
const COPY = 0.1
/** A container is started for every RUN. */
const START = 0.3

function secondsOf(step: Step): number {
  switch (step.instruction.keyword) {
    case 'RUN': {
      const times = step.atoms.flatMap((atom) => atom.effects.map(secondsFor))
      return times.reduce((sum, time) => sum + time, START)
    }
    case 'COPY':
    case 'ADD':
      return COPY
    default:
      return 0
  }
}

function secondsFor(effect: Effect): number {
  return effect.role === undefined ? UNKNOWN : SECONDS[effect.role]
}
