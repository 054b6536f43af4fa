import { digest } from './digest.ts'
import { dependsOnVariable } from './environment.ts'
import { usesFlag } from './mount-use.ts'
import { isContextMount } from './mounts.ts'
import { joinPath } from './paths.ts'
import { overlaps, type Region } from './region.ts'
import { valueOf, type Log } from './log.ts'
import type { Read } from './image-files.ts'
import type { RunInput } from './run.ts'
import type { Unit } from './unit.ts'
import type { Flag } from '../dockerfile/types.ts'
import type { Effect, WriteEffect } from './types.ts'

/** What a command makes of all files: equal values are equal results. Records that it reads everything. */
export function opaqueValue(
  unit: Unit,
  log: Log,
  reads: Read[],
  input: RunInput,
  computed: ReadonlyMap<string, string>,
): string {
  // What it is known to read counts on its own, because tolerated writes are not part of everything.
  const known = reads.map((read) => digest(read.kind, read.path, read.value)).sort()
  const everything = valueOf(log, { kind: 'all' }, input.tolerance)
  reads.push({ kind: 'all', path: '', value: everything, found: true })
  return digest(
    'opaque',
    unit.spelled,
    unit.failure,
    unit.cwd,
    ...processKey(input, unit, computed, () => true, input.instruction.flags),
    ...known,
    everything,
  )
}

/** What a command makes of what it reads: equal values are equal results. Records what its writes add to that. */
export function knownValue(
  unit: Unit,
  effects: readonly Effect[],
  log: Log,
  reads: Read[],
  input: RunInput,
  computed: ReadonlyMap<string, string>,
): string {
  const known = effects.filter((effect) => effect.known)
  const writes = known.flatMap((effect) => effect.writes)
  if (known.some((effect) => effect.pure !== true)) {
    const served = known.some((effect) => effect.role === 'system') ? {} : ({ served: false } as const)
    reads.push({
      kind: 'system',
      path: '',
      value: valueOf(log, { kind: 'system', ...served }, input.tolerance),
      found: true,
      ...served,
    })
  }
  for (const write of writes) {
    if (!('tree' in write) || write.mode !== 'merge' || write.allow !== undefined) continue
    if (reads.some((read) => read.kind === 'tree' && read.path === write.tree)) continue
    const value = valueOf(log, { kind: 'tree', path: write.tree }, input.tolerance)
    reads.push({
      kind: 'tree',
      path: write.tree,
      value,
      found: log.some((old) => overlaps(old.region, toRegion(write))),
    })
  }
  const placeless = known.every((effect) => ['system', 'tool', 'none'].includes(effect.role))
  const volumes = [...input.environment.volumes].filter((volume) =>
    writes.some((write) => overlaps(toRegion(write), { kind: 'tree', path: volume })),
  )
  const regions = writes.map(toRegion)
  const flags = input.instruction.flags.filter((flag) =>
    usesFlag(flag, input.environment.workdir, { unit, effects, reads, regions }),
  )
  const counts = (name: string): boolean =>
    known.some((effect) => dependsOnVariable(effect.env, unit.spelled, name))
  return digest(
    'known',
    unit.spelled,
    unit.failure,
    placeless ? '' : unit.cwd,
    ...processKey(input, unit, computed, counts, flags),
    ...volumes,
    ...reads.map((read) => digest(read.kind, read.path, read.value)).sort(),
  )
}

/** User, shell, flags and those variables that count, as far as they reach the command. */
function processKey(
  input: RunInput,
  unit: Unit,
  computed: ReadonlyMap<string, string>,
  counts: (name: string) => boolean,
  flags: readonly Flag[],
): readonly string[] {
  const { environment } = input
  const outer = [...environment.spelled]
    .filter(([name]) => counts(name))
    .map(([name, value]) => `${name}=${value}`)
  const inner = [...unit.exports]
    .filter(([name]) => counts(name))
    .map(([name, value]) => `${name}=${value ?? computed.get(name) ?? ''}`)
  return [
    environment.user,
    ...environment.shell,
    // What the command finds in a mount counts by its reads.
    ...flags.filter((flag) => !isContextMount(flag)).map((flag) => flag.text),
    ...outer.sort(),
    '|',
    ...inner.sort(),
    unit.umask ?? '',
  ]
}

/** The paths that a write is about. */
export function toRegion(effect: WriteEffect): Region {
  if ('path' in effect) return { kind: 'path', path: joinPath('/', effect.path) }
  if ('tree' in effect) return { kind: 'tree', path: joinPath('/', effect.tree) }
  return { kind: 'system' }
}
