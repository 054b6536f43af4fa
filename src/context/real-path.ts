import { realpathSync } from 'node:fs'

/** A path with all links followed; absent when nothing is there, or it cannot be reached. */
export function findRealPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

/** The same; the path itself where nothing is there. */
export function toRealPath(path: string): string {
  return findRealPath(path) ?? path
}
