import { cachePlaces, environmentAt, pythonVersions } from './uv-places.ts'
import { hasOnlyNameVariables } from '../../effects/variables.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { joinPath } from '../../model/paths.ts'
import { lookAtHome } from '../shared/python-home.ts'
import { lookAtPythonPath } from '../shared/python-path.ts'
import { matchUv, type UvCall } from './match-uv.ts'
import { optionValues } from '../../effects/options.ts'
import { planSync, resolveSync } from './resolve-sync.ts'
import { pathsOf } from '../shared/python-places.ts'
import { resolvePip } from './resolve-pip.ts'
import { upwards } from '../../effects/targets.ts'
import type { Command, Effect, ImageFiles, Role, WriteEffect } from '../../model/types.ts'

const EDITS = new Set(['add', 'remove', 'lock', 'init'])

/** What a uv command does. */
export function resolveUv(command: Command, files: ImageFiles): Effect | undefined {
  const call = matchUv(command, files)
  if (call === undefined) return undefined
  if (call.module && !lookAtPythonPath(command, files, true))
    return refuseInstall({ code: 'unknown-argument', text: 'PYTHONPATH' })
  switch (call.verb) {
    case 'sync':
      return resolveSync(call, command, files)
    case 'pip install':
    case 'pip sync':
    case 'pip uninstall':
      return resolvePip(call, command, files)
    case 'run':
      return { known: false, role: 'build' }
    case 'export':
      return resolveExport(call, command, files)
    case 'venv':
      return resolveVenv(call, command, files)
    case 'tool install':
    case 'python install':
      return resolveTool(call, command, files)
    case 'cache clean':
    case 'cache prune':
      return resolveCache(call, command, files)
    case 'version':
    case 'python list':
    case 'cache dir':
      return known('none', [])
    default:
      if (!EDITS.has(call.verb)) return { known: false }
      return refuseInstall({
        code: 'edits-manifest',
        command: command.text,
        file: files.origin(
          joinPath(call.project ?? command.cwd, call.verb === 'lock' ? 'uv.lock' : 'pyproject.toml'),
        ),
      })
  }
}

function known(role: Role, writes: readonly WriteEffect[]): Effect {
  return { known: true, role, writes, env: 'all-but-stamps' }
}

/** https://docs.astral.sh/uv/reference/cli/#uv-export */
function resolveExport(call: UvCall, command: Command, files: ImageFiles): Effect {
  const plan = planSync(call, command, files)
  if (isReason(plan) || !plan.frozen || call.options === undefined) return { known: false }
  const outputs = pathsOf(command, optionValues(call.options, '-o', '--output-file'))
  if (outputs === undefined) return { known: false }
  return known(outputs.length === 0 ? 'none' : 'files', [
    ...outputs.map((path) => ({ path })),
    ...cachePlaces(command, call.options),
  ])
}

/** Which Python an environment gets is said by the command, by `.python-version` or by the manifest. */
function resolveVenv(call: UvCall, command: Command, files: ImageFiles): Effect {
  const { options, dir } = call
  if (options === undefined || dir === undefined) return { known: false }
  const here = { ...command, cwd: dir }
  const given = options.operands.length === 0 ? ['.venv'] : options.operands
  const paths = pathsOf(here, given)
  if (paths === undefined || paths.length !== 1) return { known: false }
  lookAtPythonFiles(files, dir)
  lookAtHome(command, files, ['uv/uv.toml'])
  const replaces = options.flags.has('--clear') || options.flags.has('-c')
  if (replaces) for (const path of paths) files.readTree(path)
  const places = paths.flatMap((path) => environmentAt(here, path, dir))
  return known('tool', [...places, ...pythonVersions(here), ...cachePlaces(here, options)])
}

function lookAtPythonFiles(files: ImageFiles, dir: string): void {
  for (const at of upwards(dir)) {
    for (const name of ['.python-version', '.python-versions', 'pyproject.toml', 'uv.toml'])
      files.kind(joinPath(at, name))
  }
}

/** Tools and Python versions by name; without a name, Python versions of `.python-version`. */
function resolveTool(call: UvCall, command: Command, files: ImageFiles): Effect {
  const { options, dir } = call
  if (options === undefined || dir === undefined) return { known: false }
  const names = options.operands
  if (names.includes(undefined) && !hasOnlyNameVariables(command)) return { known: false }
  if (names.some((name) => name !== undefined && /^[.~]|\/|\.whl$/.test(name) && !name.includes('://')))
    return { known: false }
  if (options.values.has('-e') || options.values.has('--editable')) return { known: false }
  if (call.verb === 'tool install' && names.length === 0) return { known: false }
  lookAtPythonFiles(files, dir)
  lookAtHome(command, files, ['uv/uv.toml'])
  const { env, home, cwd } = command
  const given = ['UV_TOOL_DIR', 'UV_TOOL_BIN_DIR', 'UV_PYTHON_BIN_DIR'].filter((name) => env.has(name))
  if (given.some((name) => env.get(name) === undefined)) return { known: false }
  const trees = [joinPath(home, '.local'), ...given.map((name) => joinPath(cwd, env.get(name) ?? ''))]
  const own = trees.flatMap((tree) => environmentAt(command, tree, cwd))
  return known('tool', [...own, ...pythonVersions(command), ...cachePlaces(command, options)])
}

function resolveCache(call: UvCall, command: Command, files: ImageFiles): Effect {
  if (call.options === undefined) return { known: false }
  const places = cachePlaces(command, call.options)
  for (const place of places) if ('tree' in place) files.readTree(place.tree)
  return known('files', places)
}
