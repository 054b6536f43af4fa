import { isWithin, parentPath } from './paths.ts'
import { toSource, type Region } from './region.ts'
import type { Log } from './log.ts'

/**
 * Whether what is addressed by a path may lie elsewhere: the path is, or leads through, a symbolic link that a command
 * has made, or leads through one that was copied. The model follows no links: whoever uses such a path may read and
 * write anything.
 */
export function leadsThroughLink(log: Log, path: string): boolean {
  return log.some(({ region, link }) => {
    if (link === true) return 'path' in region && isWithin(path, region.path)
    return region.kind === 'mapped' && isWithin(path, region.path) && hasLinkAbove(region, path)
  })
}

function hasLinkAbove(region: Extract<Region, { kind: 'mapped' }>, path: string): boolean {
  if (path === region.path) return false
  for (let at = parentPath(path); at !== region.path && isWithin(at, region.path); at = parentPath(at)) {
    if (region.tree.kind(toSource(region, at)) === 'symlink') return true
  }
  return false
}
