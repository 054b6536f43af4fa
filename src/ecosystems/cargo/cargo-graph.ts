import { upwards } from '../../effects/targets.ts'
import { isWithin, joinPath, parentPath } from '../../model/paths.ts'
import { isReason } from '../shared/outcome.ts'
import { toStrings, toTexts } from '../shared/json-object.ts'
import { dependenciesOf, patchesOf, readManifest, type CargoManifest } from './cargo-manifest.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** A package of the repository. */
export interface CargoPackage {
  readonly manifest: CargoManifest
  /** The workspace that it takes settings from. */
  readonly root: CargoManifest | undefined
  /** Whether its development dependencies are locked too. */
  readonly isMember: boolean
}

/** The local packages that a cargo command works on. */
export interface CargoGraph {
  /** Directory of the workspace, where Cargo.lock lies. */
  readonly dir: string
  readonly packages: readonly CargoPackage[]
}

/** Where to begin: a manifest, or the directory to search upwards from. */
export interface CargoStart {
  readonly manifest?: string
  readonly dir: string
}

/**
 * Reads the Cargo.toml of every member and of every local package, as `cargo fetch` does: of all platforms, optional
 * ones and those for development included. `undefined` when there is no Cargo.toml.
 */
export function readGraph(
  start: CargoStart,
  extra: readonly string[],
  command: Command,
  files: ImageFiles,
): CargoGraph | Reason | undefined {
  const first = findManifest(start, command, files)
  if (first === undefined || isReason(first)) return first
  const root = findRoot(first, files)
  if (isReason(root)) return root
  const members = memberPaths(root, files)
  if (isReason(members)) return members
  const own = root.package === undefined ? [] : [root.path]
  // A package outside the workspace, which `exclude` or a folder of its own makes, is its own root.
  const queue = [...new Set([first.path, ...own, ...members])]
  const found = new Map<string, CargoPackage>()
  const patched = patchesOf(root).flatMap(({ path }) => path ?? [])
  for (const dir of [...patched, ...extra]) queue.push(joinPath(dir, 'Cargo.toml'))
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    if (found.has(path)) continue
    const manifest = path === root.path ? root : readManifest(files, path)
    if (isReason(manifest)) return manifest
    if (manifest === undefined) return { code: 'missing-file', file: files.origin(path), command: command.text }
    const local = path === root.path || isWithin(path, root.dir) ? root : findRoot(manifest, files)
    if (isReason(local)) return local
    const isMember = isWithin(path, root.dir) && !isExcluded(root, manifest.dir)
    found.set(path, { manifest, root: local, isMember })
    for (const dependency of dependenciesOf(manifest, local)) {
      if (dependency.path !== undefined) queue.push(joinPath(dependency.path, 'Cargo.toml'))
    }
  }
  return { dir: root.dir, packages: [...found.values()].filter(({ manifest }) => manifest.package !== undefined) }
}

function findManifest(start: CargoStart, command: Command, files: ImageFiles): CargoManifest | Reason | undefined {
  if (start.manifest !== undefined) {
    return (
      readManifest(files, start.manifest) ?? {
        code: 'missing-file',
        file: files.origin(start.manifest),
        command: command.text,
      }
    )
  }
  for (const dir of upwards(start.dir)) {
    const manifest = readManifest(files, joinPath(dir, 'Cargo.toml'))
    if (manifest !== undefined) return manifest
  }
  return undefined
}

/** The workspace of a package, or the package itself. https://doc.rust-lang.org/cargo/reference/workspaces.html */
function findRoot(manifest: CargoManifest, files: ImageFiles): CargoManifest | Reason {
  if (manifest.workspace !== undefined) return manifest
  const named = toTexts(manifest.package).get('workspace')
  if (named !== undefined) {
    const path = joinPath(manifest.dir, `${named}/Cargo.toml`)
    return readManifest(files, path) ?? { code: 'missing-file', file: files.origin(path), command: 'cargo' }
  }
  if (manifest.dir === '/') return manifest
  for (const dir of upwards(parentPath(manifest.dir))) {
    const above = readManifest(files, joinPath(dir, 'Cargo.toml'))
    if (isReason(above)) return above
    if (above?.workspace !== undefined && !isExcluded(above, manifest.dir)) return above
  }
  return manifest
}

function isExcluded(root: CargoManifest, dir: string): boolean {
  const members = toStrings(root.workspace?.['members']).map((name) => joinPath(root.dir, name))
  if (members.includes(dir)) return false
  return toStrings(root.workspace?.['exclude']).some((name) => isWithin(dir, joinPath(root.dir, name)))
}

function memberPaths(root: CargoManifest, files: ImageFiles): readonly string[] | Reason {
  const paths: string[] = []
  for (const name of toStrings(root.workspace?.['members'])) {
    if (/[?[\]]/.test(name)) return { code: 'unknown-argument', text: name }
    const glob = `${name.replace(/^\.\//, '').replace(/\/+$/, '')}/Cargo.toml`
    if (!name.includes('*')) {
      paths.push(joinPath(root.dir, glob))
      continue
    }
    for (const path of files.find(root.dir, glob)) {
      // What a search finds is copied, so that it finds the same above the sources.
      if (isExcluded(root, parentPath(path))) files.kind(path)
      else paths.push(path)
    }
  }
  return paths
}
