import { readRun } from '../../src/dockerfile/run-script.ts'
import { isWithin, parentPath, relativeTo } from '../../src/model/paths.ts'
import { containsPath } from '../../src/model/region.ts'
import type { Dockerfile } from '../../src/dockerfile/types.ts'
import type { Reason } from '../../src/findings/reasons.ts'
import type { Atom } from '../../src/model/run.ts'
import type { Step } from '../../src/model/step.ts'
import type { Supplied } from './manifest-lines.ts'

/**
 * The text of a RUN that makes the files which its commands only need to be there: above the sources they are not, and
 * the copy that follows brings the real ones. `undefined` when there is none to make.
 */
export function addStubs(
  dockerfile: Dockerfile,
  step: Step,
  text: string,
  atoms: readonly Atom[],
  reads: readonly Supplied[],
  sunk: readonly Step[],
): string | Reason | undefined {
  const wanted = atoms.flatMap((atom) => atom.effects.flatMap((effect) => (effect.known ? (effect.stubs ?? []) : [])))
  const stubs = [...new Set(wanted)].filter((path) => isCopied(sunk, path) && !reads.some((read) => isWithin(path, read.path)))
  const [first] = stubs
  if (first === undefined) return undefined
  const run = readRun(step.instruction, dockerfile)
  if (run.form !== 'shell' || run.toFile === undefined) return { code: 'run-form', form: run.form }
  const unspellable = stubs.find((path) => !/^[\w./@+-]+$/.test(path))
  if (unspellable !== undefined) return { code: 'unspellable-path', path: unspellable }
  // Another user may write below the directories of the copy only where they are made theirs.
  const { user, workdir } = step.before
  const isOwner = /^(root|0)(:|$)/.test(user) || sunk.every(({ instruction }) => instruction.flags.some(({ name }) => name === 'chown'))
  if (!isOwner) return { code: 'reads-sources', text: step.instruction.original, path: first }
  const spell = (path: string): string => (isWithin(path, workdir) ? relativeTo(path, workdir) : path)
  const made = new Set([workdir, ...reads.map((read) => (read.directory ? read.path : parentPath(read.path)))])
  const dirs = [...new Set(stubs.map(parentPath))].filter((dir) => ![...made].some((other) => isWithin(other, dir)))
  const commands = [...(dirs.length === 0 ? [] : [`mkdir -p ${dirs.map(spell).join(' ')}`]), `touch ${stubs.map(spell).join(' ')}`]
  const at = run.toFile(0) - step.instruction.range.start
  return `${text.slice(0, at)}${commands.join(' && ')} && ${text.slice(at)}`
}

function isCopied(copies: readonly Step[], path: string): boolean {
  return copies.some((copy) => copy.writes.some(({ region }) => region.kind === 'mapped' && containsPath(region, path)))
}
