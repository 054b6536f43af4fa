import type { Config } from '../config/types.ts'

export interface Selection {
  /** Only these, when present; they run even when the config switches them off. */
  readonly only?: readonly string[]
  readonly skip?: readonly string[]
}

/** The ids of the transforms to run, in the order of `known`. The names are known to be right. */
export function selectTransforms(
  known: readonly string[],
  { only, skip = [] }: Selection,
  config: Config,
): readonly string[] {
  const wanted = only ?? known.filter((id) => config.transforms?.[id] !== false)
  return known.filter((id) => wanted.includes(id) && !skip.includes(id))
}
