import type { FileTree } from '../context/types.ts'
import { BASE_WORKDIR, isSystemPath, isWithin, joinPath, relativeTo } from './paths.ts'

/** A set of image paths. */
export type Region =
  | { readonly kind: 'path'; readonly path: string }
  /** A path and all below it. */
  | { readonly kind: 'tree'; readonly path: string }
  /** The files and directories below `root` of a file tree, laid below `path`; without `path` itself. */
  | { readonly kind: 'mapped'; readonly path: string; readonly tree: FileTree; readonly root: string }
  /** Where the operating system and its packages live; without `/var/www` when `served` is false. */
  | { readonly kind: 'system'; readonly served?: false }
  | { readonly kind: 'all' }

export type MappedRegion = Extract<Region, { kind: 'mapped' }>

/** The path in the file tree that a mapped region puts at an image path below its own. */
export function toSource(region: MappedRegion, path: string): string {
  return joinTree(region.root, relativeTo(path, region.path))
}

/** Whether two regions may have a path in common. */
export function overlaps(a: Region, b: Region): boolean {
  if (a.kind === 'all' || b.kind === 'all') return true
  if (a.kind !== 'system' && b.kind !== 'system' && isInBaseWorkdir(a) !== isInBaseWorkdir(b)) {
    return isInBaseWorkdir(a) ? mayAlias(a, b) : mayAlias(b, a)
  }
  if (a.kind === 'path') return containsPath(b, a.path)
  if (b.kind === 'path') return containsPath(a, b.path)
  if (a.kind === 'system') return touchesSystem(b, a)
  if (b.kind === 'system') return touchesSystem(a, b)
  if (a.kind === 'tree' && b.kind === 'tree') return isWithin(a.path, b.path) || isWithin(b.path, a.path)
  if (a.kind === 'tree') return b.kind === 'mapped' && mappedTouchesTree(b, a.path)
  if (b.kind === 'tree') return mappedTouchesTree(a, b.path)
  return mappedTouchMapped(a, b)
}

/** Whether a region surely or possibly contains a path. */
export function containsPath(region: Region, path: string): boolean {
  switch (region.kind) {
    case 'all':
      return true
    case 'path':
      return region.path === path
    case 'tree':
      return isWithin(path, region.path)
    case 'system':
      return isInSystem(path, region)
    case 'mapped':
      return (
        path !== region.path &&
        isWithin(path, region.path) &&
        region.tree.kind(toSource(region, path)) !== undefined
      )
  }
}

type Placed = Exclude<Region, { kind: 'all' } | { kind: 'system' }>

function isInBaseWorkdir(region: Placed): boolean {
  return isWithin(region.path, BASE_WORKDIR)
}

/** Whether one of two regions is placed below the base image's working directory and the other is spelled out. */
export function areUnrelated(a: Region, b: Region): boolean {
  return 'path' in a && 'path' in b && isInBaseWorkdir(a) !== isInBaseWorkdir(b)
}

/** The image paths below a mapped region that a spelled-out path may mean, see `mayAlias`. */
export function aliasesOf(region: MappedRegion, path: string): readonly string[] {
  return suffixesOf(path)
    .map((suffix) => joinPath(BASE_WORKDIR, suffix))
    .filter((at) => containsPath(region, at))
}

/**
 * Whether a region below the base image's working directory may be the same place as one that is spelled out. The
 * directory can be anything but a hidden one: `COPY a.sh /` and `chmod +x a.sh` are one file where it is `/`.
 */
function mayAlias(relative: Placed, absolute: Placed): boolean {
  const below = relativeTo(relative.path, BASE_WORKDIR)
  if (absolute.kind !== 'path' && !absolute.path.includes('/.')) return true
  return suffixesOf(absolute.path).some((suffix) => {
    const path = joinPath(BASE_WORKDIR, suffix)
    return relative.kind === 'path' ? suffix === below : containsPath(relative, path)
  })
}

/** `/a/b/c` ends in `a/b/c`, `b/c` and `c`. */
function suffixesOf(path: string): readonly string[] {
  const parts = path.split('/').slice(1)
  return parts.map((_, index) => parts.slice(index).join('/'))
}

type SystemRegion = Extract<Region, { kind: 'system' }>

function touchesSystem(region: Region, system: SystemRegion): boolean {
  if (region.kind === 'system' || region.kind === 'all') return true
  if (region.kind !== 'mapped') return isInSystem(region.path, system)
  return region.tree.list(region.root).some((name) => isInSystem(joinPath(region.path, name), system))
}

/** Packages of web servers look at `/var/www/html` and fill it; to all other programs it is a place as any. */
function isInSystem(path: string, { served }: SystemRegion): boolean {
  return isSystemPath(path) && (served !== false || !isWithin(path, '/var/www'))
}

function mappedTouchesTree(region: MappedRegion, path: string): boolean {
  if (isWithin(region.path, path)) return region.tree.list(region.root).length > 0
  return isWithin(path, region.path) && region.tree.kind(toSource(region, path)) !== undefined
}

function mappedTouchMapped(a: MappedRegion, b: MappedRegion): boolean {
  if (isWithin(b.path, a.path)) return shareName(a, b)
  return isWithin(a.path, b.path) && shareName(b, a)
}

/** Directories are written too, so that one common name is an overlap, whatever is below it. */
function shareName(outer: MappedRegion, inner: MappedRegion): boolean {
  const names = new Set(outer.tree.list(toSource(outer, inner.path)))
  return inner.tree.list(inner.root).some((name) => names.has(name))
}

function joinTree(root: string, relative: string): string {
  if (root === '') return relative
  return relative === '' ? root : `${root}/${relative}`
}
