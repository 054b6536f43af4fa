import { hasOption, parseOptions } from '../../effects/options.ts'
import { toPath } from '../../effects/targets.ts'
import { joinPath } from '../../model/paths.ts'
import { unknown } from '../shared/requirement-closure.ts'
import { pathsOf, pythonPlaces, toTree } from '../shared/python-places.ts'
import { cachePlaces } from './places.ts'
import { PIP_VALUED } from '../shared/pip-options.ts'
import { lookAtPythonPath } from '../shared/python-path.ts'
import { resolveInstall } from './resolve-install.ts'
import { words } from '../../effects/words.ts'
import { knownEffect } from '../shared/outcome.ts'
import type { PipCall } from './match-pip.ts'
import type { Command, Effect, ImageFiles, OpaqueEffect, WriteEffect } from '../../model/types.ts'

/** What a call of pip, venv or virtualenv does. */
export function resolveCall(call: PipCall, command: Command, files: ImageFiles): Effect | undefined {
  if (call.tool === 'script') return resolveScript(call, command, files)
  if (call.tool === 'version') return knownEffect('none', [])
  if (!lookAtPythonPath(command, files, call.module)) return refuse(command, 'PYTHONPATH')
  switch (call.tool) {
    case 'venv':
    case 'virtualenv':
      return resolveEnvironment(call, command, files)
    case 'ensurepip':
      return changePackages(call, command)
    case 'pip-sync':
      return resolveInstall(call, 'sync', command, files)
    case 'pip':
      return resolvePip(call, command, files)
  }
}

function resolvePip(call: PipCall, command: Command, files: ImageFiles): Effect {
  const options = parseOptions(call.args, PIP_VALUED)
  const [verb, action] = options.operands
  switch (verb) {
    case 'install':
    case 'wheel':
    case 'download':
    case 'uninstall':
      return resolveInstall(call, verb, command, files)
    case 'list':
    case 'freeze':
    case 'check':
    case 'show':
    case 'debug':
    case 'help':
    case 'index':
    case 'inspect': {
      const places = pythonPlaces(command, call.venv) ?? []
      for (const place of places) if ('tree' in place) files.readTree(place.tree)
      return knownEffect('none', [])
    }
    case 'config':
      return changeConfig(
        command,
        files,
        options.flags.has('--global') || options.flags.has('--site'),
        action,
      )
    case 'cache':
      return changeCache(command, files, action)
    case undefined:
      return hasOption(options, '--version', '-V') && call.args.length === 1
        ? knownEffect('none', [])
        : { known: false }
    default:
      return { known: false }
  }
}

function changePackages(call: PipCall, command: Command): Effect {
  const places = pythonPlaces(command, call.venv)
  return places === undefined ? refuse(command, 'VIRTUAL_ENV') : knownEffect('tool', places)
}

function changeConfig(
  command: Command,
  files: ImageFiles,
  system: boolean,
  action: string | undefined,
): Effect {
  if (command.env.has('PIP_CONFIG_FILE') || (system && command.env.has('VIRTUAL_ENV')))
    return { known: false }
  const dirs = ['.config/pip', '.pip'].map((name) => joinPath(command.home, name))
  for (const dir of dirs) files.readTree(dir)
  if (action === 'list' || action === 'get' || action === 'debug') return knownEffect('none', [])
  if (action !== 'set' && action !== 'unset') return { known: false }
  const writes = dirs.map((tree): WriteEffect => ({ tree, mode: 'merge' }))
  return knownEffect('files', system ? [{ system: true }] : writes)
}

function changeCache(command: Command, files: ImageFiles, action: string | undefined): Effect {
  const places = cachePlaces(command, parseOptions(command.args, PIP_VALUED))
  if (places === undefined || action === undefined) return { known: false }
  if (action !== 'purge' && action !== 'remove') return knownEffect('none', [])
  for (const place of places) if ('tree' in place) files.readTree(place.tree)
  return knownEffect('files', places)
}

const VENV_VALUED = words(`
  --prompt -p --python --creator --seeder --app-data --pip --setuptools --wheel --activators
  --extra-search-dir --try-first-with
`)

/** `python -m venv DIR`, `virtualenv DIR`. */
function resolveEnvironment(call: PipCall, command: Command, files: ImageFiles): Effect {
  const options = parseOptions(call.args, VENV_VALUED)
  const dirs = pathsOf(command, options.operands)
  const elsewhere = ['--app-data', '--extra-search-dir', '-p', '--python'].flatMap(
    (name) => options.values.get(name) ?? [],
  )
  if (dirs === undefined || elsewhere.some((value) => value === undefined || value.includes('/')))
    return refuse(command)
  if (dirs.length === 0)
    return hasOption(options, '--version', '-h', '--help') ? knownEffect('none', []) : { known: false }
  const mode = hasOption(options, '--clear') ? 'replace' : 'merge'
  if (mode === 'replace') for (const dir of dirs) files.readTree(dir)
  const writes: WriteEffect[] = dirs.map((dir) => toTree(command, dir, mode))
  if (call.tool === 'virtualenv') {
    files.kind(joinPath(command.home, '.config/virtualenv/virtualenv.ini'))
    const share = joinPath(command.home, '.local/share/virtualenv')
    writes.push({ tree: share, mode: 'merge', allow: 'cache' })
  }
  return knownEffect('tool', writes)
}

/** `python setup.py install` builds the project; any other script does what it likes. */
function resolveScript(call: PipCall, command: Command, files: ImageFiles): OpaqueEffect {
  const [script, verb] = call.args
  if (script === undefined || !/(^|\/)setup\.py$/.test(script)) return { known: false }
  if (verb !== 'install' && verb !== 'develop') return { known: false }
  const file = files.origin(toPath(command, script) ?? script)
  return { known: false, role: 'install', reason: { code: 'installs-project', file, text: command.text } }
}

function refuse(command: Command, text = command.text): OpaqueEffect {
  return { known: false, role: 'install', reason: unknown(text) }
}
