import { isReason } from '../shared/outcome.ts'
import { joinPath } from '../../model/paths.ts'
import { lookAt } from '../shared/look.ts'
import { lookAtLocalPackage } from '../shared/python-directory.ts'
import { lookUpwards } from '../shared/look-upwards.ts'
import { optionValues, type Options } from '../../effects/options.ts'
import { readToml, type TomlFile } from '../shared/read-toml.ts'
import { toObject, toStrings, type JsonObject } from '../shared/json-object.ts'
import { toPath, upwards } from '../../effects/targets.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** What pdm reads of a project, besides the project itself. */
export interface PdmProject {
  readonly dir: string
  /** Whether an install installs the project itself. */
  readonly package: boolean
  readonly lockfile: string
  readonly locked: boolean
}

/** Looks at the manifests and settings of the project of a directory. https://pdm-project.org/latest/usage/config/ */
export function readProject(
  command: Command,
  files: ImageFiles,
  start: string,
  options: Options,
): PdmProject | Reason {
  const missing: Reason = { code: 'missing-file', file: 'pyproject.toml', command: command.text }
  const dir = lookUpwards(files, start, ['pyproject.toml'])
  if (isReason(dir)) return dir
  if (dir === undefined) return missing
  const manifest = readToml(files, joinPath(dir, 'pyproject.toml'))
  if (manifest === undefined || isReason(manifest)) return manifest ?? missing
  const given =
    optionValues(options, '-L', '--lockfile').at(-1) ?? command.env.get('PDM_LOCKFILE') ?? 'pdm.lock'
  const lockfile = toPath({ ...command, cwd: dir }, given)
  if (lockfile === undefined) return { code: 'unknown-argument', text: command.text }
  const lock = readToml(files, lockfile)
  if (isReason(lock)) return lock
  const settings = toObject(toObject(manifest.toml['tool'])['pdm'])
  const reason =
    checkHooks(manifest, settings, options) ??
    lookAtSettings(files, dir) ??
    (lock === undefined ? checkUnlocked(manifest, settings) : lookAtLocked(lock, dir, command, files))
  if (reason !== undefined) return reason
  return { dir, package: isPackage(manifest.toml, settings), lockfile, locked: lock !== undefined }
}

/** https://pdm-project.org/latest/reference/pep621/#library-or-application */
function isPackage(toml: JsonObject, settings: JsonObject): boolean {
  if (toObject(toml['project'])['name'] === undefined) return false
  if (settings['package-type'] !== undefined) return settings['package-type'] === 'library'
  return settings['distribution'] !== false
}

/** Scripts with the name of a hook run around every install. https://pdm-project.org/latest/usage/hooks/ */
function checkHooks({ file, toml }: TomlFile, settings: JsonObject, options: Options): Reason | undefined {
  const skipped = optionValues(options, '-k', '--skip').includes(':all')
  const [hook] = Object.entries(toObject(settings['scripts'])).filter(([name]) =>
    /^(pre|post)_(install|lock|sync|init|use)$/.test(name),
  )
  if (hook !== undefined && !skipped) {
    const [script, text] = hook
    const command = typeof text === 'string' ? text : JSON.stringify(text)
    return { code: 'lifecycle-script', file, script, command }
  }
  const dynamic = toStrings(toObject(toml['project'])['dynamic'])
  const computed = dynamic.find((name) => name.endsWith('dependencies'))
  return computed === undefined
    ? undefined
    : { code: 'installs-project', file, text: `dynamic = ["${computed}"]` }
}

/** Settings that move the environment or the cache. */
function lookAtSettings(files: ImageFiles, dir: string): Reason | undefined {
  for (const name of ['pdm.toml', '.pdm.toml']) {
    const settings = readToml(files, joinPath(dir, name))
    if (isReason(settings)) return settings
    if (settings === undefined) continue
    const { toml, file } = settings
    const moved = [toml['cache_dir'], toObject(toml['venv'])['location'], toObject(toml['install'])['cache']]
    if (moved.some((value) => value !== undefined && value !== false))
      return { code: 'unknown-argument', text: `a place for environments or downloads in ${file}` }
  }
  return undefined
}

/**
 * Looks at what chooses the interpreter: a saved path, a version, an environment in the project. An install makes some
 * of them, so that one that follows another finds them there.
 */
export function lookAtPython(files: ImageFiles, dir: string): Reason | undefined {
  const plugins = joinPath(dir, '.pdm-plugins')
  if (files.peekKind(plugins) !== 'absent') return { code: 'tracked-output', path: files.origin(plugins) }
  files.kind(plugins)
  const names = [
    '.pdm-python',
    'pylock.toml',
    ...['.venv', 'venv', 'env'].map((name) => `${name}/bin/python`),
  ]
  const paths = [
    ...names.map((name) => joinPath(dir, name)),
    ...upwards(dir).map((above) => joinPath(above, '.python-version')),
  ]
  for (const path of paths) {
    const kind = lookAt(files, path)
    if (typeof kind === 'object' && kind.code === 'symlink') return kind
  }
  return undefined
}

function lookAtLocked(lock: TomlFile, dir: string, command: Command, files: ImageFiles): Reason | undefined {
  const packages = lock.toml['package']
  for (const item of Array.isArray(packages) ? packages.map(toObject) : []) {
    const url = typeof item['url'] === 'string' && /^file:/i.test(item['url']) ? item['url'] : undefined
    const place = item['path'] ?? url?.replace(/^file:\/+\$\{PROJECT_ROOT\}\/?/, './')
    if (typeof place !== 'string') continue
    if (/[$]|^file:/.test(place)) return { code: 'local-dependency', file: lock.file, dependency: place }
    const use = { root: dir, file: lock.file, text: command.text }
    const reason = lookAtLocalPackage(files, joinPath(dir, place), use)
    if (reason !== undefined) return reason
  }
  return undefined
}

function checkUnlocked({ toml, file }: TomlFile, settings: JsonObject): Reason | undefined {
  const project = toObject(toml['project'])
  const tables = [project['optional-dependencies'], toml['dependency-groups'], settings['dev-dependencies']]
  const lists = [project['dependencies'], ...tables.flatMap((table) => Object.values(toObject(table)))]
  const local = lists.flatMap(toStrings).find((spec) => /file:|^\s*-e\b/.test(spec))
  return local === undefined ? undefined : { code: 'local-dependency', file, dependency: local }
}
