import { nearestName } from '../config/nearest-name.ts'
import type { Config } from '../config/types.ts'
import { UserError } from '../errors.ts'

export interface Selection {
  /** Only these, when present; they run even when the config switches them off. */
  readonly transforms?: readonly string[]
  readonly skip?: readonly string[]
}

/** The ids of the transforms to run, in the order of `known`. */
export function selectTransforms(
  known: readonly string[],
  { transforms, skip = [] }: Selection,
  config: Config,
): readonly string[] {
  const wanted = transforms ?? known.filter((id) => config.transforms?.[id] !== false)
  return known.filter((id) => wanted.includes(id) && !skip.includes(id))
}

/** Throws a `UserError` for the first name that is no transform's. */
export function checkSelection(known: readonly string[], { transforms = [], skip = [] }: Selection): void {
  for (const name of [...transforms, ...skip]) {
    if (known.includes(name)) continue
    const nearest = nearestName(name, known)
    const hint = nearest === undefined ? `known are ${known.join(', ')}` : `did you mean "${nearest}"?`
    throw new UserError(`unknown transform ${JSON.stringify(name)}; ${hint}`)
  }
}
