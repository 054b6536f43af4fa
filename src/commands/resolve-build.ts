import { existsSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { toFileMessage } from './file-message.ts'
import type { Build } from './fix-run.ts'

/**
 * Resolves links and finds the ignore file: `<Dockerfile>.dockerignore` beside the Dockerfile wins over `.dockerignore`
 * in the context (https://docs.docker.com/build/concepts/context/#filename-and-location). Returns the fault in words
 * when a part is missing.
 */
export function resolveBuild(dockerfile: string, context: string): Build | { readonly fault: string } {
  try {
    const file = realpathSync(dockerfile)
    const root = toDirectory(context)
    if (root === undefined) return { fault: `there is no build context directory ${context}` }
    const named = join(realpathSync(dirname(dockerfile)), basename(dockerfile))
    const own = `${named}.dockerignore`
    const ignorePath = existsSync(own) ? own : join(root, '.dockerignore')
    return {
      dockerfile: named,
      file,
      context: root,
      ignorePath: existsSync(ignorePath) ? realpathSync(ignorePath) : ignorePath,
    }
  } catch (error) {
    return { fault: toFileMessage(error) }
  }
}

function toDirectory(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? realpathSync(path) : undefined
}
