/** What is done with the match: cut from the front or the back, or replaced. */
export type PatternOperator = '#' | '##' | '%' | '%%' | '/' | '//'

/** A character, `star` for any number of them, `any` for one; a newline is matched only by itself. */
type Token = { readonly char: string } | 'star' | 'any'

/** Far more than any real value takes. */
const maxSteps = 2_000_000

/**
 * Applies `${x#p}`, `${x%p}` or `${x/p/r}` as BuildKit does: `*` and `?` are wildcards, brackets are not.
 * `undefined` when BuildKit refuses the pattern, or when matching it would take very long.
 */
export function matchPattern(
  value: string,
  operator: PatternOperator,
  pattern: string,
  replacement = '',
): string | undefined {
  const tokens = toTokens(pattern)
  const chars = [...value]
  const isReplacement = operator === '/' || operator === '//'
  const steps = chars.length * pattern.length * (isReplacement ? chars.length : 1)
  if (tokens === undefined || steps > maxSteps) return undefined
  switch (operator) {
    case '#':
    case '##':
      return cutFront(chars, tokens, operator === '##').join('')
    case '%':
    case '%%':
      return cutFront(chars.toReversed(), tokens.toReversed(), operator === '%%')
        .toReversed()
        .join('')
    case '/':
      return replace(chars, tokens, replacement, false)
    case '//':
      // Go would take `$1` in the replacement for a group.
      return replacement.includes('$') ? undefined : replace(chars, tokens, replacement, true)
  }
}

function cutFront(chars: readonly string[], tokens: readonly Token[], longest: boolean): readonly string[] {
  const lengths = findMatches(chars, tokens, 0)
  return chars.slice((longest ? lengths.at(-1) : lengths[0]) ?? 0)
}

function replace(
  chars: readonly string[],
  tokens: readonly Token[],
  replacement: string,
  all: boolean,
): string {
  let result = ''
  let isDone = false
  // Go matches nothing just after a match.
  let lastEnd = -1
  for (let at = 0; at <= chars.length;) {
    const length = isDone ? undefined : findMatches(chars, tokens, at).at(-1)
    if (length !== undefined && !(length === 0 && at === lastEnd)) {
      result += replacement
      isDone = !all
      lastEnd = at + length
      at += length
      if (length > 0) continue
    }
    result += chars[at] ?? ''
    at++
  }
  return result
}

/** The lengths of all matches that start at an offset, in ascending order. */
function findMatches(chars: readonly string[], tokens: readonly Token[], start: number): readonly number[] {
  const lengths: number[] = []
  let active = follow(new Set([0]), tokens)
  for (let at = start; active.size > 0; at++) {
    if (active.has(tokens.length)) lengths.push(at - start)
    const char = chars[at]
    if (char === undefined) break
    active = follow(advance(active, tokens, char), tokens)
  }
  return lengths
}

function advance(active: ReadonlySet<number>, tokens: readonly Token[], char: string): Set<number> {
  const next = new Set<number>()
  for (const state of active) {
    const token = tokens[state]
    if (token === 'star' && char !== '\n') next.add(state)
    else if (token === 'any' && char !== '\n') next.add(state + 1)
    else if (typeof token === 'object' && token.char === char) next.add(state + 1)
  }
  return next
}

/** A star may stand for nothing. */
function follow(active: Set<number>, tokens: readonly Token[]): Set<number> {
  for (const state of active) if (tokens[state] === 'star') active.add(state + 1)
  return active
}

function toTokens(pattern: string): readonly Token[] | undefined {
  const tokens: Token[] = []
  for (const piece of pattern.match(/\\[^]|[^]/gu) ?? []) {
    if (piece === '*') tokens.push('star')
    else if (piece === '?') tokens.push('any')
    else if (!piece.startsWith('\\')) tokens.push({ char: piece })
    else if (['\\*', '\\?', '\\\\', '\\}', '\\/'].includes(piece)) tokens.push({ char: piece.charAt(1) })
    else return undefined
  }
  return tokens
}
