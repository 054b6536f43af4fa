import { cachePlaces, environmentAt, pythonVersions } from './uv-places.ts'
import { createClosure, unknown, type Closure } from '../shared/requirement-closure.ts'
import { findLocalDependency, lookAtLocalProject, type LocalUse } from '../shared/python-directory.ts'
import { firstReason } from '../shared/first-reason.ts'
import { isOn } from './options.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { joinPath, parentPath } from '../../model/paths.ts'
import { hasOnlyNameVariables } from '../../effects/variables.ts'
import { lookAtHome } from '../shared/python-home.ts'
import { lookAtSettings } from './settings.ts'
import { lookUpwards } from '../shared/look-upwards.ts'
import { optionValues, type Options } from '../../effects/options.ts'
import { activeEnvironments, pathsOf, pythonPlaces, toTree } from '../shared/python-places.ts'
import { readToml } from '../shared/read-toml.ts'
import { toObject, toStrings } from '../shared/json-object.ts'
import { toPath, upwards } from '../../effects/targets.ts'
import type { Argument, Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { UvCall } from './match-uv.ts'

/** `uv pip install`, `uv pip sync` and `uv pip uninstall`. https://docs.astral.sh/uv/pip/packages/ */
export function resolvePip(call: UvCall, command: Command, files: ImageFiles): Effect {
  const { options, dir } = call
  if (options === undefined || dir === undefined) return refuseInstall(unknown(command.text))
  const here = { ...command, cwd: dir }
  const closure = createClosure(here, files, lookAtProject)
  const reason = lookAtManifest(here, files, options) ?? readInputs(call.verb, options, here, files, closure)
  if (reason !== undefined) return refuseInstall(reason)
  const places = placesOf(here, options)
  if (places === undefined) return refuseInstall(unknown(command.text))
  lookAtHome(command, files, ['uv/uv.toml'])
  const writes = [...places, ...pythonVersions(here), ...cachePlaces(here, options)]
  return { known: true, role: closure.readsFiles() ? 'install' : 'tool', writes, env: 'all-but-stamps' }
}

/** A directory's dependencies may be replaced by those of a workspace around it. */
function lookAtProject(files: ImageFiles, path: string, use: LocalUse): Reason | undefined {
  for (const dir of upwards(path).slice(1)) {
    const manifest = readToml(files, joinPath(dir, 'pyproject.toml'))
    if (isReason(manifest)) return manifest
    if (toObject(toObject(manifest?.toml['tool'])['uv'])['workspace'] !== undefined)
      return { code: 'local-dependency', file: use.file, dependency: files.origin(path) }
  }
  return lookAtLocalProject(files, path, use)
}

/** Its settings stand in the nearest manifest, whatever is installed. */
function lookAtManifest(command: Command, files: ImageFiles, options: Options): Reason | undefined {
  const dir = lookUpwards(files, command.cwd, ['uv.toml', 'pyproject.toml'])
  if (isReason(dir)) return dir
  const root = dir ?? command.cwd
  const manifest = readToml(files, joinPath(root, 'pyproject.toml'))
  if (isReason(manifest)) return manifest
  return lookAtSettings(command, files, root, manifest, options)
}

function readInputs(
  verb: string,
  options: Options,
  command: Command,
  files: ImageFiles,
  closure: Closure,
): Reason | undefined {
  const lists = optionValues(options, '-r', '--requirement', '--requirements')
  const limits = optionValues(
    options,
    ...'-c --constraint --constraints --override --overrides --excludes -b --build-constraint --build-constraints'.split(
      ' ',
    ),
  )
  const names = verb === 'pip sync' ? [] : options.operands
  const synced = verb === 'pip sync' ? options.operands : []
  if (verb === 'pip uninstall') return firstReason([...lists, ...synced], closure.addFile)
  return (
    firstReason([...lists, ...synced], (file) =>
      isProject(file) ? addProject(file, command, files, closure) : closure.addFile(file),
    ) ??
    firstReason(limits, closure.addFile) ??
    firstReason(optionValues(options, '-f', '--find-links'), closure.addFindLinks) ??
    firstReason(optionValues(options, '-e', '--editable'), (spec) => closure.addRequirement(spec, true)) ??
    firstReason(names, (name) =>
      name === undefined && hasOnlyNameVariables(command) ? undefined : closure.addRequirement(name, false),
    ) ??
    firstReason(optionValues(options, '--group'), (group) => {
      const colon = group?.lastIndexOf(':') ?? -1
      const file = group === undefined || colon < 0 ? 'pyproject.toml' : group.slice(0, colon)
      return addProject(file, command, files, closure)
    })
  )
}

function isProject(file: Argument): file is string {
  return file !== undefined && /(^|\/)(pyproject\.toml|setup\.py|setup\.cfg)$/.test(file)
}

/** The dependencies of a manifest, if they stand in it: `dynamic` ones take a build of the project. */
function addProject(file: string, command: Command, files: ImageFiles, closure: Closure): Reason | undefined {
  const path = toPath(command, file)
  if (path === undefined) return unknown(command.text)
  if (!path.endsWith('pyproject.toml'))
    return { code: 'installs-project', file: files.origin(path), text: command.text }
  const manifest = readToml(files, path)
  if (manifest === undefined || isReason(manifest))
    return manifest ?? { code: 'missing-file', file: files.origin(path), command: command.text }
  const project = toObject(manifest.toml['project'])
  const dynamic = toStrings(project['dynamic'])
  if (
    dynamic.includes('dependencies') ||
    dynamic.includes('optional-dependencies') ||
    project['name'] === undefined
  )
    return { code: 'installs-project', file: manifest.file, text: command.text }
  const dependency = findLocalDependency(manifest.toml)
  if (dependency !== undefined) return { code: 'local-dependency', file: manifest.file, dependency }
  closure.addManifest()
  return undefined
}

/** The system's packages, or the environment that is active or lies in the directory or above it. */
function placesOf(command: Command, options: Options): readonly WriteEffect[] | undefined {
  const targets = pathsOf(command, optionValues(options, '-t', '--target', '--prefix'))
  const python = optionValues(options, '-p', '--python').at(-1)
  if (targets === undefined) return undefined
  if (targets.length > 0) return targets.map((path) => toTree(command, path))
  const system = options.flags.has('--system') || isOn(command.env.get('UV_SYSTEM_PYTHON'))
  if (python !== undefined && python.includes('/')) {
    const path = toPath(command, python)
    if (path === undefined) return undefined
    const dir = /\/bin\/python[\d.]*$/.test(path) ? parentPath(parentPath(path)) : path
    return environmentAt(command, dir, command.cwd)
  }
  const places = pythonPlaces(command)
  const active = activeEnvironments(command)
  if (places === undefined || active === undefined) return undefined
  if (system || command.env.get('VIRTUAL_ENV')) return places
  return [...places, { tree: joinPath(command.cwd, '.venv'), mode: 'merge', ignore: '**/.venv' }]
}
