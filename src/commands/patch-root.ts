import { existsSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

/**
 * The directory that the paths of a patch are relative to when nothing lies outside of it. Inside a git repository it
 * is the repository's root, as in `git diff`: `git apply` reads a patch so in every folder of the repository (where it
 * leaves out what lies outside the folder), and silently skips all files when the paths are relative to the folder.
 * Elsewhere it is the working directory.
 */
export function findPatchRoot(cwd: string): string {
  for (let directory = cwd; ; directory = dirname(directory)) {
    if (existsSync(join(directory, '.git'))) return directory
    if (dirname(directory) === directory) return cwd
  }
}

/** The root, or the nearest directory above that holds all files: a path of a patch must not lead through `..`. */
export function widenRoot(root: string, files: readonly string[]): string {
  const parent = dirname(root)
  if (parent === root || files.every((file) => isInside(root, file))) return root
  return widenRoot(parent, files)
}

/** Whether the file lies below the directory, or is it. Both absolute. */
export function isInside(directory: string, file: string): boolean {
  const path = relative(directory, file)
  return path !== '..' && !path.startsWith(`..${sep}`)
}

/** A path as users write it: relative to the directory, `.` for itself, with forward slashes. */
export function toShownPath(directory: string, path: string): string {
  return relative(directory, path).split(sep).join('/') || '.'
}
