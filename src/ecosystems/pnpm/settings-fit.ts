import { createHash } from 'node:crypto'
import { joinPath } from '../../model/paths.ts'
import { toObject, toStrings, toTexts, type JsonObject } from '../shared/json-object.ts'
import { sameTexts } from '../shared/same-texts.ts'
import type { Config } from '../shared/config.ts'
import type { PnpmProject } from './read-workspace.ts'
import type { ImageFiles } from '../../model/types.ts'

/**
 * Whether a lockfile states the settings that it depends on as the project has them; pnpm rewrites one that does not.
 * Says no in doubt. https://github.com/pnpm/pnpm/blob/main/lockfile/settings-checker/src/getOutdatedLockfileSetting.ts
 */
export function settingsFit(
  files: ImageFiles,
  lock: JsonObject,
  project: PnpmProject,
  config: Config,
): boolean {
  return (
    sameOverrides(lock, project) &&
    sameCatalogs(lock, project) &&
    samePatches(files, lock, project) &&
    sameHooks(files, lock, project, config) &&
    sameFlags(lock, config) &&
    (lock['packageExtensionsChecksum'] !== undefined) === isSet(project, 'packageExtensions') &&
    listOf(lock, 'ignoredOptionalDependencies') === optionalToIgnore(project)
  )
}

/** What the two places of a setting say: pnpm-workspace.yaml, and `pnpm` of the root manifest. */
function placesOf({ settings, root }: PnpmProject, key: string): readonly unknown[] {
  return [settings[key], toObject(root?.json['pnpm'])[key]].filter((value) => value !== undefined)
}

function isSet(project: PnpmProject, key: string): boolean {
  return placesOf(project, key).some((value) => Object.keys(toObject(value)).length > 0)
}

/** A value `$name` stands for the range of the root's dependency of that name. */
function sameOverrides(lock: JsonObject, project: PnpmProject): boolean {
  const manifest = project.root?.json ?? {}
  const stated = [...placesOf(project, 'overrides'), manifest['resolutions']].filter(
    (value) => toTexts(value).size > 0,
  )
  if (stated.length > 1) return false
  const groups = ['optionalDependencies', 'devDependencies', 'dependencies']
  const own = new Map(groups.flatMap((group) => [...toTexts(manifest[group])]))
  const wanted = [...toTexts(stated[0])].map(
    ([name, spec]) => [name, spec.startsWith('$') ? (own.get(spec.slice(1)) ?? spec) : spec] as const,
  )
  return sameTexts(toTexts(lock['overrides']), new Map(wanted))
}

/** The lockfile lists the entries of catalogs that are used. */
function sameCatalogs(lock: JsonObject, { settings }: PnpmProject): boolean {
  const named = toObject(settings['catalogs'])
  return Object.entries(toObject(lock['catalogs'])).every(([catalog, entries]) => {
    const wanted = toTexts(catalog === 'default' ? (settings['catalog'] ?? named['default']) : named[catalog])
    return Object.entries(toObject(entries)).every(
      ([name, entry]) => toObject(entry)['specifier'] === wanted.get(name),
    )
  })
}

function samePatches(files: ImageFiles, lock: JsonObject, project: PnpmProject): boolean {
  const wanted = new Map(placesOf(project, 'patchedDependencies').flatMap((value) => [...toTexts(value)]))
  const locked = Object.entries(toObject(lock['patchedDependencies']))
  return (
    locked.length === wanted.size &&
    locked.every(([name, entry]) => {
      const file = wanted.get(name)
      const hash = typeof entry === 'string' ? entry : toObject(entry)['hash']
      if (file === undefined || typeof hash !== 'string') return false
      // Up to pnpm 9 it is another hash, which is taken as it is.
      return hash.length !== 64 || hash === hashOf(files, joinPath(project.dir, file), 'hex')
    })
  )
}

function sameHooks(
  files: ImageFiles,
  lock: JsonObject,
  { dir, settings }: PnpmProject,
  config: Config,
): boolean {
  const locked = lock['pnpmfileChecksum']
  if (config('ignore-pnpmfile') === 'true') return true
  if (config('pnpmfile') !== undefined || settings['pnpmfile'] !== undefined) return false
  const paths = ['.pnpmfile.mjs', '.pnpmfile.cjs'].map((name) => joinPath(dir, name))
  const path = paths.find((name) => files.kind(name) === 'file')
  if (path === undefined || typeof locked !== 'string') return path === undefined && locked === undefined
  return !locked.startsWith('sha256-') || locked === `sha256-${hashOf(files, path, 'base64')}`
}

/** Formats before version 6 of the lockfile state none of them. */
function sameFlags(lock: JsonObject, config: Config): boolean {
  const defaults = { autoInstallPeers: 'true', excludeLinksFromLockfile: 'false' }
  const stated = toObject(lock['settings'])
  return Object.entries(defaults).every(([key, usual]) => {
    const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    return stated[key] === undefined || String(stated[key]) === (config(name) ?? usual)
  })
}

function listOf(values: JsonObject, key: string): string {
  return [...toStrings(values[key])].sort().join()
}

function optionalToIgnore(project: PnpmProject): string {
  const [list, ...others] = placesOf(project, 'ignoredOptionalDependencies')
  return others.length > 0 ? 'both' : listOf({ list }, 'list')
}

/** pnpm hashes text with Unix line ends. */
function hashOf(files: ImageFiles, path: string, encoding: 'hex' | 'base64'): string {
  const text = (files.read(path) ?? '').replaceAll('\r\n', '\n')
  return createHash('sha256').update(text).digest(encoding)
}
