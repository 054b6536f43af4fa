import { readRun } from '../../src/dockerfile/run-script.ts'
import { BASE_WORKDIR, isWithin, relativeTo } from '../../src/model/paths.ts'
import { overlaps, toSource } from '../../src/model/region.ts'
import { indentOf } from '../shared/arrange.ts'
import type { Dockerfile } from '../../src/dockerfile/types.ts'
import type { Reason } from '../../src/findings/reasons.ts'
import type { Atom, Part } from '../../src/model/run.ts'
import type { Step } from '../../src/model/step.ts'

/** The part of a RUN that can stand above the sources. */
export interface Cut {
  readonly atoms: readonly Atom[]
  /** The RUN up to the cut; absent when the whole RUN moves. */
  readonly head?: string
  /** A RUN of the rest; absent when the whole RUN moves. */
  readonly tail?: string
}

/** Finds the longest start of a RUN that needs no sources and that holds its installs. */
export function cutRun(dockerfile: Dockerfile, step: Step, copies: readonly Step[]): Cut | Reason {
  const { atoms, parts, instruction } = step
  const blocked = atoms.findIndex((atom) => needsSources(atom, copies) !== undefined)
  const blocker = atoms[blocked]
  if (blocker === undefined) return { atoms }
  const above = atoms.slice(0, blocked).filter((atom) => atom.part < blocker.part)
  const { startLine } = instruction
  if (!above.some(isInstall)) {
    const reason = needsSources(blocker, copies) ?? {
      code: 'needs-sources',
      text: blocker.text,
      line: startLine,
    }
    return reason.code === 'opaque-command' ? { ...reason, line: startLine } : reason
  }
  const run = readRun(instruction, dockerfile)
  if (run.form !== 'shell' || run.toFile === undefined) return { code: 'run-form', form: run.form }
  const last = Math.max(...above.map((atom) => atom.part))
  return cutAfter(dockerfile, step, parts, last, above, run.toFile)
}

function cutAfter(
  dockerfile: Dockerfile,
  step: Step,
  parts: readonly Part[],
  last: number,
  atoms: readonly Atom[],
  toFile: (offset: number) => number,
): Cut | Reason {
  const { instruction } = step
  const { text, eol } = dockerfile
  const here = parts[last]
  const next = parts[last + 1]
  if (here === undefined || next === undefined) return { atoms }
  const headEnd = toFile(here.range.end - 1) + 1
  const tailStart = toFile(next.range.start)
  const state = parts.slice(0, last + 1).filter((part) => part.state)
  const spell = (part: Part): string => text.slice(toFile(part.range.start), toFile(part.range.end - 1) + 1)
  const risky = state.find((part) => !/^(cd|set|export|umask)\s[^\n]*$/.test(spell(part)))
  if (risky !== undefined) return { code: 'shell-state', text: spell(risky) }
  const cwd = step.atoms.find((atom) => atom.part > last)?.cwd
  const isWalk = state.length > 1 && state.every((part) => /^cd\s+[\w./-]*\w\/?$/.test(spell(part)))
  const prelude =
    isWalk && cwd !== undefined && (isWithin(cwd, step.before.workdir) || !cwd.startsWith(BASE_WORKDIR))
      ? enter(cwd, step.before.workdir)
      : state.map((part) => `${spell(part)}${part.operator === '&&' ? ' && ' : '; '}`).join('')
  const start = text.slice(instruction.range.start, toFile(0))
  const comments = text
    .slice(headEnd, tailStart)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('#'))
  const tail = `${start}${prelude}${text.slice(tailStart, instruction.range.end)}`
  return {
    atoms,
    head: text.slice(instruction.range.start, headEnd),
    tail: [...comments, tail].map((line) => indentOf(dockerfile, instruction.index) + line).join(eol),
  }
}

/** One `cd` in place of several. */
function enter(cwd: string, workdir: string): string {
  if (cwd === workdir) return ''
  return `cd ${isWithin(cwd, workdir) && workdir !== '/' ? relativeTo(cwd, workdir) : cwd} && `
}

/** Why a command cannot stand above the copies; `undefined` when it can, with its manifests copied first. */
export function needsSources(atom: Atom, copies: readonly Step[]): Reason | undefined {
  const opaque = atom.effects.find((effect) => !effect.known)
  if (opaque !== undefined && !opaque.known)
    return opaque.reason ?? { code: 'opaque-command', text: atom.text, line: 0 }
  const regions = copies.flatMap((copy) => copy.writes.map((write) => write.region))
  for (const region of regions) {
    if (region.kind !== 'mapped') continue
    const overwritten = atom.writes.find(
      (write) =>
        write.allow === undefined &&
        overlaps(write.region, region) &&
        !isDependencyOutput(atom, write.ignore),
    )
    if (overwritten !== undefined) {
      const path = 'path' in overwritten.region ? overwritten.region.path : undefined
      const file =
        path === undefined ? atom.text : isWithin(path, region.path) ? toSource(region, path) : path
      return { code: 'edits-manifest', command: atom.text, file }
    }
    const read = atom.reads.find(
      (item) => item.kind === 'tree' && item.found && isWithin(region.path, item.path),
    )
    if (read !== undefined) return { code: 'reads-sources', text: atom.text, path: read.path }
  }
  return undefined
}

/** Overlaps of what installs write (`node_modules`) are refused with a better reason later. */
function isDependencyOutput(atom: Atom, ignore: string | undefined): boolean {
  return ignore !== undefined && isInstall(atom)
}

/** Whether a command puts dependencies in place or downloads them. */
export function isInstall(atom: Atom): boolean {
  return atom.effects.some((effect) => effect.role === 'install' || effect.role === 'fetch')
}
