/** A pattern as the builder uses it, and where it stands. */
export interface IgnoreLine {
  /** Cleaned, without `!`. */
  readonly pattern: string
  readonly negated: boolean
  /** 1-based. */
  readonly line: number
}

/**
 * The patterns of an ignore file: what https://github.com/moby/patternmatcher's `ignorefile.ReadAll` and then its
 * `New` make of each line. The second pass is visible: `/!a` is a negation. A lone `!` keeps an empty pattern.
 */
export function parseIgnoreLines(text: string): readonly IgnoreLine[] {
  const lines: IgnoreLine[] = []
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    // Only a `#` in the first column starts a comment.
    const read = raw.startsWith('#') ? '' : trim(raw)
    if (read === '') continue
    const negated = read.startsWith('!')
    const path = negated ? trim(read.slice(1)) : read
    const relative = path === '' ? '' : withoutSlash(cleanPath(path))
    const again = trim(negated ? `!${relative}` : relative)
    if (again === '') continue
    const cleaned = cleanPath(again)
    const isNegated = cleaned.startsWith('!')
    lines.push({ pattern: isNegated ? cleaned.slice(1) : cleaned, negated: isNegated, line: index + 1 })
  }
  return lines
}

function withoutSlash(path: string): string {
  return path.length > 1 && path.startsWith('/') ? path.slice(1) : path
}

/** Go's `filepath.Clean`: resolves `.`, `..` and double slashes by text alone; `.` for nothing. */
export function cleanPath(path: string): string {
  const rooted = path.startsWith('/')
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (!rooted) parts.push('..')
  }
  return rooted ? `/${parts.join('/')}` : parts.join('/') || '.'
}

/** Go's `strings.TrimSpace`; unlike JavaScript's `trim` it takes U+0085 and leaves U+FEFF. */
function trim(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isSpace(text, start)) start++
  while (end > start && isSpace(text, end - 1)) end--
  return text.slice(start, end)
}

function isSpace(text: string, index: number): boolean {
  const char = text[index] ?? ''
  return char === '\u0085' || (char !== '\uFEFF' && /\s/.test(char))
}
