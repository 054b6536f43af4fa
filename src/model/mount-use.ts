import { mountOptions } from '../dockerfile/mounts.ts'
import { isWithin, joinPath } from './paths.ts'
import { overlaps, type Region } from './region.ts'
import type { Flag } from '../dockerfile/types.ts'
import type { Read } from './image-files.ts'
import type { Effect } from './types.ts'
import type { Unit } from './unit.ts'

/** A command with what it did, as far as that is told. */
export interface Touched {
  readonly unit: Unit
  readonly effects: readonly Effect[]
  readonly reads: readonly Read[]
  /** Where it writes. */
  readonly regions: readonly Region[]
}

/** What only works on files that it names, and what does nothing at all. */
const EXACT = new Set(['files', 'none'])

/**
 * Whether a flag of a RUN may matter to one of its commands. A mount does when the command reads or writes below its
 * target; what installs or downloads may do so in ways that are not told, outside the directory that it works in.
 */
export function usesFlag(flag: Flag, workdir: string, { unit, effects, reads, regions }: Touched): boolean {
  if (flag.name !== 'mount' || effects.some((effect) => !effect.known)) return true
  const options = mountOptions(flag)
  const type = options.get('type') ?? 'bind'
  const given = options.get('target') ?? options.get('dst') ?? options.get('destination')
  const isExact = effects.every(({ role }) => role !== undefined && EXACT.has(role))
  if (type === 'ssh') return !isExact
  const isSecret = type === 'secret'
  const target = given ?? (isSecret ? '/run/secrets' : undefined)
  if (target === undefined || target.includes('$') || (isSecret && (options.has('env') || !isExact)))
    return true
  const path = joinPath(workdir, target)
  const place: Region = { kind: 'tree', path }
  const isRead = reads.some((read) => {
    if (read.kind === 'system') return overlaps(place, { kind: 'system' })
    if (read.kind === 'all' || read.kind === 'mount') return true
    const at = read.search?.dir ?? read.path
    return isWithin(at, path) || isWithin(path, at) ? read.kind !== 'path' || isWithin(at, path) : false
  })
  if (isRead || regions.some((region) => overlaps(region, place))) return true
  if (isWithin(unit.cwd, path) || unit.commands.some((command) => isWithin(command?.program ?? '', path)))
    return true
  return !isExact && (type === 'bind' ? options.has('from') : !isWithin(path, workdir))
}
