import { condaPlaces } from './conda-places.ts'
import { firstReason } from '../shared/first-reason.ts'
import { hasOnlyNameVariables } from '../../effects/variables.ts'
import { joinPath } from '../../model/paths.ts'
import { lookAtConfig } from '../shared/pip-config.ts'
import { lookAtEnvironment } from './environment-file.ts'
import { matchConda, type CondaCall } from './match-conda.ts'
import { optionValues } from '../../effects/options.ts'
import { refuseInstall, knownEffect } from '../shared/outcome.ts'
import { toPath } from '../../effects/targets.ts'
import type { Argument, Command, Effect, ImageFiles } from '../../model/types.ts'
import type { Reason } from '../../findings/reasons.ts'

const INSTALLS = new Set(['env create', 'env update', 'install', 'create', 'update', 'upgrade'])
const TOOLS = new Set(['remove', 'uninstall', 'env remove', 'clean'])

/** What a command of conda, mamba, micromamba or conda-lock does. */
export function resolveConda(command: Command, files: ImageFiles): Effect | undefined {
  const call = matchConda(command, files)
  if (call === undefined) return undefined
  const { verb, options } = call
  if (['--version', 'info', 'list', 'env list'].includes(verb)) return knownEffect('none')
  if (call.tool === 'conda-lock' && verb !== 'install') return { known: false }
  if (!INSTALLS.has(verb) && !TOOLS.has(verb) && verb !== 'config') return { known: false }
  const unknown: Reason = { code: 'unknown-argument', text: command.text }
  if (options === undefined)
    return verb === 'config' || TOOLS.has(verb) ? { known: false } : refuseInstall(unknown)
  lookAtSettings(command, files)
  if (verb === 'config')
    return knownEffect('files', [
      { path: joinPath(command.home, '.condarc') },
      { path: joinPath(command.home, '.mambarc') },
      ...(condaPlaces(command, options) ?? []),
    ])
  const places = condaPlaces(command, options)
  if (places === undefined) return refuseInstall(unknown)
  if (TOOLS.has(verb)) return knownEffect('tool', places)
  const lists = listsOf(call)
  const reason =
    firstReason(lists, (list) => lookAtFile(list, call, command, files)) ??
    firstReason(call.tool === 'conda-lock' || verb.startsWith('env ') ? [] : options.operands, (name) =>
      checkName(name, command),
    ) ??
    lookAtConfig(command, files)
  if (reason !== undefined) return refuseInstall(reason)
  const isLocal = lists.some((list) => !/^https?:/i.test(list ?? ''))
  return knownEffect(isLocal ? 'install' : 'tool', places)
}

function lookAtSettings(command: Command, files: ImageFiles): void {
  const names = ['.condarc', '.mambarc', '.conda/.condarc', '.config/conda/.condarc', '.netrc']
  for (const name of names) files.kind(joinPath(command.home, name))
}

/** The files that a call installs from; `conda env create` has a default. */
function listsOf({ tool, verb, options }: CondaCall): readonly Argument[] {
  if (options === undefined) return []
  if (tool === 'conda-lock') return options.operands.length === 0 ? ['conda-lock.yml'] : options.operands
  const given = optionValues(options, '-f', '--file')
  const byDefault = tool !== 'micromamba' && verb.startsWith('env ')
  return given.length === 0 && byDefault ? ['environment.yml'] : given
}

function lookAtFile(
  list: Argument,
  call: CondaCall,
  command: Command,
  files: ImageFiles,
): Reason | undefined {
  if (list !== undefined && /^https?:/i.test(list)) return undefined
  const path = toPath(command, list)
  return path === undefined
    ? { code: 'unknown-argument', text: command.text }
    : lookAtEnvironment(path, call, command, files)
}

/** A package is a name; with a slash or an ending it may be a file. */
function checkName(name: Argument, command: Command): Reason | undefined {
  if (name === undefined)
    return hasOnlyNameVariables(command) ? undefined : { code: 'unknown-argument', text: command.text }
  if (!/^[.~/]|\.(conda|tar\.bz2)$|^file:/i.test(name) || /^https?:/i.test(name)) return undefined
  return { code: 'unknown-argument', text: command.text }
}
