import { joinPath } from '../model/paths.ts'
import { parseOptions } from './options.ts'
import { toTargets } from './targets.ts'
import { OPAQUE, toEffect } from './work.ts'
import { words } from './words.ts'
import type { Argument, Command, Effect, ImageFiles, Resolve } from '../model/types.ts'

/** PHP's extensions: PECL, and the scripts of the official php images. */
export const phpExtensions: Readonly<Record<string, Resolve>> = {
  'docker-php-ext-install': resolvePhpExtension,
  'docker-php-ext-configure': resolvePhpExtension,
  'docker-php-ext-enable': resolvePhpExtension,
  'docker-php-source': resolvePhpExtension,
  'install-php-extensions': resolveInstaller,
  pecl: resolvePecl,
  pear: resolvePecl,
}

/** The scripts of the php images; they work in their own copy of PHP's sources. */
function resolvePhpExtension(command: Command, files: ImageFiles): Effect {
  if (command.args.some((argument) => argument?.includes('/') === true && !argument.startsWith('-')))
    return OPAQUE
  return toEffect(files, {
    role: 'system',
    writes: [{ system: true }, { tree: '/usr/src/php', mode: 'merge' }],
    env: 'all-but-stamps',
    system: true,
  })
}

/** Extensions by name or address, with the packages that they need: https://github.com/mlocati/docker-php-extension-installer */
function resolveInstaller(command: Command, files: ImageFiles): Effect {
  const isRemote = (name: Argument): boolean =>
    name !== undefined &&
    (!name.includes('/') || name.startsWith('https://') || /^[\w.-]+\/[\w.-]+@[\w./-]+$/.test(name))
  // An absolute path is a directory of sources.
  if (command.args.length === 0 || !command.args.every(isRemote)) return OPAQUE
  return toEffect(files, {
    role: 'system',
    looks: [joinPath(command.home, '.pearrc')],
    writes: [
      { system: true },
      { tree: '/usr/src/php', mode: 'merge' },
      { tree: '/tmp', mode: 'merge' },
      { path: joinPath(command.home, '.pearrc') },
    ],
    env: 'all-but-stamps',
    system: true,
  })
}

/** PEAR takes a name for a file when there is one of that name. */
function resolvePecl(command: Command, files: ImageFiles): Effect {
  const options = parseOptions(command.args, ['-D', '--configureoptions'])
  const [verb, ...names] = options.operands
  const verbs = words('install upgrade uninstall channel-update update-channels config-set clear-cache')
  const targets = toTargets(
    command,
    names.filter((name) => !/^https?:/.test(name ?? '')),
  )
  if (verb === undefined || !verbs.includes(verb) || targets === undefined) return OPAQUE
  if (verb === 'install' && names.length === 0) return OPAQUE
  return toEffect(files, {
    role: 'system',
    looks: targets.map((target) => target.path),
    writes: [
      { system: true },
      { tree: '/tmp/pear', mode: 'merge' },
      { path: joinPath(command.home, '.pearrc') },
    ],
    env: 'all-but-stamps',
    system: true,
  })
}
