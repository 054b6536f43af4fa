import { isReason } from '../shared/outcome.ts'
import { joinPath } from '../../model/paths.ts'
import { lookAt } from '../shared/look.ts'
import { readToml, type TomlFile } from '../shared/read-toml.ts'
import { isObject, toObject, toStrings } from '../shared/json-object.ts'
import { statedDependencies } from '../shared/python-directory.ts'
import { upwards } from '../../effects/targets.ts'
import type { Command, ImageFiles } from '../../model/types.ts'
import type { Reason } from '../../findings/reasons.ts'

/** What pixi reads of a workspace. */
export interface PixiProject {
  readonly dir: string
  readonly locked: boolean
  /** Whether the workspace has settings of its own in `.pixi`. */
  readonly configured: boolean
}

/** Looks at the manifest of a directory or of one above it, at the lockfile and at the settings. https://pixi.sh/latest/reference/pixi_manifest/ */
export function readProject(command: Command, files: ImageFiles, start: string): PixiProject | Reason {
  const manifest = findManifest(files, start)
  if (isReason(manifest)) return manifest
  if (manifest === undefined) return { code: 'missing-file', file: 'pixi.toml', command: command.text }
  const dir = manifest.path.slice(0, manifest.path.lastIndexOf('/')) || '/'
  const reason = checkManifest(manifest)
  if (reason !== undefined) return reason
  const lock = lookAt(files, joinPath(dir, 'pixi.lock'))
  const config = lookAt(files, joinPath(dir, '.pixi/config.toml'))
  if (typeof lock === 'object') return lock
  if (typeof config === 'object') return config
  return { dir, locked: lock === 'file', configured: config === 'file' }
}

/** pixi.toml stands before pyproject.toml, which counts only when it has a table for pixi. */
function findManifest(files: ImageFiles, start: string): TomlFile | Reason | undefined {
  for (const dir of upwards(start)) {
    for (const name of ['pixi.toml', 'pyproject.toml', 'mojoproject.toml']) {
      const manifest = readToml(files, joinPath(dir, name))
      if (isReason(manifest)) return manifest
      if (manifest === undefined) continue
      if (name !== 'pyproject.toml' || toObject(manifest.toml['tool'])['pixi'] !== undefined) return manifest
    }
  }
  return undefined
}

function checkManifest({ file, toml }: TomlFile): Reason | undefined {
  const own = toObject(toObject(toml['tool'])['pixi'])
  const tables = [file.endsWith('pyproject.toml') ? own : toml]
  const path = findPath(tables)
  if (path !== undefined) {
    return /^\.?\/?$/.test(path) || path === './'
      ? { code: 'installs-project', file, text: `path = "${path}"` }
      : { code: 'local-dependency', file, dependency: path }
  }
  // Building a package from source activates the environment, with its scripts.
  const script = tables.flatMap((table) => toStrings(toObject(table['activation'])['scripts']))[0]
  if (script !== undefined) return { code: 'lifecycle-script', file, script: 'activation', command: script }
  const local = statedDependencies(toml).find((spec) => /@\s*file:/.test(spec))
  if (local !== undefined) return { code: 'local-dependency', file, dependency: local }
  const channels = tables.flatMap((table) =>
    toStrings(toObject(table['workspace'] ?? table['project'])['channels']),
  )
  const channel = channels.find((name) => /^(file:|\.{0,2}\/)/.test(name))
  return channel === undefined ? undefined : { code: 'local-dependency', file, dependency: channel }
}

/** The first `path = "..."` anywhere: a dependency, an index, a build backend. */
function findPath(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    for (const item of value) {
      const path = findPath(item)
      if (path !== undefined) return path
    }
    return undefined
  }
  if (!isObject(value)) return undefined
  for (const [key, item] of Object.entries(value)) {
    if (key === 'path' && typeof item === 'string') return item
    // Tasks are commands for later.
    const path = key === 'tasks' ? undefined : findPath(item)
    if (path !== undefined) return path
  }
  return undefined
}
