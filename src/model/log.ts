import { digest } from './digest.ts'
import { isWithin } from './paths.ts'
import {
  aliasesOf,
  areUnrelated,
  containsPath,
  overlaps,
  toSource,
  type MappedRegion,
  type Region,
} from './region.ts'
import type { FileTree } from '../context/types.ts'
import type { Allowance } from './types.ts'

/** One write of a step to the image's files. */
export interface Write {
  readonly region: Region
  /** What is written, as provenance: equal values are equal bytes, types, modes and owners. */
  readonly value: string
  /** Whether nothing of what was in the region survives. */
  readonly covers: boolean
  /** `directory`: created when missing, left alone otherwise. */
  readonly directory?: boolean
  /** The context file that a `path` write copies. */
  readonly source?: string
  /** The image that a `COPY --from` took it from. */
  readonly image?: string
  /** Set for a symbolic link that a command makes. */
  readonly link?: true
  readonly allow?: Allowance
  /** The ignore pattern that keeps a stray copy of this output out of the context. */
  readonly ignore?: string
  /** Who writes it, for messages. */
  readonly by: string
}

/** The files of an image as an ordered log of writes. */
export type Log = readonly Write[]

/**
 * Differences that are being tolerated: such writes count only where their own path is read. Each allowance has the
 * commands (their texts) for which it does not hold.
 */
export type Tolerance = ReadonlyMap<Allowance, ReadonlySet<string>>

export const STRICT: Tolerance = new Map()

function isTolerated({ allow, by }: Write, tolerance: Tolerance): boolean {
  return allow !== undefined && tolerance.get(allow)?.has(by) === false
}

/** The canonical list of what a log leaves in the image: equal lists are equal images. */
export function normalForm(log: Log, tolerance: Tolerance): readonly string[] {
  const kept = dropCovered(log.filter((write) => !isTolerated(write, tolerance)))
  return inCanonicalOrder(kept).map(toKey)
}

/** What a log leaves in a region, as one value. */
export function valueOf(log: Log, region: Region, tolerance: Tolerance): string {
  const exact = region.kind === 'path'
  const touching = log.filter(
    (write) => (exact || !isTolerated(write, tolerance)) && overlaps(write.region, region),
  )
  const kept = inCanonicalOrder(dropCovered(cutAtCover(touching, region)), region)
  const empty = kept.filter((write) => write.directory === true && !kept.some((other) => fills(other, write)))
  return digest(
    ...new Set(
      kept.flatMap((write) => (empty.includes(write) ? [toKey(write)] : toKeyWithin(write, region))),
    ),
  )
}

/** Whether a write leaves something in a directory, so that it is there whoever made it. */
function fills({ region, directory }: Write, { region: made }: Write): boolean {
  if (directory === true || region.kind === 'all' || region.kind === 'system' || !('path' in made))
    return false
  return isWithin(region.path, made.path)
}

/** Removes writes of which nothing survives. */
function dropCovered(log: Log): Log {
  const covering = [...log.entries()].filter(([, write]) => write.covers)
  if (covering.length === 0) return log
  return log.filter(
    (write, index) => !covering.some(([later, other]) => later > index && covers(other, write)),
  )
}

/** Whether `later` decides every path that `earlier` wrote. */
function covers(later: Write, earlier: Write): boolean {
  if (!later.covers) return false
  const { region } = later
  const old = earlier.region
  if (old.kind === 'all' || old.kind === 'system') return false
  switch (region.kind) {
    case 'path':
      return old.kind === 'path' && old.path === region.path
    case 'tree':
      return isWithin(old.path, region.path)
    case 'mapped':
      if (old.kind === 'path') return mappedCoversPath(region, old.path, earlier.directory === true)
      return old.kind === 'mapped' && mappedCoversMapped(region, old)
    default:
      return false
  }
}

function mappedCoversPath(region: MappedRegion, path: string, directory: boolean): boolean {
  if (path === region.path || !isWithin(path, region.path)) return false
  const kind = region.tree.kind(toSource(region, path))
  return kind !== undefined && (kind === 'dir') === directory
}

function mappedCoversMapped(region: MappedRegion, old: MappedRegion): boolean {
  if (!isWithin(old.path, region.path)) return false
  const at = toSource(region, old.path)
  if (region.tree === old.tree && at === old.root) return true
  return holdsAll(region, at, old, old.root)
}

function holdsAll(region: MappedRegion, at: string, old: MappedRegion, root: string): boolean {
  return old.tree.list(root).every((name) => {
    const mine = at === '' ? name : `${at}/${name}`
    const theirs = root === '' ? name : `${root}/${name}`
    const kind = old.tree.kind(theirs)
    const here = region.tree.kind(mine)
    if (here === undefined || (here === 'dir') !== (kind === 'dir')) return false
    return kind !== 'dir' || holdsAll(region, mine, old, theirs)
  })
}

/** What came before a write that covers the whole region does not count. */
function cutAtCover(log: Log, region: Region): Log {
  const start = log.findLastIndex((write) => write.covers && coversRegion(write, region))
  return start <= 0 ? log : log.slice(start)
}

function coversRegion(write: Write, region: Region): boolean {
  if (region.kind === 'path') {
    if (write.region.kind === 'tree') return isWithin(region.path, write.region.path)
    return (
      write.region.kind !== 'all' && write.region.kind !== 'system' && containsPath(write.region, region.path)
    )
  }
  return region.kind === 'tree' && write.region.kind === 'tree' && isWithin(region.path, write.region.path)
}

/**
 * Writes that do not overlap may swap: always takes the smallest that no earlier one holds back. With a region, all
 * writes overlap it: then one that fills it is passed by none, and what stands above and below it is ordered by itself.
 */
function inCanonicalOrder(log: Log, within?: Region): Log {
  const isWall = ({ region }: Write): boolean =>
    region.kind === 'all' || (within?.kind === 'system' && region.kind === 'system')
  const ordered: Write[] = []
  let free: Write[] = []
  for (const write of log) {
    if (!isWall(write)) {
      free.push(write)
      continue
    }
    ordered.push(...orderFree(free), write)
    free = []
  }
  return [...ordered, ...orderFree(free)]
}

function orderFree(log: Log): Log {
  if (log.length < 2) return log
  const entries = log.map((write, index) => ({
    write,
    index,
    key: toKey(write),
    blockers: 0,
    followers: [] as number[],
  }))
  for (const entry of entries) {
    for (const earlier of entries.slice(0, entry.index)) {
      if (!overlaps(earlier.write.region, entry.write.region)) continue
      entry.blockers++
      earlier.followers.push(entry.index)
    }
  }
  let ready = entries.filter(({ blockers }) => blockers === 0)
  const ordered: Write[] = []
  while (ready.length > 0) {
    const best = ready.reduce((a, b) => (b.key < a.key || (b.key === a.key && b.index < a.index) ? b : a))
    ordered.push(best.write)
    ready = ready.filter((entry) => entry !== best)
    for (const index of best.followers) {
      const follower = entries[index]
      if (follower !== undefined && --follower.blockers === 0) ready.push(follower)
    }
  }
  return ordered
}

const keys = new WeakMap<Write, string>()

/** A write stands in the log of every step below it. */
function toKey(write: Write): string {
  const key = keys.get(write) ?? computeKey(write)
  keys.set(write, key)
  return key
}

function computeKey(write: Write): string {
  const { region } = write
  const place =
    region.kind === 'mapped'
      ? `mapped ${region.path} ${region.root} ${region.tree.version?.(region.root) ?? ''}`
      : 'path' in region
        ? region.path
        : ''
  return digest(region.kind, place, write.value, String(write.covers))
}

/**
 * The key of the part of a write that lies in a region: the same whether a file came alone or with its tree. Whoever
 * looks at a directory sees that it is there and what is in it, not who made it.
 */
function toKeyWithin(write: Write, region: Region): readonly string[] {
  const own = write.region
  if (region.kind === 'path' && areUnrelated(own, region)) {
    if (own.kind !== 'mapped') return [digest('alias', write.value)]
    return aliasesOf(own, region.path).map((path) => digest('alias', fileOf(write, own, path).value))
  }
  if (write.directory === true && region.kind === 'path') return ['directory']
  if (write.directory === true && region.kind === 'tree') return []
  if (own.kind !== 'mapped') return [toKey(write)]
  if (region.kind === 'path') return toKeyWithin(fileOf(write, own, region.path), region).slice(0, 1)
  if (region.kind !== 'tree' || !isWithin(region.path, own.path) || region.path === own.path)
    return [toKey(write)]
  const root = toSource(own, region.path)
  if (own.tree.kind(root) !== 'dir') return [toKey(fileOf(write, own, region.path))]
  return [toKey({ ...write, region: { kind: 'mapped', path: region.path, tree: own.tree, root } })]
}

/** The write of one file of a mapped tree, as if it had been copied alone. */
function fileOf(write: Write, region: MappedRegion, path: string): Write {
  const source = toSource(region, path)
  const directory = region.tree.kind(source) === 'dir'
  return {
    region: { kind: 'path', path },
    value: directory ? digest('directory', write.value) : fileValue(source, write.value, region.tree),
    covers: true,
    directory,
    source,
    by: write.by,
  }
}

/** The write of a single context file by COPY; `attributes` are those of `mappedWrite`. */
export function fileWrite(
  path: string,
  source: string,
  attributes: string,
  tree: FileTree,
  by: string,
): Write {
  return {
    region: { kind: 'path', path },
    value: fileValue(source, attributes, tree),
    covers: true,
    source,
    by,
  }
}

function fileValue(source: string, attributes: string, tree: FileTree): string {
  return digest('file', source, attributes, tree.version?.(source))
}
