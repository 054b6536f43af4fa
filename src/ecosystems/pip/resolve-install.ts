import { optionValues, parseOptions, type Options } from '../../effects/options.ts'
import { toPath } from '../../effects/targets.ts'
import { hasOnlyNameVariables } from '../../effects/variables.ts'
import { createClosure, firstReason, unknown, type Closure } from '../shared/requirement-closure.ts'
import { findLocalDependency } from '../shared/python-directory.ts'
import { isReason } from '../shared/outcome.ts'
import { lookAtConfig } from '../shared/pip-config.ts'
import { readToml } from '../shared/read-toml.ts'
import { toTree } from '../shared/python-places.ts'
import { installPlaces } from './places.ts'
import { PIP_FLAGS, PIP_VALUED } from '../shared/pip-options.ts'
import type { PipCall } from './match-pip.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Argument, Command, Effect, ImageFiles, Role, WriteEffect } from '../../model/types.ts'

type Verb = 'install' | 'wheel' | 'download' | 'uninstall' | 'sync'

/** `pip install`, `wheel`, `download` and `uninstall`, and `pip-sync`. */
export function resolveInstall(call: PipCall, verb: Verb, command: Command, files: ImageFiles): Effect {
  const options = parseOptions(call.args, verb === 'sync' ? [...PIP_VALUED, ...SYNC_VALUED] : PIP_VALUED)
  const operands = verb === 'sync' ? options.operands : options.operands.slice(1)
  const closure = createClosure(command, files)
  const reason =
    checkOptions(options, command, verb) ??
    readInputs(verb, options, operands, command, files, closure) ??
    lookAtConfig(command, files)
  if (reason !== undefined) {
    // The project alone, after its dependencies: it needs its sources, and there is nothing to split.
    const isAlone = reason.code === 'installs-project' && options.flags.has('--no-deps')
    return isAlone ? { known: false } : { known: false, role: 'install', reason }
  }
  const writes = placesOf(verb, call, command, options, closure)
  if (writes === undefined) return { known: false, role: 'install', reason: unknown(command.text) }
  return { known: true, role: roleOf(verb, closure), writes, env: 'all-but-stamps' }
}

const SYNC_VALUED = ['--python-executable', '--pip-args', '-a', '--config']
const SYNC_FLAGS = new Set(['-n', '-a', '--ask', '--force', '--user'])

function checkOptions(options: Options, command: Command, verb: Verb): Reason | undefined {
  const allowed = (flag: string): boolean => PIP_FLAGS.has(flag) || (verb === 'sync' && SYNC_FLAGS.has(flag))
  const valued = [...options.values.keys()].every((name) => PIP_VALUED.includes(name))
  if (![...options.flags].every(allowed) || !valued) return unknown(command.text)
  // An environment that is chosen by an option is another interpreter.
  return options.values.has('--python') ? unknown(command.text) : undefined
}

function readInputs(
  verb: Verb,
  options: Options,
  operands: readonly Argument[],
  command: Command,
  files: ImageFiles,
  closure: Closure,
): Reason | undefined {
  const given = optionValues(options, '-r', '--requirement')
  const lists = [...given, ...optionValues(options, '-c', '--constraint', '--build-constraint')]
  const synced = operands.length === 0 ? ['requirements.txt'] : operands
  const { env } = command
  const variable = (name: string): readonly Argument[] =>
    env.has(name)
      ? (env
          .get(name)
          ?.split(/\s+/)
          .filter((word) => word !== '') ?? [undefined])
      : []
  const listed = [
    ...variable('PIP_CONSTRAINT'),
    ...variable('PIP_BUILD_CONSTRAINT'),
    ...(given.length === 0 ? variable('PIP_REQUIREMENT') : []),
  ]
  const links = [...optionValues(options, '-f', '--find-links'), ...variable('PIP_FIND_LINKS')]
  const certificates = [
    ...optionValues(options, '--cert', '--client-cert'),
    ...variable('PIP_CERT'),
    ...variable('PIP_CLIENT_CERT'),
  ]
  return (
    firstReason([...lists, ...listed, ...(verb === 'sync' ? synced : [])], closure.addFile) ??
    firstReason(links, closure.addFindLinks) ??
    firstReason([...optionValues(options, '-e', '--editable'), ...variable('PIP_EDITABLE')], (spec) =>
      closure.addRequirement(spec, true),
    ) ??
    firstReason(verb === 'sync' || verb === 'uninstall' ? [] : operands, (name) =>
      name === undefined && hasOnlyNameVariables(command) ? undefined : closure.addRequirement(name, false),
    ) ??
    firstReason(optionValues(options, '--group'), (group) => addGroup(group, command, files, closure)) ??
    firstReason(certificates, (file) => {
      const path = toPath(command, file)
      if (path === undefined) return unknown(command.text)
      files.kind(path)
      return undefined
    })
  )
}

/** `--group name` or `--group dir/pyproject.toml:name`: a list of requirements in pyproject.toml. */
function addGroup(
  group: Argument,
  command: Command,
  files: ImageFiles,
  closure: Closure,
): Reason | undefined {
  const colon = group?.lastIndexOf(':') ?? -1
  const path = toPath(
    command,
    group === undefined ? undefined : colon < 0 ? 'pyproject.toml' : group.slice(0, colon),
  )
  if (path === undefined) return unknown(command.text)
  const manifest = readToml(files, path)
  if (manifest === undefined || isReason(manifest))
    return manifest ?? { code: 'missing-file', file: files.origin(path), command: command.text }
  const dependency = findLocalDependency({ 'dependency-groups': manifest.toml['dependency-groups'] })
  closure.addManifest()
  return dependency === undefined ? undefined : { code: 'local-dependency', file: manifest.file, dependency }
}

function placesOf(
  verb: Verb,
  call: PipCall,
  command: Command,
  options: Options,
  closure: Closure,
): readonly WriteEffect[] | undefined {
  const places = installPlaces(call, command, options, closure.checkouts)
  if (places === undefined || (verb !== 'wheel' && verb !== 'download')) return places
  const dirs = optionValues(options, '-w', '--wheel-dir', '-d', '--dest')
  const paths = (dirs.length === 0 ? ['.'] : dirs).map((dir) => toPath(command, dir))
  if (!paths.every((path) => path !== undefined)) return undefined
  const others = places.filter(
    (place) => !('system' in place) && (place.allow !== undefined || 'path' in place),
  )
  return [...paths.map((path) => toTree(command, path)), ...others]
}

function roleOf(verb: Verb, closure: Closure): Role {
  if (!closure.readsFiles()) return 'tool'
  return verb === 'wheel' || verb === 'download' ? 'fetch' : 'install'
}
