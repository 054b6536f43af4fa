import { relative, sep } from 'node:path'
import type { DockerfileReport, FileChange, Problem, Refusal } from '../findings/types.ts'
import { isInside } from './find-patch-root.ts'
import { type BuildResult, fixBuild } from './fix-build.ts'
import { type FixRun, type Job, readCurrent } from './fix-run.ts'

/**
 * One Dockerfile, through all its builds; nothing is written. When the file is built from several contexts, the result
 * must be the same for each: otherwise the file is left alone.
 */
export function fixOne({ path, context, file, builds }: Job, run: FixRun): DockerfileReport {
  const nothing = { path, context, changes: [], rewrites: [], refusals: [] }
  const toProblem = (message: string, at: Partial<Problem> = {}): DockerfileReport => ({
    ...nothing,
    problem: { path, ...at, message },
  })

  const current = readCurrent(run, file)
  if ('fault' in current) return toProblem(current.fault)
  if (current.text === '') return toProblem('the file is empty')

  const results: BuildResult[] = []
  for (const build of builds) {
    const result = fixBuild(build, current.text, run)
    if ('fault' in result) return toProblem(result.fault, { path: toShownPath(run.cwd, result.path) })
    results.push(result)
  }
  const error = results.find(({ result }) => result.error)?.result.error
  if (error) return toProblem(error.message, { line: error.line, column: error.column })

  const refusals = unique(results.flatMap(({ result }) => result.refusals))
  if (!agree(results)) return { ...nothing, refusals: [...refusals, toRefusal(results, run)] }
  const files = toChangedFiles(file, current.text, results)
  const outside = files.find(({ path }) => !isInside(run.root, path))
  if (outside) return toProblem(`a symbolic link leads to ${outside.path}, outside ${run.root}`)
  const gain = results.find(({ result }) => result.gain)?.result.gain
  return {
    ...nothing,
    changes: files.map((change) => ({
      ...change,
      path: relative(run.root, change.path).split(sep).join('/'),
    })),
    rewrites: unique(results.flatMap(({ result }) => result.rewrites)),
    refusals,
    ...(gain && { gain }),
  }
}

/** A path as the user would write it: relative to the working directory, `.` for itself. */
export function toShownPath(cwd: string, path: string): string {
  return relative(cwd, path).split(sep).join('/') || '.'
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
    transform: rewrite?.transform ?? '',
    line: rewrite?.line ?? 1,
    reason: { code: 'contexts-differ', contexts: unique(contexts) },
  }
}

/** The files that change, by absolute path. */
function toChangedFiles(file: string, text: string, results: readonly BuildResult[]): readonly FileChange[] {
  const files = results.flatMap(({ build, result, ignoreText }): readonly FileChange[] => [
    { path: file, before: text, after: result.text },
    ...(result.ignoreText === undefined
      ? []
      : [
          {
            path: build.ignorePath,
            ...(ignoreText !== undefined && { before: ignoreText }),
            after: result.ignoreText,
          },
        ]),
  ])
  return unique(files).filter(({ before, after }) => before !== after)
}

function unique<T>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()]
}
