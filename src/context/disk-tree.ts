import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Dirent } from 'node:fs'
import { isTreePath, nameOf, parentOf } from './tree-path.ts'
import type { EntryKind, FileTree } from './types.ts'

/** Larger files are no manifests; their text counts as absent. */
const MAX_READ = 8 * 1024 * 1024

/**
 * All that lies below a directory on this disk. Each directory is listed once, when first asked for; links are never
 * followed, so that no path leads out of the root. What cannot be read is absent.
 */
export function createDiskTree(root: string): FileTree {
  const directories = new Map<string, ReadonlyMap<string, EntryKind>>()
  const texts = new Map<string, string | undefined>()

  function entriesOf(dir: string): ReadonlyMap<string, EntryKind> {
    const known = directories.get(dir)
    if (known !== undefined) return known
    const entries = dir === '' || kind(dir) === 'dir' ? readEntries(join(root, dir)) : NO_ENTRIES
    directories.set(dir, entries)
    return entries
  }

  function kind(path: string): EntryKind | undefined {
    if (!isTreePath(path)) return undefined
    return path === '' ? 'dir' : entriesOf(parentOf(path)).get(nameOf(path))
  }

  function read(path: string): string | undefined {
    if (kind(path) !== 'file') return undefined
    if (!texts.has(path)) texts.set(path, readText(join(root, path)))
    return texts.get(path)
  }

  function stat(path: string) {
    return kind(path) === 'file' ? lstatSync(join(root, path), { throwIfNoEntry: false }) : undefined
  }

  return {
    kind,
    list: (dir) => (isTreePath(dir) ? [...entriesOf(dir).keys()].sort() : []),
    read,
    size: (path) => stat(path)?.size ?? 0,
    executable: (path) => ((stat(path)?.mode ?? 0) & 0o100) !== 0,
  }
}

/** A view without the entries of these names, at any depth. */
export function leaveOut(tree: FileTree, names: ReadonlySet<string>): FileTree {
  const isOut = (path: string) => path.split('/').some((part) => names.has(part))
  return {
    kind: (path) => (isOut(path) ? undefined : tree.kind(path)),
    list: (dir) => (isOut(dir) ? [] : tree.list(dir).filter((name) => !names.has(name))),
    read: (path) => (isOut(path) ? undefined : tree.read(path)),
    size: (path) => (isOut(path) ? 0 : tree.size(path)),
    executable: (path) => !isOut(path) && tree.executable(path),
  }
}

const NO_ENTRIES: ReadonlyMap<string, EntryKind> = new Map()

function readEntries(directory: string): ReadonlyMap<string, EntryKind> {
  const entries = new Map<string, EntryKind>()
  for (const entry of readDirents(directory)) {
    if (entry.isFile()) entries.set(entry.name, 'file')
    else if (entry.isDirectory()) entries.set(entry.name, 'dir')
    else if (entry.isSymbolicLink()) entries.set(entry.name, 'symlink')
  }
  return entries
}

function readDirents(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
  } catch {
    return []
  }
}

function readText(file: string): string | undefined {
  let descriptor: number | undefined
  try {
    // The entry may have become a link, or a pipe that blocks, since the directory was listed.
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    const stat = fstatSync(descriptor)
    if (!stat.isFile() || stat.size > MAX_READ) return undefined
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(descriptor))
  } catch {
    return undefined
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}
