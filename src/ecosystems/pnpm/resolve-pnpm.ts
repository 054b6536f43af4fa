import { joinPath } from '../../model/paths.ts'
import { matchManager, type Invocation } from '../shared/match-manager.ts'
import { OPTIONS } from './options.ts'
import { parseOptions } from '../shared/parse-options.ts'
import { readLockfiles } from '../shared/read-lockfiles.ts'
import { refuseInstall } from '../shared/outcome.ts'
import { resolveFetch } from './resolve-fetch.ts'
import { resolveInstall } from './resolve-install.ts'
import { resolveTool } from './resolve-tool.ts'
import type { Command, Effect, ImageFiles } from '../../model/types.ts'

/** One `pnpm install` or `pnpm fetch`. */
export interface PnpmRequest {
  readonly invocation: Invocation
  readonly flags: ReadonlyMap<string, string>
  /** Absolute directory that pnpm runs in. */
  readonly dir: string
  /** `pnpm ci`. */
  readonly clean: boolean
}

/** Further actions that read the lockfile. */
const LOCKED = new Set(['ci', 'fetch', 'prune', 'deploy', 'dedupe', 'rebuild', 'audit', 'import'])

export function resolvePnpm(command: Command, files: ImageFiles): Effect | undefined {
  const invocation = matchManager(command, ['pnpm'])
  if (invocation === undefined) return undefined
  const options = parseOptions(invocation.args, OPTIONS)
  if (options === undefined) {
    const installs = invocation.args.some((arg) => arg === 'install' || arg === 'i')
    return installs ? refuseInstall({ code: 'unknown-argument', text: command.text }) : { known: false }
  }
  const { flags } = options
  const [first, ...others] = options.words
  // `pnpm recursive install` is `pnpm -r install`.
  const [action, ...rest] = /^(recursive|multi|m)$/.test(first ?? '') ? others : options.words
  if (flags.has('version') || flags.has('help'))
    return { known: true, role: 'none', writes: [], env: ['PNPM_*'] }
  const dir = joinPath(command.cwd, flags.get('dir') ?? '.')
  const request = { invocation, flags, dir, clean: action === 'ci' }
  const installs = action === 'install' || action === 'i'
  if (flags.get('global') === 'true') {
    const adds = installs || action === 'add'
    return adds && rest.length > 0 ? resolveTool(command, files, 'add', rest, dir) : { known: false }
  }
  if (action === 'add' || action === 'remove' || action === 'update' || (installs && rest.length > 0)) {
    const file = files.origin(joinPath(dir, 'package.json'))
    return refuseInstall({ code: 'edits-manifest', command: command.text, file })
  }
  const resolveProject = (): Effect => {
    if (installs || (action === 'ci' && rest.length === 0)) return resolveInstall(command, files, request)
    return action === 'fetch' && rest.length === 0 ? resolveFetch(command, files, request) : { known: false }
  }
  if (installs || LOCKED.has(action ?? ''))
    return readLockfiles(resolveProject(), files, dir, ['pnpm-lock.yaml'])
  if (action === 'config' || action === 'c' || action === 'set' || action === 'store') {
    return resolveTool(command, files, action, rest, dir)
  }
  return { known: false }
}
