import { isReason } from '../shared/outcome.ts'
import { joinPath } from '../../model/paths.ts'
import { matchPoetry } from './match-poetry.ts'
import { readProject } from './read-project.ts'
import { toAddedCommand } from '../shared/added-command.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, FetchStep, ImageFiles } from '../../model/types.ts'

/**
 * The same install with `--no-root` before one that installs the project: it does less of the same, with the same
 * lockfile, so that it cannot fail where the install does not.
 */
export function findFetchStep(command: Command, files: ImageFiles): FetchStep | Reason | undefined {
  const call = matchPoetry(command, files)
  if (call === undefined || (call.verb !== 'install' && call.verb !== 'sync')) return undefined
  const { options, dir } = call
  if (command.args.includes('--only-root')) return undefined
  if (options === undefined || dir === undefined || options.operands.length > 0)
    return { code: 'unknown-argument', text: command.text }
  const project = readProject(command, files, dir)
  if (isReason(project)) return project
  if (!project.package || options.flags.has('--no-root')) return undefined
  if (!project.locked)
    return {
      code: 'missing-file',
      file: files.origin(joinPath(project.dir, 'poetry.lock')),
      command: command.text,
    }
  return toAddedCommand(command, ['--no-root'])
}
