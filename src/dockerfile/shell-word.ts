import type { Assignment, DoubleQuotedChild, ParameterExpansionPart, Word, WordPart } from 'unbash'
import type { ShellAssignment, ShellWord, ShellWordPart } from './shell-types.ts'

const opaque: ShellWordPart = { kind: 'opaque' }

export function toShellWord(word: Word, splits: boolean): ShellWord {
  const parts = word.parts === undefined ? [text(word.value)] : word.parts.flatMap(toPart)
  return {
    raw: word.text,
    range: { start: word.pos, end: word.end },
    parts,
    hasGlob: word.parts?.some((part) => part.type === 'Glob' || part.type === 'ExtendedGlob') ?? false,
    tilde: word.text.startsWith('~'),
    splits,
  }
}

/** A word that the source does not spell: its place is empty. */
export function literalWord(value: string, at: number): ShellWord {
  const range = { start: at, end: at }
  return { raw: '', range, parts: [text(value)], hasGlob: false, tilde: false, splits: false }
}

/** An assignment that is an argument (`export A=b`) as the word that it is. */
export function toAssignmentWord(assignment: Assignment): ShellWord {
  const { name, value } = toAssignment(assignment)
  const plain = assignment.text.startsWith(`${name}=`)
  return {
    ...value,
    raw: assignment.text,
    range: { start: assignment.pos, end: assignment.end },
    parts: plain ? [text(`${name}=`), ...value.parts] : [opaque],
    tilde: false,
    splits: true,
  }
}

export function toAssignment({ name, value, append, index }: Assignment): ShellAssignment {
  if (value.type === 'Word' && append !== true && index === undefined) {
    return { name, value: toShellWord(value, false) }
  }
  const range = { start: value.pos, end: value.end }
  return { name, value: { raw: '', range, parts: [opaque], hasGlob: false, tilde: false, splits: false } }
}

function toPart(part: WordPart): readonly ShellWordPart[] {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'Glob':
      return [text(part.value)]
    case 'DoubleQuoted':
      return [text(''), ...part.parts.map(toQuotedPart)]
    case 'SimpleExpansion':
      return [toVariable(part.text.slice(1), false)]
    case 'ParameterExpansion':
      return [toParameter(part, false)]
    default:
      return [opaque]
  }
}

function toQuotedPart(part: DoubleQuotedChild): ShellWordPart {
  switch (part.type) {
    case 'Literal':
      return text(part.value)
    case 'SimpleExpansion':
      return toVariable(part.text.slice(1), true)
    case 'ParameterExpansion':
      return toParameter(part, true)
    default:
      return opaque
  }
}

/** Positional and special parameters are opaque: their values are the shell's own. */
function toVariable(name: string, quoted: boolean): ShellWordPart {
  return /^[A-Za-z_]\w*$/.test(name) ? { kind: 'variable', name, quoted } : opaque
}

function toParameter(part: ParameterExpansionPart, quoted: boolean): ShellWordPart {
  const { operation, prefix, index, parameter } = part
  const variable = toVariable(parameter, quoted)
  if (prefix !== undefined || index !== undefined || variable.kind !== 'variable') return opaque
  if (operation === undefined) return variable
  if (operation.type !== 'Default' && operation.type !== 'Remove') return opaque
  const operand = toShellWord(operation.operand, false)
  return { ...variable, operation: { operator: operation.operator, operand } }
}

function text(value: string): ShellWordPart {
  return { kind: 'text', value }
}
