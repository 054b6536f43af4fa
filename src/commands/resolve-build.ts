import { lstatSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { findIgnoreFile } from '../context/ignore-file.ts'
import { isUserError } from '../errors.ts'
import { toFileMessage } from './file-message.ts'
import { toRealPath } from '../context/real-path.ts'
import type { Build } from './fix-run.ts'

/** Resolves links and finds the ignore file; gives the fault in words when a part is missing. The Dockerfile need not exist. */
export function resolveBuild(dockerfile: string, context: string): Build | { readonly fault: string } {
  try {
    if (!statSync(context, { throwIfNoEntry: false })?.isDirectory())
      return { fault: `the build context ${context} is no directory` }
    const root = realpathSync(context)
    const named = join(realpathSync(dirname(dockerfile)), basename(dockerfile))
    const ignore = findIgnoreFile(named, root).file
    return {
      dockerfile: named,
      file: toRealPath(named),
      context: root,
      ignorePath: toRealPath(ignore),
      isIgnoreLink: lstatSync(ignore, { throwIfNoEntry: false })?.isSymbolicLink() === true,
    }
  } catch (error) {
    return { fault: isUserError(error) ? error.message : toFileMessage(error) }
  }
}
