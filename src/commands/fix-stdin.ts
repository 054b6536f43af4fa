import { resolve } from 'node:path'
import { reasonMessage } from '../findings/messages.ts'
import type { DockerfileReport, Problem } from '../findings/types.ts'
import { visibleLine } from '../findings/visible.ts'
import { toProblems } from '../reporters/problems.ts'
import { fixOne } from './fix-one.ts'
import type { Io } from './io.ts'
import { prepareRun } from './prepare-run.ts'
import { toShownPath } from './patch-root.ts'
import type { Flags } from './program.ts'
import { toText } from './read-text.ts'

/**
 * For editors: the Dockerfile on the standard input, as if it stood at the path, fixed on the standard output; all else
 * on the standard error output. There is no place for the ignore file, so that a rewrite that needs it is refused.
 */
export async function fixStdin(path: string, flags: Flags, io: Io): Promise<number> {
  const input = toText(await io.stdin())
  const result =
    'fault' in input ? { path, message: input.fault } : await fixText(path, input.text, flags, io)
  if ('message' in result) {
    io.stderr(toProblems({ dockerfiles: [], problems: [result] }))
    return 2
  }
  const { refusals } = result.report
  const lines = refusals.map(
    ({ line, transform, reason }) => `${visibleLine(path)}:${line} ${transform}: ${reasonMessage(reason)}\n`,
  )
  if (!flags.quiet) io.stderr(lines.join(''))
  io.stdout(result.text)
  return 0
}

async function fixText(
  path: string,
  text: string,
  flags: Flags,
  { cwd }: Io,
): Promise<{ readonly text: string; readonly report: DockerfileReport } | Problem> {
  const { run, jobs, problems } = await prepareRun({
    cwd,
    paths: [path],
    isVirtual: true,
    config: flags.config,
    ...(flags.context !== undefined && { context: flags.context }),
    ...(flags.transform && { transforms: flags.transform }),
    skip: [...(flags.skip ?? []), 'write-dockerignore'],
  })
  const [problem] = problems
  if (problem) return problem
  const [job] = jobs
  if (job?.path !== toShownPath(run.cwd, resolve(run.cwd, path))) {
    return { path, message: 'this is a directory, not a Dockerfile' }
  }
  if ('problem' in job) return job.problem
  run.changed.set(job.file, text)
  const report = fixOne(job, run)
  if (report.problem) return report.problem
  // A change of any other file would be lost, and this one may rely on it.
  const [change, ...lost] = report.changes
  return { text: change?.path === job.file && lost.length === 0 ? change.after : text, report }
}
