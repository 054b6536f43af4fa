/** A value of Clojure's notation. Metadata is dropped; reader macros (`'x`, `~x`, `#(...)`) are lists that begin with their sign. */
export type Edn =
  | { readonly kind: 'list' | 'vector' | 'map' | 'set'; readonly items: readonly Edn[] }
  | { readonly kind: 'string' | 'symbol' | 'keyword' | 'atom'; readonly text: string }

interface Reader {
  readonly text: string
  at: number
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }
const KINDS = { '(': 'list', '[': 'vector', '{': 'map' } as const

/** All forms of a text; `undefined` when it cannot be read. https://github.com/edn-format/edn */
export function parseEdn(text: string): readonly Edn[] | undefined {
  const reader: Reader = { text, at: 0 }
  const forms: Edn[] = []
  try {
    for (let form = readForm(reader); form !== undefined; form = readForm(reader)) forms.push(form)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
  return forms
}

/** The value behind a keyword: of a map, or of a list of keywords and values. */
export function ednAt(form: Edn | undefined, keyword: string): Edn | undefined {
  if (form === undefined || !('items' in form)) return undefined
  const at = form.items.findIndex((item) => item.kind === 'keyword' && item.text === keyword)
  return at < 0 ? undefined : form.items[at + 1]
}

/** The text of a string; absent for any other form. */
export function ednString(form: Edn | undefined): string | undefined {
  return form?.kind === 'string' ? form.text : undefined
}

/** A form and all forms within it. */
export function ednWalk(form: Edn): readonly Edn[] {
  return 'items' in form ? [form, ...form.items.flatMap(ednWalk)] : [form]
}

function readForm(reader: Reader): Edn | undefined {
  skipBlanks(reader)
  const { text, at } = reader
  const char = text[at]
  if (char === undefined) return undefined
  if (char === '(' || char === '[' || char === '{') {
    reader.at++
    return { kind: KINDS[char], items: readUntil(reader, CLOSING[char] ?? '') }
  }
  if (char === '"') return { kind: 'string', text: readString(reader) }
  if (char === '#') return readDispatch(reader)
  if (char === '^') return readBehindMeta(reader, 1)
  if (/['`~@]/.test(char)) {
    reader.at += text.startsWith('~@', at) ? 2 : 1
    return macro(char, required(reader))
  }
  if (/[)\]}]/.test(char)) throw new SyntaxError('a bracket without its pair')
  return readToken(reader)
}

function readDispatch(reader: Reader): Edn | undefined {
  const next = reader.text[reader.at + 1] ?? ''
  if (next === '_') {
    reader.at += 2
    required(reader)
    return readForm(reader)
  }
  if (next === '^') return readBehindMeta(reader, 2)
  if (next === '{') {
    reader.at += 2
    return { kind: 'set', items: readUntil(reader, '}') }
  }
  if (next === '"') {
    reader.at += 1
    return macro('#"', { kind: 'string', text: readString(reader) })
  }
  // `#(`, `#=`, `#'`, `#?`, `#inst`: what they make is not known.
  const sign = /#[^\s()[\]{}"]*/y
  sign.lastIndex = reader.at
  const [whole = '#'] = sign.exec(reader.text) ?? []
  reader.at += whole.length
  return macro(whole, required(reader))
}

function readBehindMeta(reader: Reader, length: number): Edn {
  reader.at += length
  required(reader)
  return required(reader)
}

function macro(sign: string, form: Edn): Edn {
  return { kind: 'list', items: [{ kind: 'symbol', text: sign }, form] }
}

function required(reader: Reader): Edn {
  const form = readForm(reader)
  if (form === undefined) throw new SyntaxError('the text ends too early')
  return form
}

function readUntil(reader: Reader, closing: string): readonly Edn[] {
  const items: Edn[] = []
  for (;;) {
    skipBlanks(reader)
    // A discarded form may be the last one.
    while (reader.text.startsWith('#_', reader.at)) {
      reader.at += 2
      required(reader)
      skipBlanks(reader)
    }
    if (reader.text[reader.at] === closing) {
      reader.at++
      return items
    }
    items.push(required(reader))
  }
}

function readString(reader: Reader): string {
  const match = /"((?:[^"\\]|\\[\s\S])*)"/y
  match.lastIndex = reader.at
  const found = match.exec(reader.text)
  if (found === null) throw new SyntaxError('a string does not end')
  reader.at = match.lastIndex
  return (found[1] ?? '').replace(
    /\\([\s\S])/g,
    (_, char: string) => ({ n: '\n', t: '\t', r: '\r' })[char] ?? char,
  )
}

function readToken(reader: Reader): Edn {
  const match = /\\(?:[^\s\w]|\w+)|[^\s,()[\]{}";]+/y
  match.lastIndex = reader.at
  const [text = ''] = match.exec(reader.text) ?? []
  if (text === '') throw new SyntaxError('a sign that cannot be read')
  reader.at += text.length
  if (text.startsWith(':')) return { kind: 'keyword', text }
  return { kind: /^[+-]?\d|^\\|^(?:true|false|nil)$/.test(text) ? 'atom' : 'symbol', text }
}

function skipBlanks(reader: Reader): void {
  const match = /(?:[\s,]|;[^\n]*)*/y
  match.lastIndex = reader.at
  match.test(reader.text)
  reader.at = match.lastIndex
}
