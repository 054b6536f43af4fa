import { conflicts } from '../../src/model/conflicts.ts'
import type { StageBuild } from '../../src/model/build.ts'
import type { Step } from '../../src/model/step.ts'

/** Work that is worth doing only once. */
const ROLES = new Set(['system', 'tool', 'download'])

/** The copy that a RUN should stand above: the highest that it can pass; `undefined` when it gains nothing. */
export function findHoist(stage: StageBuild, at: number): Step | undefined {
  const step = stage.steps[at]
  if (step === undefined || !isHoistable(step)) return undefined
  let target: Step | undefined
  for (let above = at - 1; above > 0; above--) {
    const other = stage.steps[above]
    if (other === undefined || conflicts(other, step)) break
    if (isCopyOfContext(other)) target = other
  }
  return target
}

function isHoistable(step: Step): boolean {
  const effects = step.atoms.flatMap((atom) => atom.effects)
  return (
    step.instruction.keyword === 'RUN' &&
    step.selected.length === 0 &&
    effects.every((effect) => effect.known) &&
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

/** Copies change with the sources: from the context, or from a stage that was built from it. */
function isCopyOfContext({ copy, instruction }: Step): boolean {
  return copy !== undefined && (copy.from === undefined || !isImage(copy.from, instruction.original))
}

/** `--from=composer:2` names an image, which changes as rarely as the base. */
function isImage(from: string, original: string): boolean {
  return /[:/@]/.test(from) && original.includes(from)
}
