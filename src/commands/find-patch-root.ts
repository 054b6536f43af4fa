import { existsSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

/**
 * The directory that the paths of a patch are relative to. Inside a git repository it is the repository's root, as in
 * `git diff`: `git apply` reads a patch so from any folder of the repository, and silently skips everything when the
 * paths are relative to a folder. Elsewhere it is the working directory. When a file lies outside of it, it is the
 * nearest directory above that holds them all: no path of a patch begins with `..`, which `git apply` refuses.
 */
export function findPatchRoot(cwd: string, files: readonly string[]): string {
  let root = repositoryRoot(cwd) ?? cwd
  while (dirname(root) !== root && files.some((file) => !isInside(root, file))) root = dirname(root)
  return root
}

/** Whether the file lies below the directory, or is it. Both absolute. */
export function isInside(directory: string, file: string): boolean {
  const path = relative(directory, file)
  return path !== '..' && !path.startsWith(`..${sep}`)
}

function repositoryRoot(directory: string): string | undefined {
  if (existsSync(join(directory, '.git'))) return directory
  const parent = dirname(directory)
  return parent === directory ? undefined : repositoryRoot(parent)
}
