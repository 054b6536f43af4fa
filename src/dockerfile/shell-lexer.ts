import type { LexOptions, LexResult } from './shell-lexer-types.ts'
import { matchPattern, type PatternOperator } from './shell-pattern.ts'
import { isSpace } from './white-space.ts'

/** A text, or `undefined` when it depends on something unknown. */
type Text = string | undefined

interface State {
  readonly source: string
  readonly options: LexOptions
  readonly names: Set<string>
  at: number
  rawEscapes: boolean
  /** The word being read; shared with nested expansions, which clear it. That is BuildKit's flaw, and kept. */
  word: string
  depth: number
  failed: boolean
}

const maxDepth = 100

/**
 * Expands a word as BuildKit's `shell.Lex` does; `undefined` where BuildKit reports an error.
 * https://github.com/moby/buildkit/blob/master/frontend/dockerfile/shell/lex.go
 */
export function lexShellWord(source: string, options: LexOptions): LexResult | undefined {
  const names = new Set<string>()
  const rawEscapes = options.rawEscapes ?? false
  // Go's scanner drops a byte order mark at the start.
  const at = source.startsWith('\uFEFF') ? 1 : 0
  const state: State = { source, options, names, at, rawEscapes, word: '', depth: 0, failed: false }
  const { value, words } = readUntil(state, undefined, rawEscapes)
  return state.failed ? undefined : { value, words, names }
}

function readUntil(
  state: State,
  stop: string | undefined,
  rawEscapes: boolean,
): { value: Text; words: string[] } {
  const saved = state.rawEscapes
  state.rawEscapes = rawEscapes
  state.depth++
  if (state.depth > maxDepth) state.failed = true
  const result = readPieces(state, stop)
  state.depth--
  state.rawEscapes = saved
  return result
}

function readPieces(state: State, stop: string | undefined): { value: Text; words: string[] } {
  const words: string[] = []
  let value: Text = ''
  let inWord = false
  state.word = ''
  const addRaw = (text: string): void => {
    state.word += text
    inWord = true
  }
  const add = (text: string): void => {
    for (const char of text) {
      if (!isSpace(char.charCodeAt(0))) addRaw(char)
      else if (inWord && state.word !== '') {
        words.push(state.word)
        state.word = ''
        inWord = false
      }
    }
  }
  const finish = (): { value: Text; words: string[] } => {
    if (state.word !== '') words.push(state.word)
    state.word = ''
    return { value, words }
  }
  while (!state.failed && state.at < state.source.length) {
    const char = state.source.charAt(state.at)
    if (char === stop) {
      state.at++
      return finish()
    }
    if (char === '$') {
      const text = readDollar(state)
      value = join(value, text)
      add(text ?? '')
    } else if (char === '<' || isQuote(state, char)) {
      const text = char === '<' ? readLess(state) : readQuoted(state, char)
      value = join(value, text)
      addRaw(text ?? '')
    } else if (char === state.options.escape) {
      const next = state.source.charAt(state.at + 1)
      const text = (state.rawEscapes ? char : '') + next
      state.at += 2
      value = join(value, text)
      if (text !== '') addRaw(text)
    } else {
      state.at++
      value = join(value, char)
      add(char)
    }
  }
  if (stop !== undefined) state.failed = true
  return finish()
}

function isQuote(state: State, char: string): boolean {
  return (char === "'" || char === '"') && state.options.skipQuotes !== true
}

function readQuoted(state: State, quote: string): Text {
  const kept = state.options.rawQuotes === true ? quote : ''
  let value: Text = kept
  for (state.at++; !state.failed && state.at < state.source.length;) {
    const char = state.source.charAt(state.at)
    if (char === quote) {
      state.at++
      return join(value, kept)
    }
    if (quote === '"' && char === '$') value = join(value, readDollar(state))
    else if (quote === '"' && char === state.options.escape) value = join(value, readEscapeInQuotes(state))
    else {
      state.at++
      value = join(value, char)
    }
  }
  state.failed = true
  return undefined
}

function readEscapeInQuotes(state: State): string {
  const { escape } = state.options
  const kept = state.rawEscapes ? escape : ''
  const next = state.source.charAt(state.at + 1)
  state.at++
  if (next === '') return kept
  if (next !== '"' && next !== '$' && next !== escape) return kept + escape
  state.at++
  return kept + next
}

/** `<<` and the white space after it stay in one word, so that `<< EOF` is found as a heredoc. */
function readLess(state: State): string {
  if (state.source.charAt(state.at + 1) !== '<') {
    state.at++
    return '<'
  }
  const start = state.at
  state.at += 2
  while ('\t\r '.includes(state.source.charAt(state.at) || 'x')) state.at++
  return state.source.slice(start, state.at)
}

function readDollar(state: State): Text {
  state.at++
  if (state.source.charAt(state.at) !== '{') {
    const name = readName(state)
    if (name === '') return '$'
    const value = look(state, name)
    return value === false ? (state.options.skipUnset === true ? `$${name}` : '') : value
  }
  state.at++
  const next = state.source.charAt(state.at)
  if (next === '' || '{}:'.includes(next)) return fail(state)
  const name = readName(state)
  const operator = state.source.charAt(state.at)
  state.at++
  if (operator === '}') {
    const value = look(state, name)
    return value === false ? (state.options.skipUnset === true ? `\${${name}}` : '') : value
  }
  if (operator === '/') return readReplacement(state, name)
  if (operator === '' || !':+-?#%'.includes(operator)) return fail(state)
  return readModifier(state, name, operator)
}

function readModifier(state: State, name: string, first: string): Text {
  const nullIsUnset = first === ':'
  const operator = nullIsUnset ? state.source.charAt(state.at) : first
  if (nullIsUnset) state.at++
  const isPattern = operator === '#' || operator === '%'
  if (nullIsUnset && isPattern) return fail(state)
  const word = readUntil(state, '}', isPattern).value
  if (state.failed) return undefined
  const found = look(state, name)
  if (found === false && state.options.skipUnset === true) {
    return `\${${name}${nullIsUnset ? ':' : ''}${operator}${word ?? ''}}`
  }
  if (operator === '-' || operator === '+' || operator === '?') {
    if (found === undefined) return undefined
    const isUnset = found === false || (nullIsUnset && found === '')
    if (operator === '+') return isUnset ? '' : word
    if (!isUnset) return found
    return operator === '-' ? word : fail(state)
  }
  if (!isPattern) return fail(state)
  if (found === undefined || word === undefined) return undefined
  const isLongest = word.startsWith(operator)
  const kind: PatternOperator = operator === '#' ? (isLongest ? '##' : '#') : isLongest ? '%%' : '%'
  const result = matchPattern(found === false ? '' : found, kind, isLongest ? word.slice(1) : word)
  return result ?? fail(state)
}

function readReplacement(state: State, name: string): Text {
  const isAll = state.source.charAt(state.at) === '/'
  if (isAll) state.at++
  const pattern = readUntil(state, '/', true).value
  if (state.failed) return undefined
  const replacement = readUntil(state, '}', true).value
  if (state.failed) return undefined
  const found = look(state, name)
  if (found === false && state.options.skipUnset === true) {
    return `\${${name}/${pattern ?? ''}/${replacement ?? ''}}`
  }
  if (found === undefined || pattern === undefined || replacement === undefined) return undefined
  return matchPattern(found === false ? '' : found, isAll ? '//' : '/', pattern, replacement) ?? fail(state)
}

function readName(state: State): string {
  const { source, at } = state
  const name = sticky(/\p{Nd}+|[@*#?\-$!]|[\p{L}_][\p{L}\p{Nd}_]*/uy, source, at)
  state.at += name.length
  return name
}

function sticky(pattern: RegExp, source: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0] ?? ''
}

function look(state: State, name: string): string | false | undefined {
  state.names.add(name)
  return state.options.lookup(name)
}

function fail(state: State): undefined {
  state.failed = true
  return undefined
}

function join(left: Text, right: Text): Text {
  return left === undefined || right === undefined ? undefined : left + right
}
