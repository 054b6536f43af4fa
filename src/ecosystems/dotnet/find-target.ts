import { toPath } from '../../effects/targets.ts'
import { baseName } from '../../model/paths.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Argument, Command, ImageFiles } from '../../model/types.ts'

/** The project or solution that a command works on: what it names, or the only one of the directory. */
export function findTarget(command: Command, files: ImageFiles, operand: Argument | '.'): string | Reason {
  const path = toPath(command, operand)
  if (path === undefined) return { code: 'unknown-argument', text: command.text }
  if (files.peekKind(path) !== 'dir') return path
  const projects = files.find(path, '*.*proj')
  const solutions = files.find(path, '*.{sln,slnx}')
  const [project] = projects
  const [solution] = solutions
  const stem = (file: string): string => baseName(file).replace(/\.[^.]*$/, '')
  // MSBuild takes a solution before the project of the same name, and nothing where there are several.
  if (solutions.length === 1 && solution !== undefined) {
    if (project === undefined || (projects.length === 1 && stem(project) === stem(solution))) {
      for (const found of projects) files.kind(found)
      return solution
    }
  } else if (solutions.length === 0 && projects.length === 1 && project !== undefined) return project
  return projects.length + solutions.length === 0
    ? {
        code: 'missing-file',
        file: `${files.origin(path)}/*.csproj`.replace(/^\.?\//, ''),
        command: command.text,
      }
    : { code: 'unknown-argument', text: command.text }
}
