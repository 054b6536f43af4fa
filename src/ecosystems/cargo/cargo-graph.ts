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
  const queue = [...new Set([first.path, ...own, ...members])].map((path) => ({ path, from: root }))
  const found = new Map<string, CargoPackage>()
  const add = (dir: string | undefined, from: CargoManifest): void => {
    if (dir !== undefined) queue.push({ path: joinPath(dir, 'Cargo.toml'), from })
  }
  for (const { path } of patchesOf(root)) add(path, root)
  for (const dir of extra) add(dir, root)
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { path, from } = next
    if (found.has(path)) continue
    const manifest = path === root.path ? root : readManifest(files, path)
    if (isReason(manifest)) return manifest
    if (manifest === undefined) return missing(path, from, command, files)
    const local = path === root.path || isWithin(path, root.dir) ? root : findRoot(manifest, files)
    if (isReason(local)) return local
    const isMember = isWithin(path, root.dir) && !isExcluded(root, manifest.dir)
    found.set(path, { manifest, root: local, isMember })
    for (const dependency of dependenciesOf(manifest, local)) add(dependency.path, manifest)
  }
  return {
    dir: root.dir,
    packages: [...found.values()].filter(({ manifest }) => manifest.package !== undefined),
  }
}

function missing(path: string, from: CargoManifest, command: Command, files: ImageFiles): Reason {
  const file = files.origin(path)
  // What no copy would bring has no place in the context.
  return file === path && files.peekKind(parentPath(path)) === 'absent'
    ? { code: 'outside-context', file: files.origin(from.path), dependency: parentPath(path) }
    : { code: 'missing-file', file, command: command.text }
}

function findManifest(
  start: CargoStart,
  command: Command,
  files: ImageFiles,
): CargoManifest | Reason | undefined {
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
