import { cacheHome } from '../shared/scene.ts'
import { joinPath } from '../../model/paths.ts'
import { pythonPlaces } from '../shared/python-places.ts'
import { toPath } from '../../effects/targets.ts'
import type { Command, WriteEffect } from '../../model/types.ts'

/**
 * Where an install may put packages: settings that commands make decide which of the places it is, so all of them
 * count. https://pdm-project.org/latest/usage/venv/
 */
export function packagePlaces(command: Command, dir: string): readonly WriteEffect[] | undefined {
  const active = pythonPlaces(command)
  if (active === undefined || command.env.has('PDM_INSTALL_CACHE')) return undefined
  return [
    ...active,
    { tree: joinPath(dir, '.venv'), mode: 'merge', ignore: '**/.venv' },
    { tree: joinPath(dir, '__pypackages__'), mode: 'merge', ignore: '**/__pypackages__' },
    { path: joinPath(dir, '.pdm-python'), ignore: '**/.pdm-python' },
  ]
}

/** Downloads, and logs. */
export function cachePlaces(command: Command): readonly WriteEffect[] | undefined {
  const { env, home } = command
  const given = env.has('PDM_CACHE_DIR')
    ? toPath(command, env.get('PDM_CACHE_DIR'))
    : `${cacheHome(command)}/pdm`
  if (given === undefined) return undefined
  const trees = [given, `${cacheHome(command)}/virtualenv`, '.local/state/pdm', '.local/share/virtualenv']
  return trees.map((tree) => ({ tree: joinPath(home, tree), mode: 'merge', allow: 'cache' }))
}
