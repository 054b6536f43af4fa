import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { UserError } from '../errors.ts'

/** The ignore file that counts for a build. */
export interface FoundIgnoreFile {
  /** Absolute; where it would have to stand when there is none. */
  readonly file: string
  /** Absent when there is none yet. */
  readonly text?: string
}

/**
 * Finds the ignore file as BuildKit does: `<Dockerfile>.dockerignore` beside the Dockerfile, even an empty one, hides
 * `.dockerignore` in the context (https://docs.docker.com/build/concepts/context/#filename-and-location). Both paths
 * are absolute. Throws when the file cannot be read, or is a link that leads out of the context and the Dockerfile's folder.
 */
export function findIgnoreFile(dockerfile: string, context: string): FoundIgnoreFile {
  const own = `${dockerfile}.dockerignore`
  const file = existsSync(own) ? own : join(context, '.dockerignore')
  if (!existsSync(file)) return { file }
  const real = realpathSync(file)
  if (![context, dirname(dockerfile)].some((directory) => isBelow(realpathSync(directory), real)))
    throw new UserError(`${file}: the link leads out of the build context, to ${real}`)
  try {
    return { file, text: readFileSync(real, 'utf8') }
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new UserError(`${file}: the ignore file cannot be read${reason}`)
  }
}

function isBelow(directory: string, file: string): boolean {
  return !relative(directory, file).split(sep).includes('..')
}
