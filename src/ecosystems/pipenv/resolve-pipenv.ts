import { allowPlaces, cachePlaces, packagePlaces } from './pipenv-places.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { joinPath } from '../../model/paths.ts'
import { lookAtConfig } from '../shared/pip-config.ts'
import { lookAtPythonPath } from '../shared/python-path.ts'
import { matchPythonTool } from '../shared/python-tool.ts'
import { parsePipenvOptions } from './options.ts'
import { readProject } from './read-project.ts'
import type { Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'
import type { Options } from '../../effects/options.ts'
import type { Reason } from '../../findings/reasons.ts'

const EDITS = new Set(['lock', 'update', 'upgrade', 'uninstall'])

/** What a pipenv command does. */
export function resolvePipenv(command: Command, files: ImageFiles): Effect | undefined {
  const call = matchPythonTool(command, files, 'pipenv')
  if (call === undefined) return undefined
  if (call.args.length === 1 && call.args[0] === '--version')
    return { known: true, role: 'none', writes: [], env: 'all-but-stamps' }
  const options = call.args.includes(undefined) ? undefined : parsePipenvOptions(call.args)
  const verb =
    options?.operands[0] ?? call.args.find((argument) => argument !== undefined && !argument.startsWith('-'))
  if (verb !== 'install' && verb !== 'sync' && verb !== 'requirements')
    return verb !== undefined && EDITS.has(verb)
      ? refuseInstall(edits(verb, command, files))
      : { known: false }
  if (options === undefined) return refuseInstall({ code: 'unknown-argument', text: command.text })
  if (!lookAtPythonPath(command, files, call.module))
    return refuseInstall({ code: 'unknown-argument', text: 'PYTHONPATH' })
  const named =
    options.operands.length > 1 ||
    ['-r', '--requirements', '-e', '--editable'].some((name) => options.values.has(name))
  if (verb === 'install' && named) return refuseInstall(edits(verb, command, files))
  const project = readProject(command, files)
  if (isReason(project)) return verb === 'requirements' ? { known: false } : refuseInstall(project)
  if (verb === 'requirements') return { known: true, role: 'none', writes: [], env: 'all-but-stamps' }
  if (verb === 'sync' && !project.locked)
    return refuseInstall({
      code: 'missing-file',
      file: files.origin(project.lockfile),
      command: command.text,
    })
  const config = lookAtConfig(command, files)
  if (config !== undefined) return refuseInstall(config)
  const places = packagePlaces(command, options, project.dir)
  const caches = cachePlaces(command)
  if (places === undefined || caches === undefined)
    return refuseInstall({ code: 'unknown-argument', text: command.text })
  const writes = [...places, ...allowPlaces(caches), ...lockWrites(verb, options, project)]
  return { known: true, role: 'install', writes, env: 'all-but-stamps' }
}

function edits(verb: string, command: Command, files: ImageFiles): Reason {
  return {
    code: 'edits-manifest',
    command: command.text,
    file: files.origin(joinPath(command.cwd, verb === 'lock' ? 'Pipfile.lock' : 'Pipfile')),
  }
}

/** An install locks first when the lockfile is missing or has another hash; `--deploy` then fails. */
function lockWrites(
  verb: string,
  { flags }: Options,
  { lockfile, locked, fits }: { readonly lockfile: string; readonly locked: boolean; readonly fits: boolean },
): readonly WriteEffect[] {
  if (verb === 'sync' || flags.has('--skip-lock') || fits) return []
  if (!locked) return [{ path: lockfile }]
  return flags.has('--deploy') || flags.has('--ignore-pipfile') ? [] : [{ path: lockfile, allow: 'lockfile' }]
}
