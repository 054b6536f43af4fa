import { overlaps } from '../../src/model/region.ts'
import type { Atom } from '../../src/model/run.ts'

/** Subcommands of the system's package managers that take something away. */
const REMOVALS = new Set(
  'clean autoclean auto-clean remove purge autoremove auto-remove autopurge del erase'.split(' '),
)

/** Commands behind a cut that remove what the commands above it leave: there it stays in a layer of its own. */
export interface Cleanups {
  /** They only empty caches, and can do so above the cut as well. */
  readonly taken: readonly Atom[]
  /** They must stay where they are. */
  readonly left: readonly Atom[]
}

export function findCleanups(head: readonly Atom[], tail: readonly Atom[]): Cleanups {
  const written = head.flatMap(({ writes }) => writes)
  const cleaning = tail.filter(
    (atom) =>
      isCleanup(atom) &&
      atom.writes.some(({ region }) => written.some((write) => overlaps(write.region, region))),
  )
  const isTaken = ({ writes, unit }: Atom): boolean =>
    unit.certain && unit.failure === 'stops' && writes.every(({ allow }) => allow === 'cache')
  return { taken: cleaning.filter(isTaken), left: cleaning.filter((atom) => !isTaken(atom)) }
}

function isCleanup({ effects, writes, unit }: Atom): boolean {
  if (writes.length === 0 || !effects.every((effect) => effect.known)) return false
  return unit.commands.every((command, index) => {
    if (command?.name === 'rm') return true
    if (effects[index]?.role === 'system')
      return command?.args.some((word) => REMOVALS.has(word ?? '')) === true
    return effects[index]?.role === 'none'
  })
}
