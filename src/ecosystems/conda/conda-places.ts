import { cacheHome } from '../shared/scene.ts'
import { joinPath, parentPath } from '../../model/paths.ts'
import { optionValues, type Options } from '../../effects/options.ts'
import { pathsOf, pythonPlaces, toTree } from '../shared/python-places.ts'
import { toPath } from '../../effects/targets.ts'
import type { Command, WriteEffect } from '../../model/types.ts'

const ROOTS = [
  'MAMBA_ROOT_PREFIX',
  'CONDA_DIR',
  'CONDA_HOME',
  'CONDA_ROOT',
  'CONDA_PREFIX',
  'CONDA_ENVS_PATH',
  'CONDA_ENVS_DIRS',
  'CONDA_PKGS_DIRS',
]

/**
 * Where environments and downloads lie: below the installation, which the program's path, PATH and variables name and
 * which is `/opt/conda` in the usual images. `undefined` when that cannot be known.
 */
export function condaPlaces(command: Command, options: Options): readonly WriteEffect[] | undefined {
  const { env, program = '', home, cwd } = command
  const active = pythonPlaces(command)
  const prefixes = pathsOf(command, optionValues(options, '-p', '--prefix', '-r', '--root-prefix'))
  const named = ROOTS.filter((name) => env.has(name)).map((name) => toPath(command, env.get(name)))
  if (active === undefined || prefixes === undefined || named.includes(undefined)) return undefined
  const path = joinPath(cwd, program)
  const own = program.includes('/') ? [parentPath(parentPath(path))] : []
  const roots = ['/opt/conda', '.conda', '.mamba', 'micromamba', 'miniconda3', 'miniforge3', 'mambaforge']
  const trees = [
    ...roots.map((tree) => joinPath(home, tree)),
    ...own,
    ...named.filter((tree) => tree !== undefined),
  ]
  const caches = [
    `${cacheHome(command)}/pip`,
    `${cacheHome(command)}/conda`,
    `${cacheHome(command)}/conda-lock`,
  ]
  return [
    ...active,
    ...[...new Set(trees)].map((tree): WriteEffect => ({ tree, mode: 'merge' })),
    ...prefixes.map((tree) => toTree(command, tree)),
    ...caches.map((tree): WriteEffect => ({ tree: joinPath(cwd, tree), mode: 'merge', allow: 'cache' })),
  ]
}
