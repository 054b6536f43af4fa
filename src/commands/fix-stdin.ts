import { join } from 'node:path'
import { reasonMessage } from '../findings/messages.ts'
import { visibleLine } from '../findings/visible.ts'
import { toProblems } from '../reporters/problems.ts'
import { fixOne } from './fix-one.ts'
import type { Io } from './io.ts'
import { prepareRun } from './prepare-run.ts'
import type { Flags } from './program.ts'
import { readVersion } from './read-version.ts'
import { toText } from './read-text.ts'

/**
 * For editors: the Dockerfile on the standard input, as if it stood at the path, fixed on the standard output; all else
 * on the standard error output. The ignore file cannot be changed this way, so that a rewrite that needs it is refused.
 */
export async function fixStdin(path: string, flags: Flags, io: Io): Promise<number> {
  const prepared = await prepareRun({
    cwd: io.cwd,
    paths: [path],
    isVirtual: true,
    ...
  })
}
