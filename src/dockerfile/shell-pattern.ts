/** What is done with the match: cut from the front or the back, or replaced. */
export type PatternOperator = '#' | '##' | '%' | '%%' | '/' | '//'

const maxStars = 4
const maxLength = 10_000

/**
 * Applies `${x#p}`, `${x%p}` or `${x/p/r}` as BuildKit does: `*` and `?` are wildcards, brackets are not.
 * `undefined` when BuildKit refuses the pattern, or when matching it could take very long.
 */
export function matchPattern(
  value: string,
  operator: PatternOperator,
  pattern: string,
  replacement = '',
): string | undefined {
  if (value.length > maxLength || pattern.split('*').length - 1 > maxStars) return undefined
  switch (operator) {
    case '#':
    case '##':
      return cutFront(value, pattern, operator === '##')
    case '%':
    case '%%':
      return cutBack(value, pattern, operator === '%%')
    case '/':
      return replaceFirst(value, pattern, replacement)
    case '//':
      return replaceAll(value, pattern, replacement)
  }
}

function cutFront(value: string, pattern: string, longest: boolean): string | undefined {
  const source = toRegExpSource(pattern, longest)
  if (source === undefined) return undefined
  const match = new RegExp(`^${source}`, 'u').exec(value)
  return match === null ? value : value.slice(match[0].length)
}

/** A shortest match at the end is a shortest match at the front of the reversed text. */
function cutBack(value: string, pattern: string, longest: boolean): string | undefined {
  const cut = cutFront(reverse([...value]), reverse(splitEscapes(pattern)), longest)
  return cut === undefined ? undefined : reverse([...cut])
}

function replaceFirst(value: string, pattern: string, replacement: string): string | undefined {
  const source = toRegExpSource(pattern, true)
  return source === undefined ? undefined : value.replace(new RegExp(source, 'u'), () => replacement)
}

function replaceAll(value: string, pattern: string, replacement: string): string | undefined {
  // Go would take `$1` in the replacement for a group.
  const source = replacement.includes('$') ? undefined : toRegExpSource(pattern, true)
  return source === undefined ? undefined : value.replace(new RegExp(source, 'gu'), () => replacement)
}

function reverse(pieces: readonly string[]): string {
  return pieces.toReversed().join('')
}

function splitEscapes(pattern: string): readonly string[] {
  return pattern.match(/\\.|[^]/gsu) ?? []
}

function toRegExpSource(pattern: string, greedy: boolean): string | undefined {
  let source = ''
  for (const piece of splitEscapes(pattern)) {
    if (piece === '*') source += greedy ? '[^\\n]*' : '[^\\n]*?'
    else if (piece === '?') source += '[^\\n]'
    else if (piece === '\\}' || piece === '\\/') source += escapeRegExp(piece.charAt(1))
    else if (!piece.startsWith('\\')) source += escapeRegExp(piece)
    else if (['\\*', '\\?', '\\\\'].includes(piece)) source += piece
    else return undefined
  }
  return source
}

function escapeRegExp(text: string): string {
  return text.replace(/[[\]{}.+()|^$/]/g, '\\$&')
}
