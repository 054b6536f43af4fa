import { hasOption, optionValues, type Options } from '../../effects/options.ts'
import { joinPath } from '../../model/paths.ts'
import { activeEnvironments, pathsOf, pythonPlaces, toTree } from '../shared/python-places.ts'
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
  const packages = pythonPlaces(command, call.venv)
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

/** A cache is no part of the result; `off` and `0` switch it off as well. */
export function cachePlaces(command: Command, options: Options): readonly WriteEffect[] | undefined {
  if (hasOption(options, '--no-cache-dir') || (command.env.get('PIP_NO_CACHE_DIR') ?? '') !== '') return []
  const home = command.env.get('XDG_CACHE_HOME') || joinPath(command.home, '.cache')
  const given = pathsOf(command, optionOrVariable(command, options, ['--cache-dir'], 'PIP_CACHE_DIR'))
  if (given === undefined) return undefined
  return [{ tree: given.at(-1) ?? joinPath(home, 'pip'), mode: 'merge', allow: 'cache' }]
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
  const active = activeEnvironments(command, call.venv)
  if (given === undefined || active === undefined) return undefined
  const dirs = given.length > 0 ? given : [command.cwd, ...active].map((dir) => joinPath(dir, 'src'))
  return dirs.flatMap((dir) =>
    checkouts.map((egg): WriteEffect => ({ tree: joinPath(dir, egg || '.'), mode: 'merge' })),
  )
}
