import { join } from 'node:path'
import { writeFilesAtomically } from '../context/write-files.ts'
import type { DockerfileReport } from '../findings/types.ts'
import { toFileMessage } from './file-message.ts'
import type { FixRun } from './fix-run.ts'

/** Writes all files of one Dockerfile or none. When they cannot be written, the report becomes a problem without changes. */
export function writeChanges(report: DockerfileReport, run: FixRun): DockerfileReport {
  if (report.changes.length === 0) return report
  try {
    writeFilesAtomically(report.changes.map(({ path, after }) => ({ path: join(run.root, path), text: after })))
    return report
  } catch (error) {
    const { path, context } = report
    const message = `nothing was written: ${toFileMessage(error)}`
    return { path, context, changes: [], rewrites: [], refusals: [], problem: { path, message } }
  }
}
