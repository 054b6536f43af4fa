import { OPTIONS } from './options.ts'
import { isRushInstall } from './is-rush-install.ts'
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
const NO_LOCKFILE =
  /^(run|run-script|rum|urn|start|stop|restart|test|t|tst|exec|x|config|c|set|get|cache|init|create|pkg|version|login|adduser|whoami|ping|view|help)$/

/** https://docs.npmjs.com/cli/commands */
export function resolveNpm(command: Command, files: ImageFiles): Effect | undefined {
  if (command.name === 'corepack' && !/^(npm|yarn|pnpm)/.test(command.args[0] ?? '')) {
    return resolveCorepack(command, files)
  }
  if (isRushInstall(command)) {
    return refuseInstall({ code: 'reads-sources', text: command.text, path: 'common' })
  }
  const invocation = matchManager(command, ['npm'])
  if (invocation === undefined) {
    if (command.name !== 'npx' || matchManager(command, ['yarn', 'pnpm', 'bun']) !== undefined)
      return undefined
    return { known: false }
  }
  const options = parseOptions(invocation.args, OPTIONS)
  if (options === undefined) {
    const { args } = invocation
    const isFlag = (arg: string | undefined): boolean => arg?.startsWith('-') === true
    // An unknown word behind an option is most likely its value.
    const action =
      args.find((arg, index) => !isFlag(arg) && (arg !== undefined || !isFlag(args[index - 1]))) ?? ''
    const installs = INSTALL.has(action) || CLEAN_INSTALL.has(action)
    return installs ? refuseInstall({ code: 'unknown-argument', text: command.text }) : { known: false }
  }
  const { words, flags } = options
  const [action] = words
  if (action === undefined) {
    return flags.has('version') || flags.has('versions') || flags.has('help')
      ? { known: true, role: 'none', writes: [], env: ['npm_config_*'] }
      : { known: false }
  }
  const effect = resolveAction(command, files, words, flags)
  if (NO_LOCKFILE.test(action)) return effect
  const dir = joinPath(command.cwd, flags.get('prefix') ?? '.')
  return readLockfiles(effect, files, dir, ['npm-shrinkwrap.json', 'package-lock.json'])
}

function resolveAction(
  command: Command,
  files: ImageFiles,
  words: readonly string[],
  flags: ReadonlyMap<string, string>,
): Effect {
  const [action = '', ...rest] = words
  if (INSTALL.has(action) || CLEAN_INSTALL.has(action)) {
    const global = flags.get('global') === 'true' || flags.get('location') === 'global'
    if (global) return resolveGlobal(command, files, rest)
    return resolveInstall(command, files, { flags, packages: rest, clean: CLEAN_INSTALL.has(action) })
  }
  return resolveConfig(command, files, words, flags)
}
