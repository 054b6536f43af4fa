import { hasOption, optionValues, type Options } from '../../effects/options.ts'
import { toPath } from '../../effects/targets.ts'
import { baseName, isSystemPath, isWithin, joinPath, parentPath } from '../../model/paths.ts'
import type { PipCall } from './match-pip.ts'
import type { Argument, Command, WriteEffect } from '../../model/types.ts'

/** Where an install puts packages; `undefined` when that cannot be known. */
export function installPlaces(
  call: PipCall,
  command: Command,
  options: Options,
  checkouts: readonly string[],
): readonly WriteEffect[] | undefined {
  const targets = pathsOf(command, optionOrVariable(command, options, ['-t', '--target'], 'PIP_TARGET'))
  const prefixes = pathsOf(command, optionOrVariable(command, options, ['--prefix'], 'PIP_PREFIX'))
  const roots = pathsOf(command, optionOrVariable(command, options, ['--root'], 'PIP_ROOT'))
  const reports = pathsOf(
    command,
    optionOrVariable(command, options, ['--log', '--log-file', '--report'], 'PIP_LOG'),
  )
  const sources = sourcePlaces(call, command, options, checkouts)
  const packages = packagePlaces(call, command)
  const cache = cachePlaces(command, options)
  if (targets === undefined || prefixes === undefined || roots === undefined || reports === undefined)
    return undefined
  if (sources === undefined || packages === undefined || cache === undefined) return undefined
  return [
    ...(targets.length > 0 ? [] : packages),
    ...[...targets, ...prefixes, ...roots].map((path) => toTree(command, path)),
    ...sources,
    ...reports.map((path) => ({ path })),
    ...cache,
  ]
}

/** The interpreter's packages: of the system, of the user, or of the virtual environments that are active. */
export function packagePlaces(call: PipCall, command: Command): readonly WriteEffect[] | undefined {
  const active = venvsOf(call, command)
  if (active === undefined) return undefined
  return [
    { system: true },
    { tree: joinPath(command.home, '.local'), mode: 'merge' },
    ...active.map((path) => toTree(command, path)),
  ]
}

/** A cache is no part of the result; `off` and `0` switch it off as well. */
export function cachePlaces(command: Command, options: Options): readonly WriteEffect[] | undefined {
  if (hasOption(options, '--no-cache-dir') || (command.env.get('PIP_NO_CACHE_DIR') ?? '') !== '') return []
  const home = command.env.get('XDG_CACHE_HOME') || joinPath(command.home, '.cache')
  const given = pathsOf(command, optionOrVariable(command, options, ['--cache-dir'], 'PIP_CACHE_DIR'))
  if (given === undefined) return undefined
  return [{ tree: given.at(-1) ?? joinPath(home, 'pip'), mode: 'merge', allow: 'cache' }]
}

/** An output inside the project must be kept out of the context, where a stray copy of it would be copied over it. */
export function toTree(command: Command, tree: string, mode: 'merge' | 'replace' = 'merge'): WriteEffect {
  const inside = tree !== command.cwd && isWithin(tree, command.cwd) && command.cwd !== '/'
  return { tree, mode, ...(inside ? { ignore: `**/${baseName(tree)}` } : {}) }
}

/** Known paths, or `undefined` when one of them is not known. */
export function pathsOf(command: Command, args: readonly Argument[]): readonly string[] | undefined {
  const paths = args.map((argument) => toPath(command, argument))
  return paths.every((path) => path !== undefined) ? paths : undefined
}

function optionOrVariable(
  command: Command,
  options: Options,
  names: readonly string[],
  variable: string,
): readonly Argument[] {
  if (hasOption(options, ...names)) return optionValues(options, ...names)
  return command.env.has(variable) && command.env.get(variable) !== '' ? [command.env.get(variable)] : []
}

/** `-e git+...` checks out below `src`. */
function sourcePlaces(
  call: PipCall,
  command: Command,
  options: Options,
  checkouts: readonly string[],
): readonly WriteEffect[] | undefined {
  if (checkouts.length === 0) return []
  const given = pathsOf(command, optionOrVariable(command, options, ['--src'], 'PIP_SRC'))
  const active = venvsOf(call, command)
  if (given === undefined || active === undefined) return undefined
  const dirs = given.length > 0 ? given : [command.cwd, ...active].map((dir) => joinPath(dir, 'src'))
  return dirs.flatMap((dir) =>
    checkouts.map((egg): WriteEffect => ({ tree: joinPath(dir, egg || '.'), mode: 'merge' })),
  )
}

/** Environments named by the program's path, by VIRTUAL_ENV, or that stand before the system's programs on PATH. */
function venvsOf(call: PipCall, command: Command): readonly string[] | undefined {
  const found = new Set<string>(call.venv === undefined ? [] : [call.venv])
  const active = command.env.get('VIRTUAL_ENV')
  if (active !== undefined && active !== '') found.add(joinPath(command.cwd, active))
  if (active === undefined && command.env.has('VIRTUAL_ENV')) return undefined
  for (const entry of (command.env.get('PATH') ?? '').split(':')) {
    if (!entry.startsWith('/')) continue
    const bin = joinPath('/', entry)
    if (bin === '/usr/local/bin' || bin === '/usr/bin' || bin === '/bin') break
    if (baseName(bin) === 'bin' && !isSystemPath(bin)) found.add(parentPath(bin))
  }
  return [...found]
}
