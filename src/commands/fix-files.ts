import { setImmediate } from 'node:timers/promises'
import type { DockerfileReport, FileChange, RunReport } from '../findings/types.ts'
import { fixOne } from './fix-one.ts'
import type { BrokenJob, FixRun, Job } from './fix-run.ts'
import { toShownPath, widenRoot } from './patch-root.ts'
import { prepareRun } from './prepare-run.ts'
import { readVersion } from './read-version.ts'
import { writeChanges } from './write-changes.ts'

/** What to fix, and how. All keys are optional. */
export interface FixOptions {
  /** The working directory; the process's own when absent. */
  readonly cwd?: string
  /** Dockerfiles, or folders to search, relative to `cwd`; `cwd` itself when empty. */
  readonly paths?: readonly string[]
  /** Whether to change the files. Default false. */
  readonly write?: boolean
  /** The build context of all Dockerfiles, relative to `cwd`. */
  readonly context?: string
  /** Ids of the only transforms to run, also when the config switches them off. */
  readonly transforms?: readonly string[]
  /** Ids of transforms not to run. */
  readonly skip?: readonly string[]
  /** The path of a config file; `false` for none; the one that is found when absent or `true`. */
  readonly config?: string | boolean
  /** Called after each Dockerfile. */
  readonly onProgress?: (done: number, total: number) => void
}

/**
 * Fixes all Dockerfiles at the paths, one after the other, each on top of the ignore file that the ones before it
 * leave. Writes nothing unless asked. Throws a `UserError` for wrong options or a wrong config that is named; what is
 * wrong with a file is a problem in the report, and the other files are done all the same.
 */
export async function fixFiles(options: FixOptions = {}): Promise<RunReport> {
  const { run, jobs, problems } = await prepareRun(options)
  const reports: DockerfileReport[] = []
  for (const job of jobs) {
    const report = fixJob(job, run, options.write ?? false)
    for (const { path, after } of report.changes) run.changed.set(path, after)
    reports.push(report)
    options.onProgress?.(reports.length, jobs.length)
    // Lets a deferred interrupt take effect between two Dockerfiles.
    await setImmediate()
  }
  const root = widenRoot(run.root, [...run.changed.keys()])
  const toRelative = (change: FileChange): FileChange => ({ ...change, path: toShownPath(root, change.path) })
  const dockerfiles = reports.map((report) => ({ ...report, changes: report.changes.map(toRelative) }))
  return { version: readVersion(), root, dockerfiles, problems }
}

/** Fixes one Dockerfile, and writes what changes. A bug that it brings to light must not keep the others from being done. */
function fixJob(job: Job | BrokenJob, run: FixRun, write: boolean): DockerfileReport {
  const { path, context } = job
  const nothing = { path, context, changes: [], rewrites: [], refusals: [] }
  if ('problem' in job) return { ...nothing, problem: job.problem }
  try {
    const report = fixOne(job, run)
    const problem = write ? writeChanges(report.changes, job, run) : undefined
    return problem ? { ...nothing, problem } : report
  } catch (error) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    const place = stack.split('\n').slice(0, 4).join(' ')
    const message = `this is a bug in dockerfix, please report it with the file: ${place}`
    return { ...nothing, problem: { path, message } }
  }
}
