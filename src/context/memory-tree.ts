import { isTreePath, nameOf, parentOf } from './tree-path.ts'
import type { EntryKind, FileTree } from './types.ts'

/** A file's text, or more about it. */
export type MemoryFile =
  string | { readonly symlink: string } | { readonly content: string; readonly executable?: boolean }

/** A tree of files by path, for tests and for what is not on disk. A path that ends in `/` is an empty directory. */
export function createMemoryTree(files: Readonly<Record<string, MemoryFile>>): FileTree {
  const entries = new Map(Object.entries(files).filter(([path]) => !path.endsWith('/')))
  const directories = new Map<string, Set<string>>([['', new Set()]])
  for (const path of Object.keys(files)) {
    const entry = path.endsWith('/') ? path.slice(0, -1) : path
    if (!isTreePath(entry)) throw new Error(`not a path of a tree: ${path}`)
    if (path.endsWith('/')) addDirectory(directories, entry)
    else addDirectory(directories, parentOf(entry)).add(nameOf(entry))
  }

  function contentOf(path: string): string | undefined {
    const file = entries.get(path)
    if (typeof file === 'string') return file
    return file !== undefined && 'content' in file ? file.content : undefined
  }

  function kind(path: string): EntryKind | undefined {
    const file = entries.get(path)
    if (file === undefined) return directories.has(path) ? 'dir' : undefined
    return typeof file === 'object' && 'symlink' in file ? 'symlink' : 'file'
  }

  return {
    kind,
    list: (dir) => [...(directories.get(dir) ?? [])].sort(),
    read: contentOf,
    size: (path) => Buffer.byteLength(contentOf(path) ?? ''),
    executable: (path) => {
      const file = entries.get(path)
      return typeof file === 'object' && 'executable' in file && file.executable === true
    },
  }
}

function addDirectory(directories: Map<string, Set<string>>, dir: string): Set<string> {
  const known = directories.get(dir)
  if (known !== undefined) return known
  const names = new Set<string>()
  directories.set(dir, names)
  addDirectory(directories, parentOf(dir)).add(nameOf(dir))
  return names
}
