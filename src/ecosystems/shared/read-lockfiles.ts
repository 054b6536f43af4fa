import { joinPath } from '../../model/paths.ts'
import type { Effect, ImageFiles } from '../../model/types.ts'

/**
 * Records that a command of which nothing else is known reads the lockfiles of a directory: `npm prune` with another
 * lockfile is another prune. What is known of a command says itself what it reads.
 */
export function readLockfiles(
  effect: Effect,
  files: ImageFiles,
  dir: string,
  names: readonly string[],
): Effect {
  if (!effect.known) for (const name of names) files.kind(joinPath(dir, name))
  return effect
}
