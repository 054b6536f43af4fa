import { OPTIONS } from './options.ts'
import { joinPath } from '../../model/paths.ts'
import { matchManager } from '../shared/match-manager.ts'
import { parseOptions } from '../shared/parse-options.ts'
import { readLockfiles } from '../shared/read-lockfiles.ts'
import { refuseInstall } from '../shared/outcome.ts'
import { resolveCorepack } from '../shared/corepack.ts'
import { resolveInstall } from './resolve-install.ts'
import { resolveConfig, resolveGlobal } from './resolve-global.ts'
import type { Command, Effect, ImageFiles } from '../../model/types.ts'

const INSTALL = new Set('install i in ins inst insta instal isnt isnta isntal isntall add'.split(' '))
const CLEAN_INSTALL = new Set('ci clean-install ic install-clean isntall-clean'.split(' '))

/** These take no notice of the project's lockfile. */
const NO_LOCKFILE = /^(run|run-script|rum|urn|start|stop|restart|test|t|tst|exec|x|config|c|set|get|cache|init|create|pkg|version|login|adduser|whoami|ping|view|help)$/

/** https://docs.npmjs.com/cli/commands */
export function resolveNpm(command: Command, files: ImageFiles): Effect | undefined {
  if (command.name === 'corepack' && !/^(npm|yarn|pnpm)/.test(command.args[0] ?? '')) {
    return resolveCorepack(command, files)
  }
  const invocation = matchManager(command, ['npm'])
  if (invocation === undefined) {
    if (command.name !== 'npx' || matchManager(command, ['yarn', 'pnpm', 'bun']) !== undefined)
      return undefined
    return { known: false }
  }
  const options = parseOptions(invocation.args, OPTIONS)
  if (options === undefined) {
    const runs = invocation.args.some((arg) => arg !== undefined && /^(run|run-script|exec|x)$/.test(arg))
    const installs = !runs && invocation.args.some((arg) => INSTALL.has(arg ?? '') || CLEAN_INSTALL.has(arg ?? ''))
    return installs ? refuseInstall({ code: 'unknown-argument', text: command.text }) : { known: false }
  }
  const { words, flags } = options
  const [action, ...rest] = words
  if (action === undefined) {
    return flags.has('version') || flags.has('versions') || flags.has('help')
      ? { known: true, role: 'none', writes: [], env: ['npm_config_*'] }
      : { known: false }
  }
  if (!NO_LOCKFILE.test(action)) {
    const dir = joinPath(command.cwd, flags.get('prefix') ?? '.')
    readLockfiles(files, dir, ['npm-shrinkwrap.json', 'package-lock.json'])
  }
  if (INSTALL.has(action) || CLEAN_INSTALL.has(action)) {
    const global = flags.get('global') === 'true' || flags.get('location') === 'global'
    if (global) return resolveGlobal(command, files, rest)
    return resolveInstall(command, files, { flags, packages: rest, clean: CLEAN_INSTALL.has(action) })
  }
  return resolveConfig(command, files, words, flags)
}
