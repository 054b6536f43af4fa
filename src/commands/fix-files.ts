import { realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Config } from '../config/types.ts'
import type { DockerfileReport, Problem, RunReport } from '../findings/types.ts'
import { findPatchRoot } from './find-patch-root.ts'
import { fixOne } from './fix-one.ts'
import { prepareRun } from './prepare-run.ts'
import { readVersion } from './read-version.ts'
import { writeReport } from './write-report.ts'

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
    const report = guard(job)
    ...
  }
  return { version: readVersion(), root: run.root, dockerfiles, problems }
}
