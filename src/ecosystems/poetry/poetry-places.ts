import { joinPath } from '../../model/paths.ts'
import { cacheHome } from '../shared/scene.ts'
import { pythonPlaces } from '../shared/python-places.ts'
import { toPath } from '../../effects/targets.ts'
import type { Allowance, Command, WriteEffect } from '../../model/types.ts'

/**
 * Where an install may put packages: which of the places it is depends on settings that commands make, so all of them
 * count. `undefined` when one cannot be known. https://python-poetry.org/docs/configuration/#virtualenvsin-project
 */
export function packagePlaces(command: Command, dir: string): readonly WriteEffect[] | undefined {
  const active = pythonPlaces(command)
  const cache = cacheDir(command)
  const given = command.env.get('POETRY_VIRTUALENVS_PATH')
  const path = given === undefined ? undefined : toPath(command, given)
  if (active === undefined || cache === undefined) return undefined
  if (command.env.has('POETRY_VIRTUALENVS_PATH') && path === undefined) return undefined
  return [
    ...active,
    { tree: joinPath(dir, '.venv'), mode: 'merge', ignore: '**/.venv' },
    { tree: joinPath(cache, 'virtualenvs'), mode: 'merge' },
    ...(path === undefined ? [] : [{ tree: path, mode: 'merge' } as const]),
  ]
}

/** Downloads, and what virtualenv keeps of its own. */
export function cachePlaces(command: Command): readonly WriteEffect[] | undefined {
  const cache = cacheDir(command)
  if (cache === undefined) return undefined
  const trees = [
    ...['cache', 'artifacts'].map((name) => joinPath(cache, name)),
    `${cacheHome(command)}/virtualenv`,
    joinPath(command.home, '.local/share/virtualenv'),
  ]
  return trees.map((tree) => ({ tree: joinPath(command.cwd, tree), mode: 'merge', allow: 'cache' }))
}

/** The same writes, allowed. */
export function allowAll(writes: readonly WriteEffect[], allow: Allowance): readonly WriteEffect[] {
  return writes.map((write) => ({ ...write, allow: write.allow ?? allow }))
}

function cacheDir(command: Command): string | undefined {
  const { env } = command
  if (!env.has('POETRY_CACHE_DIR')) return joinPath(command.cwd, `${cacheHome(command)}/pypoetry`)
  return toPath(command, env.get('POETRY_CACHE_DIR'))
}
