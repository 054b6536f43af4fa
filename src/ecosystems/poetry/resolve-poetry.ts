import { joinPath, parentPath } from '../../model/paths.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { lookAtHome } from '../shared/python-home.ts'
import { lookAtPythonPath } from '../shared/python-path.ts'
import { pythonPlaces } from '../shared/python-places.ts'
import { matchPoetry, type PoetryCall } from './match-poetry.ts'
import { allowAll, cachePlaces, packagePlaces } from './poetry-places.ts'
import { readProject } from './read-project.ts'
import { resolveConfig } from './resolve-config.ts'
import type { Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

const EDITS = new Set(['add', 'remove', 'update', 'lock', 'init', 'version'])
/** Those that leave the manifest alone. */
const LOCKS = new Set(['update', 'lock'])
const CONFIGS = ['pypoetry/config.toml', 'pypoetry/auth.toml']

/** What a poetry command does. */
export function resolvePoetry(command: Command, files: ImageFiles): Effect | undefined {
  const call = matchPoetry(command, files)
  if (call === undefined) return undefined
  if (call.verb === 'version-of-poetry')
    return { known: true, role: 'none', writes: [], env: 'all-but-stamps' }
  if (!lookAtPythonPath(command, files, call.module))
    return refuseInstall({ code: 'unknown-argument', text: 'PYTHONPATH' })
  switch (call.verb) {
    case 'install':
    case 'sync':
      return resolveInstall(call, command, files)
    case 'export':
      return resolveExport(call, command, files)
    case 'config':
      return resolveConfig(call, command, files)
    case 'self':
      return resolveSelf(call, command)
    default:
      if (!EDITS.has(call.verb)) return { known: false }
      return refuseInstall({
        code: 'edits-manifest',
        command: command.text,
        file: files.origin(
          joinPath(call.dir ?? command.cwd, LOCKS.has(call.verb) ? 'poetry.lock' : 'pyproject.toml'),
        ),
      })
  }
}

/**
 * With `--no-root`, or where the project is no package, an install reads only manifests. Otherwise it builds the
 * project after its dependencies.
 */
function resolveInstall(call: PoetryCall, command: Command, files: ImageFiles): Effect {
  const { options, dir } = call
  // The project alone, after its dependencies.
  if (command.args.includes('--only-root')) return { known: false, role: 'build' }
  if (options === undefined || dir === undefined || options.operands.length > 0)
    return refuseInstall({ code: 'unknown-argument', text: command.text })
  const project = readProject(command, files, dir)
  if (isReason(project)) return refuseInstall(project)
  const noRoot = options.flags.has('--no-root')
  if (project.package && !noRoot) return { known: false, role: 'build' }
  const places = packagePlaces(command, project.dir)
  const caches = cachePlaces(command)
  if (places === undefined || caches === undefined)
    return refuseInstall({ code: 'unknown-argument', text: command.text })
  lookAtHome(command, files, CONFIGS)
  const lockfile: readonly WriteEffect[] = project.locked
    ? []
    : [{ path: joinPath(project.dir, 'poetry.lock') }]
  // A project that is a package is installed by a later command, which then has the last word.
  const writes = project.package && project.locked ? allowAll(places, 'warm-up') : places
  return { known: true, role: 'install', writes: [...writes, ...caches, ...lockfile], env: 'all-but-stamps' }
}

/** https://github.com/python-poetry/poetry-plugin-export */
function resolveExport(call: PoetryCall, command: Command, files: ImageFiles): Effect {
  const { options, dir } = call
  if (options === undefined || dir === undefined) return { known: false }
  const project = readProject(command, files, dir)
  const caches = cachePlaces(command)
  if (isReason(project) || !project.locked || caches === undefined) return { known: false }
  lookAtHome(command, files, CONFIGS)
  const outputs = [...(options.values.get('-o') ?? []), ...(options.values.get('--output') ?? [])]
  if (outputs.includes(undefined)) return { known: false }
  const paths = outputs.map((output): WriteEffect => ({ path: joinPath(dir, output ?? '') }))
  return {
    known: true,
    role: paths.length === 0 ? 'none' : 'files',
    writes: [...paths, ...caches],
    env: 'all-but-stamps',
  }
}

/** `poetry self add NAME` installs beside poetry itself, wherever that is. */
function resolveSelf(call: PoetryCall, command: Command): Effect {
  const [, verb, ...names] = call.words
  if (verb === undefined || !['add', 'update', 'remove', 'install', 'lock'].includes(verb))
    return { known: false }
  if (names.some((name) => /^\.|\/|\.whl$/.test(name) && !name.includes('://'))) return { known: false }
  const places = pythonPlaces(command)
  const caches = cachePlaces(command)
  if (places === undefined || caches === undefined) return { known: false }
  const { program = '', home, env } = command
  const trees = [
    joinPath(joinPath(home, env.get('XDG_CONFIG_HOME') || '.config'), 'pypoetry'),
    ...(program.startsWith('/') ? [parentPath(parentPath(program))] : []),
    ...(env.get('POETRY_HOME') === undefined ? [] : [env.get('POETRY_HOME') ?? '']),
  ]
  const own = trees.map((tree): WriteEffect => ({ tree: joinPath(command.cwd, tree), mode: 'merge' }))
  return { known: true, role: 'tool', writes: [...places, ...own, ...caches], env: 'all-but-stamps' }
}
