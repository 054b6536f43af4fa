import { activeEnvironments, toTree } from '../shared/python-places.ts'
import { cacheHome } from '../shared/scene.ts'
import { hasCache } from './settings.ts'
import { isSystemPath, joinPath } from '../../model/paths.ts'
import { optionValues, type Options } from '../../effects/options.ts'
import type { Command, WriteEffect } from '../../model/types.ts'

/** Where `uv sync` puts packages: the project's environment, and a Python version that it downloads. */
export function syncPlaces(command: Command, options: Options, root: string): readonly WriteEffect[] {
  const given = command.env.get('UV_PROJECT_ENVIRONMENT')
  const active = options.flags.has('--active') ? (activeEnvironments(command) ?? []) : []
  const dirs =
    active.length > 0 ? active : [joinPath(root, given === undefined || given === '' ? '.venv' : given)]
  return [...dirs.flatMap((dir) => environmentAt(command, dir, root)), ...pythonVersions(command)]
}

/** An environment of the project must be kept out of the context; one of the system is the system's packages. */
export function environmentAt(command: Command, dir: string, root: string): readonly WriteEffect[] {
  const own: WriteEffect = toTree({ ...command, cwd: root }, dir)
  return isSystemPath(dir) ? [{ system: true }, own] : [own]
}

/** https://docs.astral.sh/uv/reference/storage/ */
export function pythonVersions(command: Command): readonly WriteEffect[] {
  const { env, home, cwd } = command
  const given = env.get('UV_PYTHON_INSTALL_DIR')
  const data = joinPath(home, env.get('XDG_DATA_HOME') || '.local/share')
  return [{ tree: given ? joinPath(cwd, given) : joinPath(data, 'uv/python'), mode: 'merge' }]
}

export function cachePlaces(command: Command, options: Options): readonly WriteEffect[] {
  if (!hasCache(command, options)) return []
  const given = optionValues(options, '--cache-dir').at(-1) || command.env.get('UV_CACHE_DIR')
  const tree = joinPath(command.cwd, given || `${cacheHome(command)}/uv`)
  return [{ ...toTree(command, tree), allow: 'cache' }]
}
