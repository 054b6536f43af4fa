/** Closed intervals of code points; `negated` inverts them. */
interface CodePoints {
  readonly ranges: readonly (readonly [number, number])[]
  readonly negated: boolean
}

/** `dirs` is `(.*\/)?`, the only group that ignore patterns produce. */
type Token =
  | { readonly kind: 'set'; readonly set: CodePoints; star: boolean }
  | { readonly kind: 'dirs' }
  | { readonly kind: 'assert'; readonly source: '^' | '$' | '\\b' | '\\B' }

/**
 * Compiles the dialect of Go's `regexp` that translated ignore patterns use (https://pkg.go.dev/regexp/syntax):
 * literals, classes, escapes, `X*`, `(.*\/)?` and the assertions. `undefined` means a syntax error there, or
 * `\p`, whose tables differ between Go and JavaScript. A test takes time linear in path times pattern, or at most
 * quadratic in the path: nobody's ignore file can hang it.
 */
export function compileGoRegexp(source: string): ((text: string) => boolean) | undefined {
  const tokens = parseTokens([...source])
  if (tokens === undefined) return undefined
  const loops = tokens.filter((token) => token.kind === 'dirs' || (token.kind === 'set' && token.star))
  if (loops.length > 2) return (text) => simulate(tokens, text)
  const regexp = new RegExp(tokens.map(toSource).join(''), 'u')
  return (text) => regexp.test(text)
}

/** Runs all alternatives at once: `at[i]` says whether the tokens so far can have consumed `i` code points. */
export function simulate(tokens: readonly Token[], text: string): boolean {
  const points = Array.from(text, (char) => char.codePointAt(0) ?? 0)
  let at: boolean[] = points.map(() => false)
  at.push(false)
  // Translated patterns begin with `^`: no other starting point can succeed.
  at[0] = true
  for (const token of tokens) {
    at = step(token, points, at)
    if (!at.includes(true)) return false
  }
  return true
}

function step(token: Token, points: readonly number[], at: readonly boolean[]): boolean[] {
  if (token.kind === 'assert') return at.map((on, i) => on && holds(token.source, points, i))
  const next: boolean[] = []
  let open = false
  for (let i = 0; i <= points.length; i++) {
    const before = points[i - 1] ?? -1
    if (token.kind === 'dirs') {
      next.push(at[i] === true || (open && before === SLASH))
      open = at[i] === true || (open && before !== NEWLINE)
    } else if (token.star) {
      open = at[i] === true || (open && contains(token.set, before))
      next.push(open)
    } else next.push(i > 0 && at[i - 1] === true && contains(token.set, before))
  }
  return next
}

function holds(source: '^' | '$' | '\\b' | '\\B', points: readonly number[], i: number): boolean {
  if (source === '^') return i === 0
  if (source === '$') return i === points.length
  const edge = contains(WORD, points[i - 1] ?? -1) !== contains(WORD, points[i] ?? -1)
  return edge === (source === '\\b')
}

function contains(set: CodePoints, point: number): boolean {
  return point >= 0 && set.ranges.some(([low, high]) => low <= point && point <= high) !== set.negated
}

function toSource(token: Token): string {
  if (token.kind === 'dirs') return '(?:[^\\n]*/)?'
  if (token.kind === 'assert') return token.source
  const hex = (point: number) => `\\u{${point.toString(16)}}`
  const ranges = token.set.ranges.map(([low, high]) => `${hex(low)}-${hex(high)}`).join('')
  return `[${token.set.negated ? '^' : ''}${ranges}]${token.star ? '*' : ''}`
}

/** All tokens; exported for tests, which compare the simulation with the regular expression. */
export function parseTokens(chars: readonly string[]): Token[] | undefined {
  const tokens: Token[] = []
  let i = 0
  while (i < chars.length) {
    const char = chars[i] ?? ''
    const next = chars[i + 1] ?? ''
    if (char === '\\' && next === 'Q') {
      // Everything up to `\E` is literal, the translation of `*` and the final `$` included.
      for (i += 2; i < chars.length && !(chars[i] === '\\' && chars[i + 1] === 'E'); i++)
        tokens.push(literal(chars[i] ?? ''))
      i += 2
    } else if (char === '\\' && /^[AzbB]$/.test(next)) {
      const source = next === 'A' ? '^' : next === 'z' ? '$' : next === 'b' ? '\\b' : '\\B'
      tokens.push({ kind: 'assert', source })
      i += 2
    } else if (char === '\\' || char === '[') {
      const parsed = char === '[' ? parseClass(chars, i) : parseEscape(chars, i)
      if (parsed === undefined) return undefined
      tokens.push({ kind: 'set', set: parsed.set, star: false })
      i = parsed.end
    } else if (char === '(') {
      if (chars.slice(i, i + DIRS.length).join('') !== DIRS) return undefined
      tokens.push({ kind: 'dirs' })
      i += DIRS.length
    } else if (char === '*') {
      const last = tokens.at(-1)
      if (last?.kind !== 'set' || last.star) return undefined
      last.star = true
      i++
    } else {
      if (char === '^' || char === '$') tokens.push({ kind: 'assert', source: char })
      else if (char === '.')
        tokens.push({ kind: 'set', set: { ranges: [[10, 10]], negated: true }, star: false })
      else tokens.push(literal(char))
      i++
    }
  }
  return tokens
}

interface Parsed {
  readonly set: CodePoints
  readonly end: number
}

function literal(char: string): Token {
  return { kind: 'set', set: single(char.codePointAt(0) ?? 0), star: false }
}

function single(point: number): CodePoints {
  return { ranges: [[point, point]], negated: false }
}

/** A class from its `[`. A `]` that comes first is a member. */
function parseClass(chars: readonly string[], start: number): Parsed | undefined {
  const negated = chars[start + 1] === '^'
  const first = start + (negated ? 2 : 1)
  const ranges: [number, number][] = []
  let i = first
  while (i === first || chars[i] !== ']') {
    if (i >= chars.length) return undefined
    if (chars[i] === '[' && chars[i + 1] === ':') {
      const name = /^\[:(.*?):\]/su.exec(chars.slice(i).join(''))
      if (name !== null) {
        const named = POSIX.get((name[1] ?? '').replace(/^\^/, ''))
        if (named === undefined) return undefined
        addAll(ranges, { ranges: named, negated: name[1]?.startsWith('^') === true })
        i += [...name[0]].length
        continue
      }
    }
    const low = parseMember(chars, i)
    if (low === undefined) return undefined
    i = low.end
    const from = onlyPoint(low.set)
    if (from !== undefined && chars[i] === '-' && i + 1 < chars.length && chars[i + 1] !== ']') {
      const high = parseMember(chars, i + 1)
      const to = high === undefined ? undefined : onlyPoint(high.set)
      // Go refuses `a-\d` and reversed ranges.
      if (high === undefined || to === undefined || to < from) return undefined
      ranges.push([from, to])
      i = high.end
    } else addAll(ranges, low.set)
  }
  return { set: { ranges, negated }, end: i + 1 }
}

function parseMember(chars: readonly string[], i: number): Parsed | undefined {
  if (chars[i] === '\\') return parseEscape(chars, i)
  const point = chars[i]?.codePointAt(0)
  return point === undefined ? undefined : { set: single(point), end: i + 1 }
}

function onlyPoint(set: CodePoints): number | undefined {
  const range = set.ranges[0]
  const isOne = set.ranges.length === 1 && !set.negated && range !== undefined && range[0] === range[1]
  return isOne ? range[0] : undefined
}

function addAll(ranges: [number, number][], set: CodePoints): void {
  if (!set.negated) return void ranges.push(...set.ranges.map(([a, b]): [number, number] => [a, b]))
  let low = 0
  for (const [a, b] of [...set.ranges].sort((x, y) => x[0] - y[0])) {
    if (a > low) ranges.push([low, a - 1])
    low = b + 1
  }
  ranges.push([low, 0x10ffff])
}

function parseEscape(chars: readonly string[], start: number): Parsed | undefined {
  const char = chars[start + 1]
  if (char === undefined) return undefined
  const perl = { d: POSIX.get('digit'), s: PERL_SPACE, w: POSIX.get('word') }[char.toLowerCase()]
  if (perl !== undefined)
    return { set: { ranges: perl, negated: char === char.toUpperCase() }, end: start + 2 }
  const rest = chars.slice(start + 1, start + 4).join('')
  const number = /^x[0-9a-fA-F]{2}/.exec(rest)?.[0] ?? /^(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(rest)?.[0]
  if (number !== undefined) {
    const point = number.startsWith('x') ? parseInt(number.slice(1), 16) : parseInt(number, 8)
    return { set: single(point), end: start + 1 + number.length }
  }
  const control = CONTROLS.get(char)
  if (control !== undefined) return { set: single(control), end: start + 2 }
  const point = char.codePointAt(0) ?? 0
  return point < 128 && !/[0-9A-Za-z]/.test(char) ? { set: single(point), end: start + 2 } : undefined
}

const DIRS = '(.*/)?'
const SLASH = 47
const NEWLINE = 10
const CONTROLS: ReadonlyMap<string, number> = new Map([
  ['a', 7],
  ['f', 12],
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['v', 11],
])
const PERL_SPACE = toRanges('\t\n\f\r  ')
const POSIX: ReadonlyMap<string, readonly (readonly [number, number])[]> = new Map([
  ['alnum', toRanges('09AZaz')],
  ['alpha', toRanges('AZaz')],
  ['ascii', toRanges('\0\x7f')],
  ['blank', toRanges('\t\t  ')],
  ['cntrl', toRanges('\0\x1f\x7f\x7f')],
  ['digit', toRanges('09')],
  ['graph', toRanges('!~')],
  ['lower', toRanges('az')],
  ['print', toRanges(' ~')],
  ['punct', toRanges('!/:@[`{~')],
  ['space', toRanges('\t\r  ')],
  ['upper', toRanges('AZ')],
  ['word', toRanges('09AZaz__')],
  ['xdigit', toRanges('09AFaf')],
])
const WORD: CodePoints = { ranges: toRanges('09AZaz__'), negated: false }

/** Pairs of characters to ranges. */
function toRanges(pairs: string): (readonly [number, number])[] {
  const points = Array.from(pairs, (char) => char.charCodeAt(0))
  return points.flatMap((low, i) => (i % 2 === 0 ? [[low, points[i + 1] ?? low] as const] : []))
}
