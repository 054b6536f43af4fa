import { writeFilesAtomically } from '../context/write-files.ts'
import { isUserError } from '../errors.ts'
import type { FileChange, Problem } from '../findings/types.ts'
import { type FixRun, type Job, toArea } from './fix-run.ts'
import { toShownPath } from './patch-root.ts'

/** Writes all files of one Dockerfile or none; gives what stood in the way. */
export function writeChanges(changes: readonly FileChange[], job: Job, run: FixRun): Problem | undefined {
  const writes = changes.map(({ after, ...file }) => ({ ...file, text: after }))
  try {
    if (writes.length > 0) writeFilesAtomically(writes, toArea(job, run))
    return undefined
  } catch (error) {
    if (!isUserError(error)) throw error
    const file = changes.find(({ path }) => error.message.startsWith(`${path}: `))?.path
    if (file === undefined) return { path: job.path, message: error.message }
    return { path: toShownPath(run.cwd, file), message: error.message.slice(file.length + 2) }
  }
}
