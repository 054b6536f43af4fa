import { createImageFiles } from './image-files.ts'
import { isSystemPath, isWithin, parentPath } from './paths.ts'
import { STRICT, type Log } from './log.ts'
import { containsPath } from './region.ts'
import type { FileTree } from '../context/types.ts'
import type { Effect, Resolve } from './types.ts'
import type { Unit } from './unit.ts'

const NOTHING: FileTree = {
  kind: () => undefined,
  list: () => [],
  read: () => undefined,
  size: () => 0,
  executable: () => false,
}

/** An install that a unit most likely runs, in a way that cannot be known, is worth a message. */
export function guessRole(
  { guesses, obstacle }: Unit,
  effects: readonly Effect[],
  resolve: Resolve,
): readonly Effect[] {
  if (obstacle === undefined || effects.some(({ role }) => role === 'install')) return []
  const files = createImageFiles([], NOTHING, STRICT, [])
  const installs = guesses.some((command) => {
    const role = resolve(command, files)?.role
    // `xargs pip install` installs what its input names.
    return role === 'install' || role === 'fetch' || (role === 'tool' && command.args.includes(undefined))
  })
  return installs ? [{ known: false, role: 'install', reason: obstacle }] : []
}

/**
 * Whether a path of which no copy brings anything lies beside files of the context, and no command may have made it, so
 * that it is not there: elsewhere the base image may have it.
 */
export function standsInContext(log: Log, path: string): boolean {
  const dir = parentPath(path)
  if (isSystemPath(path)) return false
  const isMade = log.some(
    ({ region }) => region.kind !== 'mapped' && region.kind !== 'path' && containsPath(region, path),
  )
  if (isMade) return false
  return log.some(({ region, source }) => {
    if (region.kind === 'mapped') return isWithin(dir, region.path)
    return region.kind === 'path' && source !== undefined && parentPath(region.path) === dir
  })
}
