import { findRunStep } from './find-run-step.ts'
import { findUnlocked } from './read-lock.ts'
import { isReason } from '../shared/outcome.ts'
import { joinPath } from '../../model/paths.ts'
import { matchUv } from './match-uv.ts'
import { planSync } from './resolve-sync.ts'
import { toAddedCommand } from '../shared/added-command.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, FetchStep, ImageFiles } from '../../model/types.ts'

/**
 * The same sync, frozen and without the project, before one that builds it. Frozen, because the check of `--locked`
 * needs the whole workspace; the sync that follows makes it.
 */
export function findFetchStep(command: Command, files: ImageFiles): FetchStep | Reason | undefined {
  const call = matchUv(command, files)
  if (call?.verb === 'run') return findRunStep(command, files)
  if (call === undefined || call.verb !== 'sync') return undefined
  const plan = planSync(call, command, files)
  if (isReason(plan)) return plan
  if (!plan.builds) return undefined
  const { project, local, frozen, options } = plan
  const lock = joinPath(project.root, 'uv.lock')
  if (project.lock === undefined)
    return { code: 'missing-file', file: files.origin(lock), command: command.text }
  // Older versions do not let the variable and the option stand together.
  if (command.env.has('UV_LOCKED')) return { code: 'unknown-argument', text: 'UV_LOCKED' }
  const locked = options.flags.has('--locked')
  const missing = frozen || locked ? undefined : findUnlocked(project)
  if (missing !== undefined)
    return { code: 'incomplete-lockfile', file: files.origin(lock), dependency: missing, fix: 'uv lock' }
  const skip = local.members ? '--no-install-workspace' : '--no-install-project'
  if (locked)
    return toAddedCommand(command, [skip], (text) => text.replace(/(?<=\s)--locked(?=\s|$)/, '--frozen'))
  return toAddedCommand(command, frozen ? [skip] : ['--frozen', skip])
}
