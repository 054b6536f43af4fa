import { BASE_WORKDIR, isWithin, relativeTo } from '../../src/model/paths.ts'
import { indentOf } from '../shared/arrange.ts'
import type { FlagsOfHalves } from './cut-flags.ts'
import type { RunScript } from '../../src/dockerfile/run-script.ts'
import type { Dockerfile, Flag, Instruction } from '../../src/dockerfile/types.ts'
import type { Reason } from '../../src/findings/reasons.ts'
import type { Atom, Part } from '../../src/model/run.ts'
import type { Step } from '../../src/model/step.ts'

/** The two RUNs that a cut makes. */
export interface CutText {
  readonly head: string
  readonly tail: string
  /** Commands of the second half that remove what the first one leaves in its layer. */
  readonly late: readonly Atom[]
}

export interface CutInput {
  readonly dockerfile: Dockerfile
  readonly step: Step
  readonly run: RunScript
  /** The part behind which the RUN is cut. */
  readonly last: number
  readonly flags: FlagsOfHalves
  /** Commands of the second half that the first one runs too. */
  readonly cleanups: readonly Atom[]
}

/** Shell state that can be repeated: it is spelled in one line and has no other effect. */
const REPEATABLE =
  /^(cd|set|export|umask|pushd|popd)\s[^\n]*$|^(\.|source)\s+\S+\/bin\/activate$|^popd$|^\w+=[\w./:@-]*$|^\w+\s*\(\)\s*\{[^\n]*\}$/

/** Spells both halves; the shell's state at the cut is repeated in the second. */
export function spellCut(input: CutInput): Omit<CutText, 'late'> | Reason {
  const { step, run, last } = input
  const here = step.parts[last]
  const next = step.parts[last + 1]
  const spell = (part: Part): string => spellRange(input, part.range.start, part.range.end)
  const state = step.parts.slice(0, last + 1).filter((part) => part.state)
  const risky = state.find((part) => !REPEATABLE.test(spell(part)))
  if (risky !== undefined) return { code: 'shell-state', text: spell(risky) }
  if (here === undefined || next === undefined) return { code: 'run-form', form: run.form }
  const prelude = toPrelude(input, state, spell)
  if (run.form === 'exec') return spellExec(input, here, next, prelude)
  if (run.toFile === undefined) return { code: 'run-form', form: run.form }
  return run.form === 'heredoc'
    ? spellHeredoc(input, run.toFile, here, next, prelude)
    : spellLine(input, run.toFile, here, next, prelude)
}

function spellRange({ run, dockerfile }: CutInput, start: number, end: number): string {
  if (run.toFile === undefined) return run.source.slice(start, end)
  return dockerfile.text.slice(run.toFile(start), run.toFile(end - 1) + 1)
}

function toPrelude(input: CutInput, state: readonly Part[], spell: (part: Part) => string): string {
  const { step, last, run, dockerfile } = input
  const cwd = step.atoms.find((atom) => atom.part > last)?.cwd
  const { workdir } = step.before
  const isWalk = state.length > 1 && state.every((part) => /^cd\s+[\w./-]*\w\/?$/.test(spell(part)))
  if (isWalk && cwd !== undefined && (isWithin(cwd, workdir) || !cwd.startsWith(BASE_WORKDIR)))
    return enter(cwd, workdir)
  const end = run.form === 'heredoc' ? dockerfile.eol : '; '
  return state.map((part) => `${spell(part)}${part.operator === '&&' ? ' && ' : end}`).join('')
}

/** One `cd` in place of several. */
function enter(cwd: string, workdir: string): string {
  if (cwd === workdir) return ''
  return `cd ${isWithin(cwd, workdir) && workdir !== '/' ? relativeTo(cwd, workdir) : cwd} && `
}

/** A plain command line, or one in brackets. */
function spellLine(
  input: CutInput,
  toFile: (offset: number) => number,
  here: Part,
  next: Part,
  prelude: string,
): Omit<CutText, 'late'> {
  const { dockerfile, step, cleanups, flags } = input
  const { instruction } = step
  const { text, eol } = dockerfile
  const headEnd = toFile(here.range.end - 1) + 1
  const tailStart = toFile(next.range.start)
  const lastPart = step.parts.at(-1) ?? next
  const open = step.framed ? text.slice(toFile(0), toFile(step.parts[0]?.range.start ?? 0)) : ''
  const close = step.framed ? text.slice(toFile(lastPart.range.end - 1) + 1, instruction.range.end) : ''
  const added = cleanups.map((atom) => ` && ${atom.text}`).join('')
  const head = `${startWith(dockerfile, instruction, flags.head)}${text.slice(toFile(0), headEnd)}${added}${close}`
  const tail = `${startWith(dockerfile, instruction, flags.tail)}${open}${prelude}${text.slice(tailStart, instruction.range.end)}`
  const lines = [...commentsBetween(text, headEnd, tailStart), tail]
  return { head, tail: lines.map((line) => indentOf(dockerfile, instruction.index) + line).join(eol) }
}

function spellHeredoc(
  input: CutInput,
  toFile: (offset: number) => number,
  here: Part,
  next: Part,
  prelude: string,
): Omit<CutText, 'late'> | Reason {
  const { dockerfile, step, cleanups, flags } = input
  const { instruction } = step
  const { text, eol } = dockerfile
  const [heredoc] = instruction.heredocs
  if (heredoc === undefined) return { code: 'run-form', form: 'heredoc' }
  const { body, chomp } = heredoc
  const start = (own: readonly Flag[]): string =>
    startWith(dockerfile, instruction, own) + text.slice(instruction.rest.toFile(0), body.start)
  const headEnd = toFile(here.range.end - 1) + 1
  const tailStart = toFile(next.range.start)
  const close = text.slice(body.end, instruction.range.end)
  const [line = ''] = text.slice(body.start, body.end).split('\n')
  const shebang = line.startsWith('#!') ? `${line}\n` : ''
  const tabs = chomp ? (/^\t*/.exec(text.slice(text.lastIndexOf('\n', tailStart - 1) + 1))?.[0] ?? '') : ''
  const operator = here.operator === '&&' ? ' && ' : `${eol}${tabs}`
  const added = cleanups.map((atom) => `${operator}${atom.text}`).join('')
  const comments = commentsBetween(text, headEnd, tailStart).map((comment) => `${tabs}${comment}${eol}`)
  // What the first half has set comes first, each line behind the tabs of `<<-`.
  const state = prelude.replaceAll(/^(?=.)/gm, tabs)
  const isInline = prelude !== '' && !prelude.endsWith(eol)
  return {
    head: `${start(flags.head)}${text.slice(body.start, headEnd)}${added}${eol}${close}`,
    tail: [
      start(flags.tail),
      shebang,
      ...(isInline ? [...comments, state] : [state, ...comments, tabs]),
      text.slice(tailStart, instruction.range.end),
    ].join(''),
  }
}

/** `["sh", "-c", "a && b"]`. */
function spellExec(input: CutInput, here: Part, next: Part, prelude: string): Omit<CutText, 'late'> {
  const { dockerfile, step, run, cleanups, flags } = input
  const { instruction } = step
  const { source, argv = [] } = run
  const lastPart = step.parts.at(-1) ?? next
  const open = step.framed ? source.slice(0, step.parts[0]?.range.start ?? 0) : ''
  const close = step.framed ? source.slice(lastPart.range.end) : ''
  const added = cleanups.map((atom) => ` && ${atom.text}`).join('')
  const write = (own: readonly Flag[], script: string): string => {
    const words = [...argv.slice(0, -1), script].map((word) => JSON.stringify(word))
    return `${startWith(dockerfile, instruction, own)}[${words.join(', ')}]`
  }
  return {
    head: write(flags.head, `${source.slice(0, here.range.end)}${added}${close}`),
    tail:
      indentOf(dockerfile, instruction.index) +
      write(flags.tail, `${open}${prelude}${source.slice(next.range.start)}`),
  }
}

/** The keyword and some of the flags, with the white space and continuations that follow each of them. */
function startWith({ text }: Dockerfile, instruction: Instruction, flags: readonly Flag[]): string {
  const all = instruction.flags
  const end = instruction.rest.toFile(0)
  const first = all[0]?.range.start ?? end
  const spelled = all.map((flag, index) =>
    flags.includes(flag) ? text.slice(flag.range.start, all[index + 1]?.range.start ?? end) : '',
  )
  return text.slice(instruction.range.start, first) + spelled.join('')
}

function commentsBetween(text: string, start: number, end: number): readonly string[] {
  return text
    .slice(start, end)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('#'))
}
