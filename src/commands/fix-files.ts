import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { DockerfileReport, RunReport } from '../findings/types.ts'
import { fixOne } from './fix-one.ts'
import type { BrokenJob, FixRun, Job } from './fix-run.ts'
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
  /** Ids of the only transforms to run. */
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
 * leave. Writes nothing unless asked. Throws a `UserError` for wrong options or a wrong config; what is wrong with a
 * file is a problem in the report, and the other files are done all the same.
 */
export async function fixFiles(options: FixOptions = {}): Promise<RunReport> {
  const { run, jobs, problems } = await prepareRun(options)
  const dockerfiles: DockerfileReport[] = []
  for (const job of jobs) {
    const proposed = fixJob(job, run)
    const report = options.write ? writeChanges(proposed, run) : proposed
    for (const { path, after } of report.changes) run.changed.set(join(run.root, path), after)
    dockerfiles.push(report)
    options.onProgress?.(dockerfiles.length, jobs.length)
    // Lets a deferred interrupt take effect between two Dockerfiles.
    await setImmediate()
  }
  return { version: readVersion(), root: run.root, dockerfiles, problems }
}

/** A bug that one Dockerfile brings to light must not keep the others from being done. */
function fixJob(job: Job | BrokenJob, run: FixRun): DockerfileReport {
  const { path, context } = job
  const nothing = { path, context, changes: [], rewrites: [], refusals: [] }
  if ('problem' in job) return { ...nothing, problem: job.problem }
  try {
    return fixOne(job, run)
  } catch (error) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    const place = stack.split('\n').slice(0, 4).join(' ')
    return { ...nothing, problem: { path, message: `a bug in dockerfix, please report it with the file: ${place}` } }
  }
}
