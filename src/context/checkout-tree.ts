import { realpathSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { createDiskTree, leaveOut } from './disk-tree.ts'
import { findRepository, type Repositories, type TrackedFiles } from './git.ts'
import { childOf, isTreePath } from './tree-path.ts'
import type { EntryKind, FileTree } from './types.ts'

/**
 * The clean checkout of a directory: what git tracks and is still on this disk. Outside a work tree, or where git tracks
 * nothing below the directory, everything but what tools put there. `disk` is the same directory's disk tree.
 */
export function createCheckoutTree(
  root: string,
  repositories: Repositories,
  disk: FileTree = createDiskTree(root),
): FileTree {
  const repository = findRepository(root, repositories)
  if (repository === undefined) return leaveOut(disk, GENERATED)
  const path = relative(repository.root, realpathSync(root)).replaceAll(sep, '/')
  const prefix = path === '' ? '' : `${path}/`
  const { tracked } = repository
  const isUsed = tracked.paths[lowerBound(tracked.paths, prefix)]?.startsWith(prefix) === true
  return isUsed ? createTrackedTree(disk, tracked, prefix) : leaveOut(disk, GENERATED)
}

const GENERATED: ReadonlySet<string> = new Set(['.git', 'node_modules', '__pycache__', '.venv'])

/** Paths of `tracked` begin with `prefix`, those of the tree do not. */
function createTrackedTree(disk: FileTree, tracked: TrackedFiles, prefix: string): FileTree {
  const lists = new Map<string, readonly string[]>()
  const living = new Map<string, boolean>()

  function kind(path: string): EntryKind | undefined {
    if (!isTreePath(path)) return undefined
    if (path === '') return 'dir'
    const full = prefix + path
    if (tracked.paths[lowerBound(tracked.paths, full)] !== full) return isLiving(path) ? 'dir' : undefined
    const onDisk = disk.kind(path)
    if (tracked.submodules.has(full)) return onDisk === 'dir' ? 'dir' : undefined
    if (onDisk === undefined || onDisk === 'dir') return undefined
    // Without `core.symlinks` git checks links out as files.
    return tracked.symlinks.has(full) ? 'symlink' : onDisk
  }

  /** Whether a path is a directory with something tracked left in it. */
  function isLiving(dir: string): boolean {
    const known = living.get(dir)
    if (known !== undefined) return known
    const answer =
      disk.kind(dir) === 'dir' && hasAny(namesOf(dir), (name) => kind(childOf(dir, name)) !== undefined)
    living.set(dir, answer)
    return answer
  }

  function list(dir: string): readonly string[] {
    const known = lists.get(dir)
    if (known !== undefined) return known
    const isDir = isTreePath(dir) && kind(dir) === 'dir'
    const names = isDir ? namesIn(dir).filter((name) => kind(childOf(dir, name)) !== undefined) : []
    lists.set(dir, names)
    return names
  }

  function namesIn(dir: string): string[] {
    return [...new Set(namesOf(dir))].sort()
  }

  /** The names that git knows in a directory, each subdirectory found by one search, as far as they are asked for. */
  function* namesOf(dir: string): Generator<string> {
    const base = dir === '' ? prefix : `${prefix}${dir}/`
    let i = lowerBound(tracked.paths, base)
    for (let path = tracked.paths[i]; path?.startsWith(base) === true; path = tracked.paths[i]) {
      const slash = path.indexOf('/', base.length)
      yield path.slice(base.length, slash < 0 ? undefined : slash)
      // `0` is the character after `/`.
      i = slash < 0 ? i + 1 : lowerBound(tracked.paths, `${path.slice(0, slash)}0`, i)
    }
  }

  /** Reads git's list alone; the disk is asked for what was found. */
  function findNames(test: (name: string) => boolean): readonly string[] {
    const found = new Set<string>()
    let dir = prefix
    for (let i = lowerBound(tracked.paths, prefix); i < tracked.paths.length; i++) {
      const path = tracked.paths[i] ?? ''
      if (!path.startsWith(prefix)) break
      let start = path.startsWith(dir) ? dir.length : prefix.length
      for (let slash = path.indexOf('/', start); slash >= 0; slash = path.indexOf('/', start)) {
        if (test(path.slice(start, slash))) found.add(path.slice(prefix.length, slash))
        start = slash + 1
      }
      dir = path.slice(0, start)
      if (test(path.slice(start))) found.add(path.slice(prefix.length))
    }
    return [...found].filter((path) => kind(path) !== undefined)
  }

  return {
    kind,
    list,
    findNames,
    read: (path) => (kind(path) === 'file' ? disk.read(path) : undefined),
    size: (path) => (kind(path) === 'file' ? disk.size(path) : 0),
    executable: (path) => kind(path) === 'file' && tracked.executables.has(prefix + path),
  }
}

function hasAny<T>(items: Iterable<T>, test: (item: T) => boolean): boolean {
  for (const item of items) if (test(item)) return true
  return false
}

/** Index of the first element that is not less. */
function lowerBound(sorted: readonly string[], value: string, from = 0): number {
  let low = from
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? '') < value) low = middle + 1
    else high = middle
  }
  return low
}
