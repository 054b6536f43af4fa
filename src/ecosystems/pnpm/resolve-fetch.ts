import { joinPath } from '../../model/paths.ts'
import { corepackWrites } from '../shared/corepack.ts'
import { isReason } from '../shared/outcome.ts'
import { lookAt } from '../shared/look.ts'
import { lookAtSettings, lookAtVariables } from '../shared/config-files.ts'
import { modulesWrites } from '../shared/check-packages.ts'
import { readConfig } from './read-config.ts'
import { readSharedFiles } from './read-shared-files.ts'
import { readWorkspace } from './read-workspace.ts'
import { storeWrites } from './store-writes.ts'
import type { PnpmRequest } from './resolve-pnpm.ts'
import type { Command, Effect, ImageFiles, OpaqueEffect } from '../../model/types.ts'
import type { Reason } from '../../findings/reasons.ts'

/** `pnpm fetch` needs the lockfile, and no package.json: https://pnpm.io/cli/fetch */
export function resolveFetch(command: Command, files: ImageFiles, request: PnpmRequest): Effect {
  const found = readWorkspace(files, request.dir, request.flags.get('ignore-workspace') === 'true')
  if (isReason(found)) return refuseFetch(found)
  const project = found ?? { dir: request.dir, root: undefined, members: [], settings: {}, settingsFile: '' }
  const lock = joinPath(project.dir, 'pnpm-lock.yaml')
  const kind = lookAt(files, lock)
  if (isReason(kind)) return refuseFetch(kind)
  if (kind !== 'file') {
    return refuseFetch({ code: 'missing-file', file: files.origin(lock), command: command.text })
  }
  const config = readConfig(command, files, project, request.flags)
  if (isReason(config)) return refuseFetch(config)
  const scene = { files, command, root: project.dir, members: new Set<string>() }
  const named =
    lookAtSettings(files, command.cwd, command, config) ?? lookAtVariables(files, command.cwd, command)
  if (named !== undefined) return refuseFetch(named)
  const outcome = readSharedFiles(scene, project, config)
  if (isReason(outcome)) return refuseFetch(outcome)
  return {
    known: true,
    role: 'fetch',
    writes: [
      ...modulesWrites(files, [project.dir], 'merge'),
      ...outcome,
      ...corepackWrites(command, files, 'pnpm', request.invocation, request.dir),
      ...storeWrites(command, config),
    ],
    env: 'all-but-stamps',
  }
}

function refuseFetch(reason: Reason): OpaqueEffect {
  return { known: false, role: 'fetch', reason }
}
