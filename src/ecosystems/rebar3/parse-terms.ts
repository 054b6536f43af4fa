/** An Erlang term as a configuration file has it. */
export type Term =
  | { readonly kind: 'atom' | 'text' | 'number'; readonly text: string }
  | { readonly kind: 'tuple' | 'list'; readonly items: readonly Term[] }

/** Reads `Term. Term.` as `file:consult/1` does; `undefined` when it is not that. https://www.erlang.org/doc/apps/kernel/file.html#consult/1 */
export function parseTerms(text: string): readonly Term[] | undefined {
  const tokens = tokenize(text)
  if (tokens === undefined) return undefined
  const reader = { tokens, at: 0 }
  const terms: Term[] = []
  while (reader.at < tokens.length) {
    const term = readTerm(reader)
    if (term === undefined || tokens[reader.at]?.text !== '.' || tokens[reader.at]?.kind !== 'mark')
      return undefined
    reader.at++
    terms.push(term)
  }
  return terms
}

/** The items of the list that stands under a name: `{deps, [...]}`. */
export function itemsOf(terms: readonly Term[], name: string): readonly Term[] {
  return terms.flatMap((term) => {
    if (term.kind !== 'tuple') return []
    const [key, value] = term.items
    return key !== undefined && 'text' in key && key.text === name && value?.kind === 'list'
      ? value.items
      : []
  })
}

interface Token {
  readonly kind: 'atom' | 'text' | 'number' | 'mark'
  readonly text: string
}

interface Reader {
  readonly tokens: readonly Token[]
  at: number
}

const PATTERN =
  /\s+|%[^\n]*|(?<text>"(?:[^"\\]|\\[\s\S])*")|(?<quoted>'(?:[^'\\]|\\[\s\S])*')|(?<atom>[a-z][\w@]*)|(?<char>\$\\?[\s\S])|(?<number>-?\d[\d_]*(?:[.#]\w+)?)|(?<mark><<|>>|=>|[{}[\],.:|#/])/y

function tokenize(text: string): readonly Token[] | undefined {
  const tokens: Token[] = []
  PATTERN.lastIndex = 0
  for (let at = 0; at < text.length; at = PATTERN.lastIndex) {
    PATTERN.lastIndex = at
    const { groups } = PATTERN.exec(text) ?? {}
    if (groups === undefined) return undefined
    const { text: string, quoted, atom, char, number, mark } = groups
    if (string !== undefined) tokens.push({ kind: 'text', text: unescape(string) })
    else if (quoted !== undefined) tokens.push({ kind: 'atom', text: unescape(quoted) })
    else if (atom !== undefined) tokens.push({ kind: 'atom', text: atom })
    else if (char !== undefined || number !== undefined) tokens.push({ kind: 'number', text: number ?? '0' })
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark })
  }
  return tokens
}

function unescape(text: string): string {
  return text.slice(1, -1).replace(/\\([\s\S])/g, '$1')
}

function readTerm(reader: Reader): Term | undefined {
  const token = reader.tokens[reader.at++]
  if (token === undefined) return undefined
  if (token.kind === 'text') {
    let { text } = token
    // Strings side by side are one.
    for (; reader.tokens[reader.at]?.kind === 'text'; reader.at++)
      text += reader.tokens[reader.at]?.text ?? ''
    return { kind: 'text', text }
  }
  if (token.kind !== 'mark') return { kind: token.kind, text: token.text }
  if (token.text === '<<') return readBinary(reader)
  if (token.text === '#')
    return reader.tokens[reader.at++]?.text === '{' ? readItems(reader, '}', 'tuple') : undefined
  if (token.text === '{') return readItems(reader, '}', 'tuple')
  return token.text === '[' ? readItems(reader, ']', 'list') : undefined
}

function readItems(reader: Reader, end: string, kind: 'tuple' | 'list'): Term | undefined {
  const items: Term[] = []
  const isMark = (text: string): boolean =>
    reader.tokens[reader.at]?.kind === 'mark' && reader.tokens[reader.at]?.text === text
  while (!isMark(end)) {
    const term = readTerm(reader)
    if (term === undefined) return undefined
    items.push(term)
    if (isMark(end)) break
    if (!isMark(',') && !isMark('|') && !isMark('=>')) return undefined
    reader.at++
    if (isMark(end)) return undefined
  }
  reader.at++
  return { kind, items }
}

/** `<<"name">>`, with `/utf8` perhaps. */
function readBinary(reader: Reader): Term | undefined {
  let text = ''
  for (;;) {
    const token = reader.tokens[reader.at++]
    if (token === undefined) return undefined
    if (token.kind === 'mark' && token.text === '>>') return { kind: 'text', text }
    if (token.kind === 'text') text += token.text
  }
}
