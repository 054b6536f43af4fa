import { cachePlaces, packagePlaces } from './pdm-places.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { joinPath } from '../../model/paths.ts'
import { lookAtHome } from '../shared/python-home.ts'
import { lookAtPythonPath } from '../shared/python-path.ts'
import { matchPdm, type PdmCall } from './match-pdm.ts'
import { pathsOf } from '../shared/python-places.ts'
import { optionValues, type Options } from '../../effects/options.ts'
import { lookAtPython, readProject, type PdmProject } from './read-project.ts'
import type { Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

const EDITS = new Set(['add', 'remove', 'update', 'lock', 'init', 'use', 'import', 'fix'])
/** Those that leave the manifest alone. */
const LOCKS = new Set(['update', 'lock'])
const CONFIGS = ['pdm/config.toml']

/** Settings that neither move the environment nor make it part of the cache. */
const HARMLESS =
  /^(check_update|python\.use_venv|venv\.(in_project|backend|prompt|with_pip)|install\.parallel|pypi\..+|repository\..+|request_timeout|strategy\..+|build_isolation|use_uv)$/

/** What a pdm command does. */
export function resolvePdm(command: Command, files: ImageFiles): Effect | undefined {
  const call = matchPdm(command, files)
  if (call === undefined) return undefined
  if (call.verb === 'version') return { known: true, role: 'none', writes: [], env: 'all-but-stamps' }
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
    default: {
      if (!EDITS.has(call.verb)) return { known: false }
      const name = LOCKS.has(call.verb) ? 'pdm.lock' : 'pyproject.toml'
      const file = files.origin(joinPath(call.dir ?? command.cwd, name))
      return refuseInstall({ code: 'edits-manifest', command: command.text, file })
    }
  }
}

/** With `--no-self`, or where the project is no distribution, an install reads only manifests. */
function resolveInstall(call: PdmCall, command: Command, files: ImageFiles): Effect {
  const { options, dir, verb } = call
  if (options === undefined || dir === undefined || options.operands.length > 0)
    return refuseInstall({ code: 'unknown-argument', text: command.text })
  const project = readProject(command, files, dir, options)
  if (isReason(project)) return refuseInstall(project)
  if (verb === 'sync' && !project.locked)
    return refuseInstall({
      code: 'missing-file',
      file: files.origin(project.lockfile),
      command: command.text,
    })
  const noSelf = options.flags.has('--no-self') || command.env.has('PDM_NO_SELF')
  if (project.package && !noSelf) return { known: false, role: 'build' }
  const other = lookAtPython(files, project.dir)
  if (other !== undefined) return refuseInstall(other)
  const places = packagePlaces(command, project.dir)
  const caches = cachePlaces(command)
  if (places === undefined || caches === undefined)
    return refuseInstall({ code: 'unknown-argument', text: command.text })
  lookAtHome(command, files, CONFIGS)
  // A project that is a package is installed by a later command, which then has the last word.
  const allow = project.package && project.locked ? ({ allow: 'warm-up' } as const) : {}
  const writes = places.map((write): WriteEffect => ({ ...write, ...allow }))
  return {
    known: true,
    role: 'install',
    writes: [...writes, ...caches, ...lockWrites(verb, options, project, command)],
    env: 'all-but-stamps',
  }
}

/** `pdm install` locks anew when the lockfile is missing or does not have the manifest's hash. */
function lockWrites(
  verb: string,
  { flags }: Options,
  project: PdmProject,
  command: Command,
): readonly WriteEffect[] {
  const frozen = ['--frozen-lockfile', '--no-lock', '--check'].some((flag) => flags.has(flag))
  if (verb === 'sync' || frozen || command.env.has('PDM_FROZEN_LOCKFILE')) return []
  return project.locked ? [{ path: project.lockfile, allow: 'lockfile' }] : [{ path: project.lockfile }]
}

function resolveExport(call: PdmCall, command: Command, files: ImageFiles): Effect {
  const { options, dir } = call
  if (options === undefined || dir === undefined) return { known: false }
  const project = readProject(command, files, dir, options)
  const outputs = pathsOf(command, optionValues(options, '-o', '--output'))
  const caches = cachePlaces(command)
  if (isReason(project) || !project.locked || outputs === undefined || caches === undefined)
    return { known: false }
  lookAtHome(command, files, CONFIGS)
  const role = outputs.length === 0 ? 'none' : 'files'
  return {
    known: true,
    role,
    writes: [...outputs.map((path) => ({ path })), ...caches],
    env: 'all-but-stamps',
  }
}

/** `pdm config KEY VALUE` writes the user's settings. */
function resolveConfig(call: PdmCall, command: Command, files: ImageFiles): Effect {
  const [key, value, ...rest] = call.options?.operands ?? []
  if (key === undefined || value === undefined || rest.length > 0 || !HARMLESS.test(key))
    return { known: false }
  const config = joinPath(command.home, command.env.get('XDG_CONFIG_HOME') || '.config')
  const path = joinPath(config, 'pdm/config.toml')
  files.kind(path)
  return { known: true, role: 'files', writes: [{ path }], env: 'all-but-stamps' }
}
