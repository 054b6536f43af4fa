import { findCleanups } from './cleanups.ts'
import { flagsOfHalves } from './cut-flags.ts'
import { isInstall, needsSources } from './needs-sources.ts'
import { spellCut, type CutText } from './spell-cut.ts'
import { readRun } from '../../src/dockerfile/run-script.ts'
import type { Dockerfile } from '../../src/dockerfile/types.ts'
import type { Reason } from '../../src/findings/reasons.ts'
import type { Atom } from '../../src/model/run.ts'
import type { Step } from '../../src/model/step.ts'

/** The part of a RUN that can stand above the sources. */
export interface Cut {
  readonly atoms: readonly Atom[]
  /** The two RUNs, in the order of preference; empty when the whole RUN moves. */
  readonly texts: readonly CutText[]
}

/** Finds the longest start of a RUN that needs no sources and that holds its installs. */
export function cutRun(dockerfile: Dockerfile, step: Step, copies: readonly Step[]): Cut | Reason {
  const { atoms, instruction } = step
  const whole: Cut = { atoms, texts: [] }
  const blocked = atoms.findIndex((atom) => needsSources(atom, copies) !== undefined)
  const blocker = atoms[blocked]
  if (blocker === undefined) return whole
  const before = atoms.slice(0, blocked)
  const above = before.filter((atom) => atom.part < blocker.part)
  const { startLine } = instruction
  if (!above.some(isInstall)) {
    const joined = before.find(isInstall)
    if (joined !== undefined) return { code: 'joined-commands', text: joined.text, other: blocker.text }
    const reason = needsSources(blocker, copies) ?? {
      code: 'needs-sources',
      text: blocker.text,
      line: startLine,
    }
    return reason.code === 'opaque-command' ? { ...reason, line: startLine } : reason
  }
  const last = Math.max(...above.map((atom) => atom.part))
  if (step.parts[last + 1] === undefined) return whole
  const ignored = findIgnored(step, above, last)
  if (ignored !== undefined) return { code: 'failure-ignored', text: ignored.text }
  return cutAfter(dockerfile, step, last, above)
}

/** A command whose failure the RUN ignores, and which would be in the last statement of its first half. */
function findIgnored({ parts }: Step, above: readonly Atom[], last: number): Atom | undefined {
  let first = last
  while (parts[first - 1]?.operator === '&&') first--
  return above.find(({ part, unit }) => part >= first && part <= last && unit.failure === 'ignored')
}

function cutAfter(dockerfile: Dockerfile, step: Step, last: number, atoms: readonly Atom[]): Cut | Reason {
  const run = readRun(step.instruction, dockerfile)
  const tail = step.atoms.filter((atom) => atom.part > last)
  const lost = atoms.find(({ unit }) =>
    unit.assigns.some((name) => tail.some((atom) => atom.unit.spelled.includes(name))),
  )
  if (lost !== undefined) return { code: 'shell-state', text: lost.text }
  const flags = flagsOfHalves(step, atoms, tail)
  const { taken, left } = findCleanups(atoms, tail)
  const spell = (own: typeof flags, cleanups: readonly Atom[]): CutText | Reason => {
    const halves = spellCut({ dockerfile, step, run, last, flags: own, cleanups })
    return 'code' in halves
      ? halves
      : { ...halves, late: [...taken, ...left].filter((atom) => !cleanups.includes(atom)) }
  }
  const both = { head: step.instruction.flags, tail: step.instruction.flags }
  const plain = spell(both, [])
  if ('code' in plain) return plain
  const texts = [spell(flags, taken), spell(both, taken), spell(flags, []), plain]
  const seen = new Set<string>()
  return {
    atoms,
    texts: texts
      .flatMap((text) => ('code' in text ? [] : [text]))
      .filter(({ head, tail: rest }) => seen.size < seen.add(`${head}\n${rest}`).size),
  }
}
