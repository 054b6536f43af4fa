import { isReason } from '../shared/outcome.ts'
import { toObject, toStrings, toTexts } from '../shared/json-object.ts'
import { joinPath } from '../../model/paths.ts'
import { dependenciesOf, patchesOf, type CargoDependency, type CargoManifest } from './cargo-manifest.ts'
import { readToml } from '../shared/read-toml.ts'
import { satisfiesCargo } from './cargo-version.ts'
import type { CargoGraph, CargoPackage } from './cargo-graph.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** Cargo.lock. */
export interface CargoLock {
  readonly packages: readonly LockedPackage[]
}

interface LockedPackage {
  readonly name: string
  readonly version: string
  /** Absent for a package of the repository. */
  readonly source: string | undefined
  /** `name`, `name version` or `name version (source)`. */
  readonly dependencies: readonly string[]
}

/** Reads Cargo.lock, recorded; `undefined` when there is none. */
export function readLock(files: ImageFiles, dir: string): CargoLock | Reason | undefined {
  const file = readToml(files, joinPath(dir, 'Cargo.lock'))
  if (file === undefined || isReason(file)) return file
  const list = file.toml['package']
  const entries: readonly unknown[] = Array.isArray(list) ? list : []
  return {
    packages: entries.map((entry) => {
      const texts = toTexts(entry)
      return {
        name: texts.get('name') ?? '',
        version: texts.get('version') ?? '',
        source: texts.get('source'),
        dependencies: toStrings(toObject(entry)['dependencies']),
      }
    }),
  }
}

/**
 * Whether Cargo.lock does not fit a manifest, as far as can be seen without the registry: then cargo would write it anew.
 * What a changed feature of a dependency needs cannot be seen.
 */
export function isStale(lock: CargoLock, graph: CargoGraph): boolean {
  const patched = new Set(
    graph.packages.flatMap(({ root }) => (root === undefined ? [] : patchesOf(root).map(({ name }) => name))),
  )
  return !graph.packages.every((item) => fits(item, lock, patched))
}

function fits(
  { manifest, root, isMember }: CargoPackage,
  lock: CargoLock,
  patched: ReadonlySet<string>,
): boolean {
  const name = toTexts(manifest.package).get('name')
  const entry = lock.packages.find(
    (item) => item.source === undefined && item.name === name && item.version === versionOf(manifest, root),
  )
  // A local package that nothing depends on is not locked.
  if (entry === undefined) return !isMember
  const wanted = dependenciesOf(manifest, root).filter(({ isDev }) => isMember || !isDev)
  const names = new Set(wanted.map((dependency) => dependency.name))
  const locked = entry.dependencies.map((text) => findLocked(text, lock))
  if (locked.some((item) => item === undefined || !names.has(item.name))) return false
  return wanted.every((dependency) =>
    locked.some((item) => item !== undefined && isMatch(dependency, item, patched.has(dependency.name))),
  )
}

function isMatch(
  { name, path, requirement }: CargoDependency,
  locked: LockedPackage,
  isPatched: boolean,
): boolean {
  if (locked.name !== name) return false
  if (path !== undefined) return locked.source === undefined
  if (!isPatched && locked.source === undefined) return false
  return requirement === undefined || satisfiesCargo(requirement, locked.version)
}

function findLocked(text: string, lock: CargoLock): LockedPackage | undefined {
  const [name, version, source] = text.split(' ')
  const found = lock.packages.filter(
    (item) =>
      item.name === name &&
      (version === undefined || item.version === version) &&
      (source === undefined || `(${item.source ?? ''})` === source),
  )
  return found.length === 1 ? found[0] : undefined
}

function versionOf(manifest: CargoManifest, root: CargoManifest | undefined): string {
  const version = manifest.package?.['version']
  if (typeof version === 'string') return version
  const shared = toTexts(root?.workspace?.['package']).get('version')
  return toObject(version)['workspace'] === true ? (shared ?? '') : '0.0.0'
}
