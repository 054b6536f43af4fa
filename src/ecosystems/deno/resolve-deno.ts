import { joinPath } from '../../model/paths.ts'
import { denoPlaces } from './deno-places.ts'
import { hasFlag, lastValue, parseKnownOptions } from '../shared/parse-known-options.ts'
import { isInstalled } from '../shared/is-installed.ts'
import { matchManager } from '../shared/match-manager.ts'
import { OPTIONS } from './options.ts'
import { refuseInstall } from '../shared/outcome.ts'
import { resolveInstall } from './resolve-install.ts'
import type { Command, Effect, ImageFiles } from '../../model/types.ts'

const EDITS = new Set(['add', 'remove', 'rm', 'update', 'outdated'])

/** https://docs.deno.com/runtime/reference/cli/ */
export function resolveDeno(command: Command, files: ImageFiles): Effect | undefined {
  const plain = command.name === 'deno'
  if (plain && !isInstalled(command, files, ['deno'])) return undefined
  const invocation = plain ? { args: command.args } : matchManager(command, ['deno'])
  if (invocation === undefined) return undefined
  const action = invocation.args.find((arg) => arg === undefined || !arg.startsWith('-'))
  const installs = action === 'install' || action === 'i' || action === 'ci' || action === 'cache'
  const options = parseKnownOptions(invocation.args, OPTIONS)
  if (options === undefined) {
    return installs ? refuseInstall({ code: 'unknown-argument', text: command.text }) : { known: false }
  }
  const rest = options.operands.slice(1)
  if (action === undefined) {
    const tells = hasFlag(options, '--version', '-V', '--help', '-h')
    return tells ? { known: true, role: 'none', writes: [], env: ['DENO_*'] } : { known: false }
  }
  if (hasFlag(options, '--global', '-g')) {
    return action === 'install' || action === 'i'
      ? resolveGlobal(command, rest, lastValue(options, '--root'))
      : { known: false }
  }
  if (hasFlag(options, '--lockfile-only', '--compile')) return { known: false }
  if (action === 'cache' || (installs && hasFlag(options, '--entrypoint', '-e'))) {
    return rest.length === 0 ? { known: false } : resolveInstall(command, files, options, rest)
  }
  if (EDITS.has(action) || (installs && rest.length > 0)) {
    const file = files.origin(joinPath(command.cwd, 'deno.json'))
    return refuseInstall({ code: 'edits-manifest', command: command.text, file })
  }
  return installs ? resolveInstall(command, files, options, []) : { known: false }
}

/** `deno install -g npm:x`: the config of the directory does not matter to a remote module. */
function resolveGlobal(command: Command, modules: readonly string[], root: string | undefined): Effect {
  const [module] = modules
  if (module === undefined || !/^(https?:|npm:|jsr:)/.test(module)) return { known: false }
  const own = root ?? command.env.get('DENO_INSTALL_ROOT') ?? joinPath(command.home, '.deno')
  const places = denoPlaces(command)
  if (places === undefined) return { known: false }
  return {
    known: true,
    role: 'tool',
    writes: [
      { tree: joinPath(command.cwd, own), mode: 'merge' },
      { system: true },
      ...places.map((tree) => ({ tree, mode: 'merge' }) as const),
    ],
    env: 'all-but-stamps',
  }
}
