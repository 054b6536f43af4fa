import { joinPath } from '../../model/paths.ts'
import type { ImageFiles } from '../../model/types.ts'

/**
 * Records that a command reads the lockfiles of a directory, for a command of which nothing else is known: `npm prune`
 * with another lockfile is another prune.
 */
export function readLockfiles(files: ImageFiles, dir: string, names: readonly string[]): void {
  for (const name of names) files.kind(joinPath(dir, name))
}
