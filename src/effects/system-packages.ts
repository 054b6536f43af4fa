import { baseName, parentPath } from '../model/paths.ts'
import { packageManagers, type PackageManager } from './package-managers.ts'
import { hasOption, optionValues, parseOptions, type Options } from './options.ts'
import { toTarget } from './targets.ts'
import { hasOnlyNameVariables, isQuoted } from './variables.ts'
import { toEffect, unknownArgument } from './work.ts'
import { words } from './words.ts'
import type { Argument, Command, Effect, ImageFiles, Resolve, WriteEffect } from '../model/types.ts'

/** Installing, updating and removing system packages; they work on the operating system wherever they are called. */
export const systemPackages: Readonly<Record<string, Resolve>> = Object.fromEntries(
  packageManagers.flatMap((manager) =>
    manager.names.map((name): [string, Resolve] => [
      name,
      (command, files) => resolvePackages(manager, command, files),
    ]),
  ),
)

/** Names that take their verb as an option, or none. */
const VERBLESS = new Set(words('dpkg dpkg-query dpkg-architecture dpkg-deb rpm rpmkeys pacman pacman-key'))
const CONFIGURING = new Set(['yum-config-manager', 'yum-builddep'])

function resolvePackages(manager: PackageManager, command: Command, files: ImageFiles): Effect {
  const options = parseOptions(command.args, manager.valued)
  const operands = [...options.operands]
  const verb = verbOf(manager, command, options, operands)
  const settings = optionValues(options, '-o', '--option')
  const redirects = settings.some((value) => value === undefined || /^(Dir|RootDir)\b/i.test(value))
  if (verb === undefined || redirects || hasOption(options, ...manager.elsewhere)) return refuse(command)
  if (
    operands.includes(undefined) &&
    (!hasOnlyNameVariables(command) || command.text.includes(manager.extension))
  ) {
    return refuse(command)
  }
  const reads: string[] = []
  const names = [...operands, ...optionValues(options, ...(manager.fileOptions ?? []))]
  for (const name of names) {
    const path = toRead(manager, command, options, name)
    if (path === 'unknown') return refuse(command)
    if (path !== undefined) reads.push(path)
  }
  const writes: readonly WriteEffect[] =
    verb === 'tells'
      ? []
      : verb === 'fetches'
        ? [{ tree: command.cwd, mode: 'merge' }]
        : [{ system: true }, ...outsideSystem(command, operands)]
  const role = verb === 'tells' ? 'none' : verb === 'fetches' ? 'download' : 'system'
  return toEffect(files, { role, reads, writes, env: manager.env, system: true })
}

function refuse(command: Command): Effect {
  return unknownArgument(command, 'system')
}

type Verb = 'changes' | 'fetches' | 'tells'

/** What kind of work it is; takes the subcommand out of the operands. */
function verbOf(
  manager: PackageManager,
  command: Command,
  options: Options,
  operands: Argument[],
): Verb | undefined {
  const name = command.name ?? ''
  if (CONFIGURING.has(name)) return 'changes'
  if (VERBLESS.has(name)) {
    if (hasOption(options, ...manager.tells)) return 'tells'
    return hasOption(options, ...manager.changes) ? 'changes' : undefined
  }
  if (operands.length === 0) return hasOption(options, '--version', '-v', '--help') ? 'tells' : undefined
  const verb = operands.shift()
  if (verb === undefined) return undefined
  if (manager.changes.includes(verb)) return 'changes'
  if (manager.fetches?.includes(verb) === true) return 'fetches'
  return manager.tells.includes(verb) ? 'tells' : undefined
}

/** The file that a word names; `undefined` for a package's name. */
function toRead(
  manager: PackageManager,
  command: Command,
  options: Options,
  name: Argument,
): string | 'unknown' | undefined {
  if (name === undefined || /^[a-z][a-z+]*:\/\//i.test(name)) return undefined
  const isOption = optionValues(options, ...(manager.fileOptions ?? [])).includes(name)
  const isFile =
    isOption ||
    /^(\.{0,2}\/|\.{1,2}$|~)/.test(name) ||
    name.endsWith(manager.extension) ||
    name.endsWith('.repo')
  // A bare glob is for the package manager, unless a file of the directory happens to match it.
  const isGlob = /[*?[]/.test(name) && !isQuoted(command, name)
  if (!isFile && !isGlob) return undefined
  const target = toTarget(command, name)
  if (target === undefined) return 'unknown'
  return !isFile && !target.spread ? parentPath(target.path) : target.path
}

/** Packages that bring a web server put their start page where applications put theirs. */
const WEB_SERVER =
  /nginx|apache2|^httpd|lighttpd|^php(\d(\.\d)?)?$|^libapache2|phpmyadmin|wordpress|munin|nagios|roundcube/
const VENDORS: readonly (readonly [RegExp, string])[] = [
  [/^google-(chrome|cloud)/, '/opt/google'],
  [/^(microsoft-|msedge|mssql|msodbc|powershell)/, '/opt/microsoft'],
]

/** Places of applications that a few packages write to. A list that is not known may have any of them. */
function outsideSystem(command: Command, operands: readonly Argument[]): readonly WriteEffect[] {
  const hidden = operands.includes(undefined)
    ? command.text.split(/\s+/).filter((word) => word.includes('$'))
    : []
  const places = new Set<string>()
  for (const word of [...operands, ...hidden]) {
    const name = baseName(word ?? '').replace(/^["']/, '')
    if (WEB_SERVER.test(name) || (name.startsWith('$') && !name.includes('PHPIZE_DEPS')))
      places.add('/var/www')
    for (const [pattern, place] of VENDORS) if (pattern.test(name)) places.add(place)
  }
  return [...places].map((tree) => ({ tree, mode: 'merge' }))
}
