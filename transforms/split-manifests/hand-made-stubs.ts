import { addStubs } from './stub-files.ts'
import { arrange } from '../shared/arrange.ts'
import { readRun } from '../../src/dockerfile/run-script.ts'
import { containsPath } from '../../src/model/region.ts'
import type { Dockerfile } from '../../src/dockerfile/types.ts'
import type { Atom } from '../../src/model/run.ts'
import type { Step } from '../../src/model/step.ts'
import type { Supplied } from './manifest-lines.ts'

/**
 * The RUN without the commands around the install that make files (`mkdir src && touch src/main.rs`) or remove them
 * again, when the copies below bring each of these files anyway; `undefined` when there are none, or others.
 */
export function dropStubs(dockerfile: Dockerfile, step: Step, later: readonly Step[]): string | undefined {
  const { instruction, atoms, parts } = step
  const isKept = parts.map((_, part) => !isStubPart(atoms, part, later))
  const first = isKept.indexOf(true)
  const last = isKept.lastIndexOf(true)
  const [start, end] = [parts[first], parts[last]]
  if (start === undefined || end === undefined) return undefined
  if (atoms.some((atom) => atom.part >= first && atom.part <= last && makesFiles(atom))) return undefined
  const { form, toFile } = readRun(instruction, dockerfile)
  if (form !== 'shell' || toFile === undefined) return undefined
  const { text } = dockerfile
  const [from, to] = [toFile(start.range.start), toFile(end.range.end - 1) + 1]
  const dropped = text.slice(toFile(0), from) + text.slice(to, instruction.range.end)
  // Comments between the commands have nowhere to go.
  if (dropped.includes('#')) return undefined
  const { index } = instruction
  const run = text.slice(instruction.range.start, toFile(0)) + text.slice(from, to)
  return arrange(dockerfile, index, index, [{ instruction: index, text: run }])
}

/** Whether a command writes files and installs nothing. */
export function makesFiles({ effects }: Atom): boolean {
  return effects.some((effect) => effect.known && effect.role === 'files' && effect.writes.length > 0)
}

/** Whether a part of the script does nothing but make or remove what the copies below bring. */
function isStubPart(atoms: readonly Atom[], part: number, later: readonly Step[]): boolean {
  const own = atoms.filter((atom) => atom.part === part)
  return (
    own.length > 0 &&
    own.every(
      ({ effects, writes }) =>
        effects.every((effect) => effect.known && effect.role === 'files') &&
        writes.every(({ region }) => 'path' in region && isCopied(later, region.path)),
    )
  )
}

function isCopied(later: readonly Step[], path: string): boolean {
  return later.some(({ writes }) =>
    writes.some(({ region }) => region.kind === 'mapped' && containsPath(region, path)),
  )
}

/** The file with the commands that make the stubs which a download needs now, in place of those that were dropped. */
export function restoreStubs(
  dockerfile: Dockerfile,
  step: Step,
  whole: readonly Atom[],
  reads: readonly Supplied[],
  later: readonly Step[],
): string | undefined {
  const { index, range } = step.instruction
  const run = addStubs(dockerfile, step, dockerfile.text.slice(range.start, range.end), whole, reads, later)
  if (run === undefined) return dockerfile.text
  return typeof run === 'object'
    ? undefined
    : arrange(dockerfile, index, index, [{ instruction: index, text: run }])
}
