import type { DockerfileReport, FileChange, Problem, Refusal } from '../findings/types.ts'
import { type BuildResult, fixBuild } from './fix-build.ts'
import { type FixRun, type Job, readCurrent, toArea } from './fix-run.ts'
import { isInside, toShownPath } from './patch-root.ts'
import { unique } from '../findings/unique.ts'

/**
 * One Dockerfile, through all its builds; nothing is written, and the paths of changes are absolute. When the file is
 * built from several contexts, the result must be the same for each: otherwise the file is left alone.
 */
export function fixOne(job: Job, run: FixRun): DockerfileReport {
  const { path, context, file, builds } = job
  const nothing = { path, context, changes: [], rewrites: [], refusals: [] }
  const toProblem = (problem: Partial<Problem> & Pick<Problem, 'message'>): DockerfileReport => ({
    ...nothing,
    problem: { path, ...problem },
  })

  // What lies elsewhere is neither shown nor changed, whatever a repository's links say.
  const area = toArea(job, run)
  const outside = [file, ...builds.map(({ ignorePath }) => ignorePath)].find((at) => !isInside(area, at))
  if (outside !== undefined) {
    return toProblem({ message: `a symbolic link leads to ${outside}, outside of ${area}` })
  }
  const current = readCurrent(run, file)
  if ('fault' in current) return toProblem({ message: current.fault })
  if (current.text === '') return toProblem({ message: 'the file is empty' })

  const results: BuildResult[] = []
  for (const build of builds) {
    const result = fixBuild(build, current.text, job, run)
    if ('message' in result) return toProblem(result)
    if (result.result.error) return toProblem(result.result.error)
    results.push(result)
  }

  const refusals = unique(results.flatMap(({ result }) => result.refusals))
  if (!agree(results)) return { ...nothing, refusals: [...refusals, toRefusal(results, run)] }
  const changes = toChanges(file, current.text, results)
  const gain = results.find(({ result }) => result.gain)?.result.gain
  const carried = results.find(({ result }) => result.carried)?.result.carried
  return {
    ...nothing,
    changes,
    rewrites: unique(results.flatMap(({ result }) => result.rewrites)),
    refusals,
    ...(gain && { gain }),
    ...(carried && { carried }),
  }
}

/** Whether all builds lead to one text of the Dockerfile and of every ignore file that they share. */
function agree(results: readonly BuildResult[]): boolean {
  return results.every(({ build, result }) =>
    results.every(
      (other) =>
        other.result.text === result.text &&
        (other.build.ignorePath !== build.ignorePath || other.result.ignoreText === result.ignoreText),
    ),
  )
}

/** The refusal stands for the first rewrite that one of the contexts would get. */
function toRefusal(results: readonly BuildResult[], run: FixRun): Refusal {
  const [rewrite] = results.flatMap(({ result }) => result.rewrites)
  const contexts = results.map(({ build }) => toShownPath(run.cwd, build.context))
  return {
    transform: rewrite?.transform ?? 'all',
    line: rewrite?.line ?? 1,
    reason: { code: 'contexts-differ', contexts: unique(contexts) },
  }
}

function toChanges(file: string, text: string, results: readonly BuildResult[]): readonly FileChange[] {
  const changes = results.flatMap(({ build, result, ignoreText }): readonly FileChange[] => {
    const dockerfile = { path: file, before: text, after: result.text }
    if (result.ignoreText === undefined) return [dockerfile]
    const before = ignoreText === undefined ? {} : { before: ignoreText }
    return [dockerfile, { path: build.ignorePath, ...before, after: result.ignoreText }]
  })
  return unique(changes).filter(({ before, after }) => before !== after)
}
