import { digest } from './digest.ts'
import { isWithin, joinPath, relativeTo } from './paths.ts'
import { containsPath, toSource, type MappedRegion } from './region.ts'
import { valueOf, type Log, type Tolerance, type Write } from './log.ts'
import { globFiles } from './glob.ts'
import type { EntryKind, FileTree } from '../context/types.ts'
import type { ImageFiles } from './types.ts'

/** What a command looked at, and what it found there. */
export interface Read {
  readonly kind: 'path' | 'tree' | 'find' | 'system' | 'all' | 'mount'
  /** The image path; `dir/glob` and what is left out for a search; empty for the kinds without a path. */
  readonly path: string
  /** Equal values are equal contents. */
  readonly value: string
  /** The context path of the file or directory found there, when it comes unchanged from the context. */
  readonly source?: string
  /** Whether the context has something there. */
  readonly found: boolean
  /** Of the system: false when `/var/www` is no part of it. */
  readonly served?: false
  /** Of a search: where, and for what. */
  readonly search?: { readonly dir: string; readonly glob: string }
}

interface Origin {
  readonly write: Write
  readonly kind: EntryKind | 'unknown'
  readonly source?: string
}

/** The image's files after `log`; what is looked at is pushed onto `reads`. */
export function createImageFiles(
  log: Log,
  context: FileTree,
  tolerance: Tolerance,
  reads: Read[],
): ImageFiles {
  const kindAt = (path: string): EntryKind | 'absent' | 'unknown' => originOf(log, path)?.kind ?? 'absent'
  const textAt = (path: string): string | undefined => {
    const origin = originOf(log, path)
    return origin?.kind === 'file' && origin.source !== undefined ? context.read(origin.source) : undefined
  }
  const record = (path: string): void => {
    if (reads.some((read) => read.kind === 'path' && read.path === path)) return
    reads.push(readOf('path', path))
  }
  const readOf = (kind: 'path' | 'tree', path: string): Read => {
    const origin = (kind === 'tree' ? rootOf(log, path) : undefined) ?? originOf(log, path)
    return {
      kind,
      path,
      value: valueOf(log, { kind, path }, tolerance),
      ...(origin?.source === undefined ? {} : { source: origin.source }),
      found: origin !== undefined,
    }
  }
  return {
    read(path) {
      record(path)
      return textAt(path)
    },
    kind(path) {
      record(path)
      return kindAt(path)
    },
    find(dir, glob, except = []) {
      const matches = findFiles(log, dir, glob).filter(
        (path) => !except.some((other) => globFiles.matches(other, relativeTo(path, dir))),
      )
      reads.push({
        kind: 'find',
        path: [`${dir}/${glob}`, ...except].join(' !'),
        value: digest(...matches),
        found: matches.length > 0,
        search: { dir, glob },
      })
      return matches
    },
    readTree(path) {
      if (!reads.some((read) => read.kind === 'tree' && read.path === path)) reads.push(readOf('tree', path))
    },
    peekKind: kindAt,
    peek: textAt,
    executable: (path) => {
      const source = originOf(log, path)?.source
      return source !== undefined && context.executable(source)
    },
    image: (path) => log.findLast((write) => containsPath(write.region, path))?.image,
    origin: (path) => originOf(log, path)?.source ?? placeInContext(log, path) ?? path,
  }
}

/**
 * Who put something at a path last. A command that writes somewhere in a tree is believed to change only what was
 * there, not to make manifests of its own: what it left is in the value of every read all the same.
 */
function originOf(log: Log, path: string): Origin | undefined {
  let changed: Write | undefined
  for (let index = log.length - 1; index >= 0; index--) {
    const write = log[index]
    if (write === undefined || !containsPath(write.region, path)) continue
    const { region } = write
    if (region.kind === 'all' || region.kind === 'system' || region.kind === 'tree') {
      changed ??= write
      continue
    }
    if (changed !== undefined) return { write: changed, kind: 'unknown' }
    if (region.kind === 'mapped') return originInTree(write, region, path)
    if (write.directory === true) return { write, kind: 'dir' }
    return write.source === undefined
      ? { write, kind: 'unknown' }
      : { write, kind: 'file', source: write.source }
  }
  return undefined
}

/** The context path of which a copy would have put a file there, whatever was done to it since, or were it in the context. */
function placeInContext(log: Log, path: string): string | undefined {
  for (const { region, source } of log.toReversed()) {
    if (region.kind === 'path' && region.path === path && source !== undefined) return source
    if (region.kind === 'mapped' && path !== region.path && isWithin(path, region.path))
      return toSource(region, path)
  }
  return undefined
}

/** The directory of the context that was copied to just this path: its files are in the tree, the path itself is not. */
function rootOf(log: Log, path: string): Origin | undefined {
  const write = log.findLast(({ region }) => region.kind === 'mapped' && region.path === path)
  if (write === undefined || write.region.kind !== 'mapped') return undefined
  return { write, kind: 'dir', source: write.region.root }
}

function originInTree(write: Write, region: MappedRegion, path: string): Origin {
  const source = toSource(region, path)
  return { write, kind: region.tree.kind(source) ?? 'unknown', source }
}

function findFiles(log: Log, dir: string, glob: string): readonly string[] {
  const found = new Set(log.flatMap((write) => findInWrite(write, dir, glob)))
  return [...found].sort()
}

/** The files of a write that a search finds. */
export function findInWrite({ region, source }: Write, dir: string, glob: string): readonly string[] {
  if (region.kind === 'mapped') return findInTree(region, dir, glob)
  const isFound =
    region.kind === 'path' &&
    source !== undefined &&
    isWithin(region.path, dir) &&
    globFiles.matches(glob, relativeTo(region.path, dir))
  return isFound ? [region.path] : []
}

function findInTree(region: MappedRegion, dir: string, glob: string): readonly string[] {
  if (isWithin(dir, region.path)) {
    const root = toSource(region, dir)
    return globFiles.search(region.tree, root, glob).map((relative) => joinPath(dir, relative))
  }
  if (!isWithin(region.path, dir)) return []
  const prefix = relativeTo(region.path, dir)
  return globFiles
    .all(region.tree, region.root)
    .filter((relative) => globFiles.matches(glob, `${prefix}/${relative}`))
    .map((relative) => joinPath(region.path, relative))
}
