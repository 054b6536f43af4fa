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
  const reader = atoms.find((atom) => stubsOf(atom).length > 0)
  const stubs = [...new Set(atoms.flatMap(stubsOf))].filter(
    (path) => isCopied(sunk, path) && !reads.some((read) => isWithin(path, read.path)),
  )
  const [first] = stubs
  if (reader === undefined || first === undefined) return undefined
  const run = readRun(step.instruction, dockerfile)
  if (run.form !== 'shell' || run.toFile === undefined) return { code: 'run-form', form: run.form }
  const unspellable = stubs.find((path) => !/^[\w./@+-]+$/.test(path))
  if (unspellable !== undefined) return { code: 'unspellable-path', path: unspellable }
  // Another user may write below the directories of the copy only where they are made theirs.
  const isOwner =
    /^(root|0)(:|$)/.test(step.before.user) ||
    sunk.every(({ instruction }) => instruction.flags.some(({ name }) => name === 'chown'))
  if (!isOwner) return { code: 'reads-sources', text: reader.text, path: spell(first, step.before.workdir) }
  const part = step.parts[reader.part]
  const isPart = part !== undefined && part.range.start === reader.unit.range.start
  const commands = toCommands(stubs, reads, isPart ? reader.cwd : step.before.workdir)
  const offset = step.instruction.range.start
  const at = run.toFile(isPart ? part.range.start : 0) - offset
  const end = isPart ? run.toFile(part.range.end - 1) + 1 - offset : text.length
  return `${text.slice(0, at)}${commands} && ${group(text.slice(at, end))}${text.slice(end)}`
}

/** `a && b || c` is one piece of a longer chain only in brackets. */
function group(command: string): string {
  return command.includes('||') ? `(${command})` : command
}

/** Files that must be there when a command runs, of any content. */
export function stubsOf(atom: Atom): readonly string[] {
  return atom.effects.flatMap((effect) => (effect.known ? (effect.stubs ?? []) : []))
}

function toCommands(stubs: readonly string[], reads: readonly Supplied[], cwd: string): string {
  // The copies of the manifests make the directories above them.
  const made = [cwd, ...reads.map((read) => (read.directory ? read.path : parentPath(read.path)))]
  const dirs = [...new Set(stubs.map(parentPath))].filter(
    (dir) => !made.some((other) => isWithin(other, dir)),
  )
  const makeDirs = dirs.length === 0 ? '' : `mkdir -p ${dirs.map((dir) => spell(dir, cwd)).join(' ')} && `
  return `${makeDirs}touch ${stubs.map((path) => spell(path, cwd)).join(' ')}`
}

function isCopied(copies: readonly Step[], path: string): boolean {
  return copies.some((copy) =>
    copy.writes.some(({ region }) => region.kind === 'mapped' && containsPath(region, path)),
  )
}

function spell(path: string, cwd: string): string {
  return isWithin(path, cwd) ? relativeTo(path, cwd) : path
}
