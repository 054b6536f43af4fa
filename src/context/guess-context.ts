import { lstatSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { cleanPath } from './ignore-lines.ts'

/**
 * The directory that a Dockerfile is most likely built from: its own folder, or the nearest one above, up to `limit`,
 * in which all its sources exist. Its own folder when there is none.
 */
export function guessContext(
  dockerfile: string,
  sources: readonly string[],
  limit: string,
): { readonly context: string; readonly why: 'own-folder' | 'ancestor' } {
  const own = dirname(dockerfile)
  for (const directory of upwards(own, limit))
    if (sources.every((source) => exists(directory, source)))
      return { context: directory, why: directory === own ? 'own-folder' : 'ancestor' }
  return { context: own, why: 'own-folder' }
}

/** A directory and those above it up to `limit`, or itself alone when it lies elsewhere. */
export function upwards(directory: string, limit: string): readonly string[] {
  const path = relative(limit, directory)
  const depth = path === '' || path.startsWith('..') ? 0 : path.split(/[\\/]/).length
  const directories = [directory]
  for (let i = 0; i < depth; i++) directories.push(dirname(directories[i] ?? directory))
  return directories
}

function exists(directory: string, source: string): boolean {
  try {
    // Builders resolve `..` at the context's root to the root itself.
    return lstatSync(join(directory, cleanPath(`/${source}`)), { throwIfNoEntry: false }) !== undefined
  } catch {
    // A file where the path has a directory (ENOTDIR), a name that is too long, or no permission.
    return false
  }
}
