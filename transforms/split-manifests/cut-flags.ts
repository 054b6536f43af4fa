import { usesFlag } from '../../src/model/mount-use.ts'
import type { Flag } from '../../src/dockerfile/types.ts'
import type { Atom } from '../../src/model/run.ts'
import type { Step } from '../../src/model/step.ts'

/** The flags of each half of a RUN that is cut. */
export interface FlagsOfHalves {
  readonly head: readonly Flag[]
  readonly tail: readonly Flag[]
}

/** A `--mount` stays with the half that uses it; one that neither is known to use, with both. */
export function flagsOfHalves(step: Step, head: readonly Atom[], tail: readonly Atom[]): FlagsOfHalves {
  const { flags } = step.instruction
  const isUsed = (flag: Flag, atoms: readonly Atom[]): boolean =>
    atoms.some(({ unit, effects, reads, writes }) =>
      usesFlag(flag, step.before.workdir, {
        unit,
        effects,
        reads,
        regions: writes.map(({ region }) => region),
      }),
    )
  const own = flags.map((flag) => ({ flag, head: isUsed(flag, head), tail: isUsed(flag, tail) }))
  return {
    head: own.filter((item) => item.head || !item.tail).map(({ flag }) => flag),
    tail: own.filter((item) => item.tail || !item.head).map(({ flag }) => flag),
  }
}
