import { cacheHome } from '../shared/scene.ts'
import { joinPath } from '../../model/paths.ts'
import { pythonPlaces } from '../shared/python-places.ts'
import { toPath } from '../../effects/targets.ts'
import type { Command, WriteEffect } from '../../model/types.ts'
import type { Options } from '../../effects/options.ts'

/**
 * The system's packages, or an environment of the project: `.venv` beside the Pipfile when it is asked for or there,
 * otherwise one below the home. https://pipenv.pypa.io/en/latest/virtualenv.html
 */
export function packagePlaces(
  command: Command,
  { flags }: Options,
  dir: string,
): readonly WriteEffect[] | undefined {
  const active = pythonPlaces(command)
  const given = command.env.get('WORKON_HOME')
  const home = command.env.has('WORKON_HOME')
    ? toPath(command, given)
    : joinPath(command.home, '.local/share/virtualenvs')
  if (active === undefined || home === undefined) return undefined
  if (flags.has('--system')) return active
  return [
    ...active,
    { tree: joinPath(dir, '.venv'), mode: 'merge', ignore: '**/.venv' },
    { tree: home, mode: 'merge' },
  ]
}

/** Downloads of pipenv, of pip and of virtualenv. */
export function cachePlaces(command: Command): readonly string[] | undefined {
  const { env, home, cwd } = command
  const cache = cacheHome(command)
  const own = env.has('PIPENV_CACHE_DIR') ? toPath(command, env.get('PIPENV_CACHE_DIR')) : `${cache}/pipenv`
  const pip = env.has('PIP_CACHE_DIR') ? toPath(command, env.get('PIP_CACHE_DIR')) : `${cache}/pip`
  if (own === undefined || pip === undefined) return undefined
  return [own, pip, `${cache}/virtualenv`, joinPath(home, '.local/share/virtualenv')].map((path) =>
    joinPath(cwd, path),
  )
}

export function allowPlaces(trees: readonly string[]): readonly WriteEffect[] {
  return trees.map((tree) => ({ tree, mode: 'merge', allow: 'cache' }))
}
