import { matchPattern, type PatternOperator } from './shell-pattern.ts'
import type { Lookup } from './shell-lexer-types.ts'
import type { ShellVariable, ShellWord } from './shell-types.ts'

/**
 * The value of a shell word: quotes removed, variables replaced. `undefined` when it cannot be known: command
 * substitutions, arithmetic, braces, variables that `lookup` does not know, and a variable outside quotes whose
 * value the shell would split or match against files. Wildcards and `~` stay as text, see `hasGlob` and `tilde`.
 */
export function resolveWord(word: ShellWord, lookup: Lookup): string | undefined {
  let value = ''
  let isPresent = !word.splits
  for (const part of word.parts) {
    if (part.kind === 'opaque') return undefined
    if (part.kind === 'text') {
      value += part.value
      isPresent = true
      continue
    }
    const expanded = expand(part, lookup)
    if (expanded === undefined) return undefined
    if (word.splits && !part.quoted && /[\s*?[\\]/.test(expanded)) return undefined
    if (part.quoted || expanded !== '') isPresent = true
    value += expanded
  }
  // An empty variable outside quotes makes no argument at all.
  return isPresent ? value : undefined
}

function expand({ name, operation }: ShellVariable, lookup: Lookup): string | undefined {
  const found = lookup(name)
  if (operation === undefined) return found === false ? '' : found
  if (found === undefined) return undefined
  const { operator, operand } = operation
  const isUnset = found === false || (operator.startsWith(':') && found === '')
  switch (operator) {
    case '-':
    case ':-':
      return isUnset ? resolveWord(operand, lookup) : found
    case '+':
    case ':+':
      return isUnset ? '' : resolveWord(operand, lookup)
    case '=':
    case ':=':
    case '?':
    case ':?':
      return isUnset ? undefined : found
    default:
      return cut(found === false ? '' : found, operator, operand)
  }
}

function cut(value: string, operator: string, operand: ShellWord): string | undefined {
  // Brackets, quotes, escapes and variables in a pattern are more than `matchPattern` knows.
  if (/[[\]'"\\$`{}()!~]/.test(operand.raw) || !isPatternOperator(operator)) return undefined
  return matchPattern(value, operator, operand.raw)
}

function isPatternOperator(operator: string): operator is PatternOperator {
  return ['#', '##', '%', '%%'].includes(operator)
}
