import { isReason } from './outcome.ts'
import { isWithin, joinPath } from '../../model/paths.ts'
import { lookAt } from './look.ts'
import { readToml } from './read-toml.ts'
import { toObject, toStrings, type JsonObject } from './json-object.ts'
import { upwards } from '../../effects/targets.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** Who depends on a local package. */
export interface LocalUse {
  /** Directory of the project that is installed; its own path is no dependency. */
  readonly root: string
  /** The manifest or lockfile that names the path, for messages. */
  readonly file: string
  /** The command, for messages. */
  readonly text: string
}

/** Build backends that read nothing outside the package's directory and leave nothing in it. */
const BACKENDS = /^(poetry[-_]core|hatchling|flit[-_]core|uv[-_]build|pdm[-_]backend)\b/i

/**
 * Looks at a local dependency: a wheel or archive, or a directory that is built as it stands and therefore read as a
 * whole. A directory is known when its build backend is one that keeps to it; setuptools leaves `build` and
 * `*.egg-info` in it and may ask git.
 */
export function lookAtLocalPackage(files: ImageFiles, path: string, use: LocalUse): Reason | undefined {
  const dependency = files.origin(path)
  const refusal: Reason = { code: 'local-dependency', file: use.file, dependency }
  if (isWithin(use.root, path)) return { code: 'installs-project', file: use.file, text: use.text }
  switch (lookAt(files, path)) {
    case 'absent':
      return { code: 'missing-file', file: dependency, command: use.text }
    case 'file':
      return undefined
    case 'dir':
      break
    default:
      return refusal
  }
  const manifest = readToml(files, joinPath(path, 'pyproject.toml'))
  if (manifest === undefined) return refusal
  if (isReason(manifest)) return manifest
  if (!isContained(manifest.toml)) return refusal
  // Hatchling leaves out what the nearest .gitignore names.
  for (const dir of upwards(path)) {
    for (const name of ['.gitignore', '.hgignore']) files.kind(joinPath(dir, name))
  }
  files.readTree(path)
  return undefined
}

/**
 * The same without a lockfile that would list what the package itself depends on: a further path in its manifest is a
 * reason.
 */
export function lookAtLocalProject(files: ImageFiles, path: string, use: LocalUse): Reason | undefined {
  const reason = lookAtLocalPackage(files, path, use)
  if (reason !== undefined) return reason
  const manifest = readToml(files, joinPath(path, 'pyproject.toml'))
  if (manifest === undefined || isReason(manifest)) return undefined
  const dependency = findLocalDependency(manifest.toml)
  return dependency === undefined ? undefined : { code: 'local-dependency', file: manifest.file, dependency }
}

/** The dependencies that a pyproject.toml states by the standards, of all extras and groups. */
export function statedDependencies(toml: JsonObject): readonly string[] {
  const project = toObject(toml['project'])
  const lists = [
    project['dependencies'],
    ...Object.values(toObject(project['optional-dependencies'])),
    ...Object.values(toObject(toml['dependency-groups'])),
  ]
  return lists.flatMap(toStrings)
}

/** A dependency by path of any group, as the manifest spells it. */
export function findLocalDependency(toml: JsonObject): string | undefined {
  // Hatchling has `{root:uri}`, PDM `${PROJECT_ROOT}`.
  const direct = statedDependencies(toml).find((spec) => /@\s*(file:|\{)/i.test(spec))
  if (direct !== undefined) return direct
  const tool = toObject(toml['tool'])
  const poetry = toObject(tool['poetry'])
  const groups = Object.values(toObject(poetry['group'])).map((group) => toObject(group)['dependencies'])
  const tables = [
    poetry['dependencies'],
    poetry['dev-dependencies'],
    ...groups,
    toObject(tool['uv'])['sources'],
  ]
  const named = tables.flatMap((table) => Object.entries(toObject(table)))
  return named.find(([, spec]) => [spec].flat().map(toObject).some(isLocalSpec))?.[0]
}

function isLocalSpec(spec: JsonObject): boolean {
  return (spec['path'] ?? spec['file'] ?? spec['workspace']) !== undefined
}

/** Whether building the project surely reads only its own directory, and writes nothing there. */
function isContained(toml: JsonObject): boolean {
  const system = toObject(toml['build-system'])
  const requires = toStrings(system['requires'])
  if (requires.length === 0 || !requires.every((name) => BACKENDS.test(name))) return false
  if (system['backend-path'] !== undefined) return false
  const tool = toObject(toml['tool'])
  const poetry = toObject(tool['poetry'])
  if (poetry['build'] !== undefined) return false
  const project = toObject(toml['project'])
  const build = JSON.stringify([
    tool['hatch'],
    tool['flit'],
    toObject(tool['pdm'])['build'],
    toObject(tool['pdm'])['version'],
    toObject(tool['uv'])['build-backend'],
    ...['packages', 'include', 'readme', 'license'].map((key) => poetry[key]),
    ...['readme', 'license', 'license-files'].map((key) => project[key]),
  ])
  // `code` runs a module of the package for its version; a path upwards leads out of the directory.
  return !/"(hooks|custom|vcs|scm|call|code|run-setuptools)"|(?<![^"/])\.\.["/]/.test(build)
}
