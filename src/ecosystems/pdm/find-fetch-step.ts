import { isReason } from '../shared/outcome.ts'
import { matchPdm } from './match-pdm.ts'
import { readProject } from './read-project.ts'
import { toAddedCommand } from '../shared/added-command.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, FetchStep, ImageFiles } from '../../model/types.ts'

/** The same install with `--no-self` before one that installs the project: it does less of the same. */
export function findFetchStep(command: Command, files: ImageFiles): FetchStep | Reason | undefined {
  const call = matchPdm(command, files)
  if (call === undefined || (call.verb !== 'install' && call.verb !== 'sync')) return undefined
  const { options, dir } = call
  if (options === undefined || dir === undefined || options.operands.length > 0)
    return { code: 'unknown-argument', text: command.text }
  const project = readProject(command, files, dir, options)
  if (isReason(project)) return project
  if (!project.package || options.flags.has('--no-self') || command.env.has('PDM_NO_SELF')) return undefined
  if (!project.locked)
    return { code: 'missing-file', file: files.origin(project.lockfile), command: command.text }
  return toAddedCommand(command, ['--no-self'])
}
