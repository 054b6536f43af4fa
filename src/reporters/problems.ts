import type { Problem, RunReport } from '../findings/types.ts'
import { visible } from '../findings/visible.ts'

/** All problems of the run, one line each: `error: path:line:column: message`. Empty when there is none. */
export function toProblems(report: Pick<RunReport, 'dockerfiles' | 'problems'>): string {
  const problems = [...report.problems, ...report.dockerfiles.flatMap(({ problem }) => problem ?? [])]
  return problems.map((problem) => `error: ${place(problem)}${message(problem)}\n`).join('')
}

function place({ path, line, column }: Problem): string {
  const position = [line, column].filter((part) => part !== undefined)
  return path === '' ? '' : `${visible([path, ...position].join(':')).replace(/\s/g, ' ')}: `
}

function message(problem: Problem): string {
  return visible(problem.message.replace(/\s*\n\s*/g, ' '))
}
