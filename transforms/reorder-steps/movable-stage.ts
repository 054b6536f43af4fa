import { expectedSeconds, isStamp, toCostStage, type CostStage } from '../../src/model/rebuild-cost.ts'
import { conflicts } from '../../src/model/conflicts.ts'
import { isOwn } from '../shared/arrange.ts'
import type { Change } from '../../src/model/volatility.ts'
import type { StageBuild } from '../../src/model/build.ts'
import type { Step } from '../../src/model/step.ts'
import type { TransformInput } from '../types.ts'
import type { Movable } from './find-move.ts'

/** Work that is worth doing only once. */
const ROLES = new Set(['install', 'fetch', 'system', 'tool', 'download'])

/** Instructions that cost nothing and may go along with a step that needs them. */
const FOLLOWERS = new Set(['ENV', 'LABEL', 'ARG'])

/** A stage as something whose steps can be put in another order. */
export function toMovable(
  { dockerfile, ignoreReason }: TransformInput,
  stage: StageBuild,
  changes: () => readonly Change[],
  stamps: readonly string[],
): Movable {
  const { steps } = stage
  let costs: CostStage | undefined
  const at = <T>(index: number, ask: (step: Step) => T, otherwise: T): T => {
    const step = steps[index]
    return step === undefined ? otherwise : ask(step)
  }
  const isFree = ({ instruction }: Step): boolean => ignoreReason(instruction.index) === undefined
  return {
    count: steps.length,
    conflicts: (first, second) => at(first, (a) => at(second, (b) => conflicts(a, b), true), true),
    moves: (index) =>
      at(index, (step) => isFree(step) && (isHoistable(step) || isStamp(step, stamps)), false),
    follows: (index) =>
      at(
        index,
        (step) => isFree(step) && (FOLLOWERS.has(step.instruction.keyword) || isKnownRun(step)),
        false,
      ),
    blocks: (index) => at(index, (step) => !isOwn(dockerfile, step.instruction), true),
    lines: (index) => at(index, ({ instruction }) => instruction.endLine - instruction.startLine + 1, 0),
    cost: (order) => {
      costs ??= toCostStage(stage, changes(), stamps)
      return expectedSeconds(costs, order)
    },
  }
}

function isKnownRun(step: Step): boolean {
  return (
    step.instruction.keyword === 'RUN' &&
    step.selected.length === 0 &&
    step.atoms.every((atom) => atom.effects.every((effect) => effect.known))
  )
}

function isHoistable(step: Step): boolean {
  const effects = step.atoms.flatMap((atom) => atom.effects)
  return (
    isKnownRun(step) &&
    (effects.some((effect) => effect.known && ROLES.has(effect.role)) || preparesSystem(step))
  )
}

/** Users and directories; a `chmod` or `ln` costs nothing, and people expect it beside its file. */
function preparesSystem(step: Step): boolean {
  return (
    step.writes.some((write) => write.region.kind === 'system') ||
    step.atoms.every((atom) => atom.unit.commands.every((command) => command?.name === 'mkdir'))
  )
}
