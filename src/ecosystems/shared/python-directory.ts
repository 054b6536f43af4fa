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

/** Whether building the project surely reads only its own directory, and writes nothing there. */
function isContained(toml: JsonObject): boolean {
  const system = toObject(toml['build-system'])
  const requires = toStrings(system['requires'])
  if (requires.length === 0 || !requires.every((name) => BACKENDS.test(name))) return false
  if (system['backend-path'] !== undefined) return false
  const tool = toObject(toml['tool'])
  if (toObject(tool['poetry'])['build'] !== undefined) return false
  const build = JSON.stringify([
    tool['hatch'],
    toObject(tool['pdm'])['build'],
    toObject(tool['uv'])['build-backend'],
  ])
  return !/"hooks"|"custom"|"vcs"|"scm"|"call"|"run-setuptools"|\.\.\//.test(build)
}
