import { isReason } from '../shared/outcome.ts'
import { joinPath } from '../../model/paths.ts'
import { findLocalDependency, lookAtLocalPackage } from '../shared/python-directory.ts'
import { lookUpwards } from '../shared/look-upwards.ts'
import { readToml, type TomlFile } from '../shared/read-toml.ts'
import { toObject, type JsonObject } from '../shared/json-object.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** What poetry reads of a project, besides the project itself. */
export interface PoetryProject {
  readonly dir: string
  /** `package-mode`: whether `poetry install` installs the project itself. */
  readonly package: boolean
  readonly locked: boolean
}

/** Looks at the manifests of the project of a directory: pyproject.toml and, beside it, poetry.lock and poetry.toml. */
export function readProject(command: Command, files: ImageFiles, start: string): PoetryProject | Reason {
  const dir = lookUpwards(files, start, ['pyproject.toml'])
  if (isReason(dir)) return dir
  if (dir === undefined) return { code: 'missing-file', file: 'pyproject.toml', command: command.text }
  const manifest = readToml(files, joinPath(dir, 'pyproject.toml'))
  if (manifest === undefined || isReason(manifest))
    return manifest ?? { code: 'missing-file', file: 'pyproject.toml', command: command.text }
  const lockfile = readToml(files, joinPath(dir, 'poetry.lock'))
  if (isReason(lockfile)) return lockfile
  const settings = readToml(files, joinPath(dir, 'poetry.toml'))
  if (isReason(settings)) return settings
  const poetry = toObject(toObject(manifest.toml['tool'])['poetry'])
  const reason =
    checkSettings(settings) ??
    checkPlugins(manifest, poetry, command) ??
    (lockfile === undefined ? checkUnlocked(manifest) : checkLocked(lockfile, dir, command, files))
  if (reason !== undefined) return reason
  return { dir, package: poetry['package-mode'] !== false, locked: lockfile !== undefined }
}

/** Settings that move the environment or the cache. */
function checkSettings(settings: TomlFile | undefined): Reason | undefined {
  const path = toObject(settings?.toml['virtualenvs'])['path']
  if (settings === undefined || (path === undefined && settings.toml['cache-dir'] === undefined))
    return undefined
  return {
    code: 'unknown-argument',
    text: `${path === undefined ? 'cache-dir' : 'virtualenvs.path'} in ${settings.file}`,
  }
}

/** Plugins run code; the ones for versions ask git on every command. */
function checkPlugins(manifest: TomlFile, poetry: JsonObject, command: Command): Reason | undefined {
  const tool = toObject(manifest.toml['tool'])
  const versioning = ['poetry-dynamic-versioning', 'poetry-version-plugin', 'poetry-git-version-plugin']
  if (versioning.some((name) => tool[name] !== undefined) || poetry['version-plugin'] !== undefined)
    return { code: 'reads-sources', text: command.text, path: '.git' }
  if (poetry['requires-plugins'] === undefined) return undefined
  return { code: 'manifest-runs-code', file: manifest.file, text: 'requires-plugins' }
}

/** Packages of the lockfile whose source is a path. */
function checkLocked(
  lockfile: TomlFile,
  dir: string,
  command: Command,
  files: ImageFiles,
): Reason | undefined {
  const packages = lockfile.toml['package']
  if (!Array.isArray(packages) && packages !== undefined)
    return { code: 'unreadable-manifest', file: lockfile.file, problem: 'it has no list of packages' }
  for (const item of packages ?? []) {
    const source = toObject(toObject(item)['source'])
    if (source['type'] !== 'directory' && source['type'] !== 'file') continue
    if (typeof source['url'] !== 'string')
      return { code: 'unreadable-manifest', file: lockfile.file, problem: 'a path has no url' }
    const use = { root: dir, file: lockfile.file, text: command.text }
    const reason = lookAtLocalPackage(files, joinPath(dir, source['url']), use)
    if (reason !== undefined) return reason
  }
  return undefined
}

/** Without a lockfile paths are resolved anew, from one project to the next. */
function checkUnlocked({ file, toml }: TomlFile): Reason | undefined {
  const dependency = findLocalDependency(toml)
  return dependency === undefined ? undefined : { code: 'local-dependency', file, dependency }
}
