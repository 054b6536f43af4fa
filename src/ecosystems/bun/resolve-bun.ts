import { joinPath } from '../../model/paths.ts'
import { bunCache } from './cache.ts'
import { matchManager } from '../shared/match-manager.ts'
import { OPTIONS } from './options.ts'
import { parseLocalSpec } from '../shared/local-spec.ts'
import { parseOptions } from '../shared/parse-options.ts'
import { refuseInstall } from '../shared/outcome.ts'
import { resolveInstall } from './resolve-install.ts'
import { readUserNpmrc } from '../shared/user-config.ts'
import type { Command, Effect, ImageFiles } from '../../model/types.ts'

/** https://bun.com/docs/pm/cli/install */
export function resolveBun(command: Command, files: ImageFiles): Effect | undefined {
  const invocation = matchManager(command, ['bun'])
  if (invocation === undefined) return undefined
  const options = parseOptions(invocation.args, OPTIONS)
  if (options === undefined) {
    const action = invocation.args.find((arg) => arg === undefined || !arg.startsWith('-'))
    const installs = action === 'install' || action === 'i' || action === 'ci'
    return installs ? refuseInstall({ code: 'unknown-argument', text: command.text }) : { known: false }
  }
  const { words, flags } = options
  const [action, ...rest] = words
  if (action === undefined) {
    const tells = flags.has('version') || flags.has('revision') || flags.has('help')
    return tells ? { known: true, role: 'none', writes: [], env: ['BUN_*'] } : { known: false }
  }
  const dir = joinPath(command.cwd, flags.get('cwd') ?? '.')
  if (action === 'ci' && rest.length === 0) return resolveInstall(command, files, { flags, dir, clean: true })
  const installs = action === 'install' || action === 'i'
  if (installs && rest.length === 0 && flags.get('global') !== 'true') {
    return resolveInstall(command, files, { flags, dir, clean: false })
  }
  if (installs || /^(add|a|remove|rm|update)$/.test(action)) {
    if (flags.get('global') === 'true') return resolveGlobal(command, files, action, rest, flags)
    const file = files.origin(joinPath(dir, 'package.json'))
    return refuseInstall({ code: 'edits-manifest', command: command.text, file })
  }
  if (action === 'pm' && rest.join(' ') === 'cache rm') {
    const cache = bunCache(command, flags, undefined)
    return {
      known: true,
      role: 'none',
      writes: [{ tree: cache, mode: 'merge', allow: 'cache' }],
      env: ['BUN_*'],
    }
  }
  return { known: false }
}

/** `bun add -g x` works in a directory of its own. */
function resolveGlobal(
  command: Command,
  files: ImageFiles,
  action: string,
  packages: readonly string[],
  flags: ReadonlyMap<string, string>,
): Effect {
  const adds = action === 'install' || action === 'i' || action === 'add' || action === 'a'
  if (!adds || packages.length === 0 || packages.some((spec) => parseLocalSpec(spec) !== undefined)) {
    return { known: false }
  }
  if (flags.has('cwd') || flags.has('config')) return { known: false }
  for (const name of ['bunfig.toml', '.npmrc', '.env', '.env.local', '.env.production']) {
    files.kind(joinPath(command.cwd, name))
  }
  readUserNpmrc(files, command)
  files.kind(joinPath(command.home, '.bunfig.toml'))
  const own = command.env.has('BUN_INSTALL') ? command.env.get('BUN_INSTALL') : joinPath(command.home, '.bun')
  if (own === undefined) return { known: false }
  return {
    known: true,
    role: 'tool',
    writes: [
      { system: true },
      { tree: joinPath(command.cwd, own), mode: 'merge' },
      { tree: bunCache(command, flags, undefined), mode: 'merge', allow: 'cache' },
    ],
    env: 'all-but-stamps',
  }
}
