/** A token of a Ruby or Elixir file. */
export interface CodeToken {
  readonly kind: 'word' | 'key' | 'string' | 'symbol' | 'number' | 'mark' | 'newline'
  /** As written; of a string its content, of a symbol and of a key (`name:`) the name. */
  readonly text: string
  /** The code inside a string, for one that has `#{...}`: then `text` is not its value. */
  readonly inner?: readonly CodeToken[]
}

/** What differs between the two languages. */
export type CodeLanguage = 'ruby' | 'elixir'

interface Lexer {
  readonly text: string
  readonly language: CodeLanguage
  readonly tokens: CodeToken[]
  /** Ends of the heredocs that begin on the current line. */
  heredocs: string[]
  at: number
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' }

const MARKS = /(?:=>|->|<-|\|>|::|<>|\+\+|\.\.\.?|&&|\|\||==|!=|=~|<=|>=|<<|>>|[^\sA-Za-z0-9_])/uy

/**
 * The tokens of a file, comments left out; `undefined` where it cannot be told what is code and what is text. It reads
 * what manifests are made of, not the whole languages.
 */
export function lexCode(text: string, language: CodeLanguage): readonly CodeToken[] | undefined {
  const lexer: Lexer = { text, language, tokens: [], heredocs: [], at: 0 }
  while (lexer.at < text.length) if (!readToken(lexer)) return undefined
  return lexer.heredocs.length === 0 ? lexer.tokens : undefined
}

/** Whether the token is a mark or word of that spelling. */
export function isToken(token: CodeToken | undefined, text: string): boolean {
  return token !== undefined && (token.kind === 'mark' || token.kind === 'word') && token.text === text
}

function readToken(lexer: Lexer): boolean {
  const { text, at, language } = lexer
  const char = text[at] ?? ''
  if (char === '\n') return readLineEnd(lexer)
  if (/\s/.test(char) || char === '\\') return skip(lexer, /[^\S\n]+|\\(?:\r?\n)?/y)
  if (char === '#') return skip(lexer, /[^\n]*/y)
  if (language === 'ruby' && /^(=begin|__END__)\b/m.test(text.slice(at, at + 8)) && isLineStart(lexer)) {
    return char === '=' ? skip(lexer, /[\s\S]*?^=end\b[^\n]*/my) : skip(lexer, /[\s\S]*/y)
  }
  if (language === 'elixir' && text.startsWith('"""', at)) return readQuoted(lexer, at + 3, '"""', true)
  if (char === '"' || char === "'")
    return readQuoted(lexer, at + 1, char, char === '"' || language === 'elixir')
  if (char === '`') return push(lexer, 'word', char, 1)
  const sigil =
    language === 'ruby'
      ? matchAt(/%([qQwWiIrx]?)([^\w\s=])/y, lexer)
      : matchAt(/~([a-zA-Z]+)("""|["'([{<|/])/y, lexer)
  if (sigil !== null && (language === 'elixir' || sigil[1] !== '' || !isOperand(lexer)))
    return readSigil(lexer, sigil)
  const heredoc = language === 'ruby' ? matchAt(/<<[~-](["']?)([A-Z_]\w*)\1/y, lexer) : null
  if (heredoc !== null) {
    lexer.heredocs.push(heredoc[2] ?? '')
    return push(lexer, 'string', '', heredoc[0].length)
  }
  if (char === '/' && language === 'ruby' && !isOperand(lexer)) {
    return readQuoted(lexer, at + 1, '/', true) && skip(lexer, /[a-z]*/y)
  }
  return readPlain(lexer)
}

function readPlain(lexer: Lexer): boolean {
  const key = matchAt(/([A-Za-z_]\w*[?!]?):(?![:\w])/y, lexer)
  if (key !== null && !isTernary(lexer)) return push(lexer, 'key', key[1] ?? '', key[0].length)
  const symbol = matchAt(/:([A-Za-z_]\w*[?!]?)/y, lexer)
  if (symbol !== null && lexer.text[lexer.at - 1] !== ':')
    return push(lexer, 'symbol', symbol[1] ?? '', symbol[0].length)
  const word = matchAt(/[@$]{0,2}[A-Za-z_]\w*[?!]?|\$[:0-9]/y, lexer)
  if (word !== null) return push(lexer, 'word', word[0], word[0].length)
  const number = matchAt(/\d\w*(?:\.\d\w*)?/y, lexer)
  if (number !== null) return push(lexer, 'number', number[0], number[0].length)
  const mark = matchAt(MARKS, lexer)
  return mark !== null && push(lexer, 'mark', mark[0], mark[0].length)
}

/** `a ? b : c` has no key in it. */
function isTernary({ tokens }: Lexer): boolean {
  const line = tokens.slice(tokens.findLastIndex((token) => token.kind === 'newline') + 1)
  return line.some((token) => isToken(token, '?'))
}

function readLineEnd(lexer: Lexer): boolean {
  push(lexer, 'newline', '\n', 1)
  const ids = lexer.heredocs
  lexer.heredocs = []
  for (const id of ids) {
    const body = matchAt(new RegExp(`([\\s\\S]*?)^[ \\t]*${id}[ \\t]*\\r?$`, 'my'), lexer)
    if (body === null) return false
    lexer.at += body[0].length
    if (body[1]?.includes('#{') === true) return false
  }
  return true
}

/** A string from its first character to its end; interpolated code is read in its turn. */
function readQuoted(lexer: Lexer, from: number, end: string, interpolates: boolean): boolean {
  const inner: CodeToken[] = []
  let content = ''
  let at = from
  while (at < lexer.text.length) {
    if (lexer.text.startsWith(end, at)) {
      lexer.tokens.push({ kind: 'string', text: content, ...(inner.length === 0 ? {} : { inner }) })
      lexer.at = at + end.length
      return true
    }
    if (interpolates && lexer.text.startsWith('#{', at)) {
      const close = findClose(lexer.text, at + 2)
      const tokens = close < 0 ? undefined : lexCode(lexer.text.slice(at + 2, close), lexer.language)
      if (tokens === undefined) return false
      inner.push(...tokens, { kind: 'newline', text: '\n' })
      at = close + 1
    } else {
      const escaped = lexer.text[at] === '\\'
      content += lexer.text[at + (escaped ? 1 : 0)] ?? ''
      at += escaped ? 2 : 1
    }
  }
  return false
}

/** The brace that ends interpolated code. */
function findClose(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++
    else if (text[at] === '}' && depth-- === 0) return at
  }
  return -1
}

/** `%w[a b]`, `~w(a b)a`, `~r/x/i`: lists give one string with blanks in it. */
function readSigil(lexer: Lexer, sigil: RegExpExecArray): boolean {
  const [whole, letter = '', open = ''] = sigil
  if (letter === 'x') return push(lexer, 'word', '`', whole.length)
  const end = CLOSING[open] ?? open
  const interpolates =
    letter === '' || /[QWIRr]/.test(letter) || (lexer.language === 'elixir' && /^[a-z]/.test(letter))
  if (!readQuoted(lexer, lexer.at + whole.length, end, interpolates)) return false
  return skip(lexer, /[a-z]*/y)
}

/** Whether the last token is a value, so that `/` divides it and `%` takes its rest. */
function isOperand({ tokens }: Lexer): boolean {
  const last = tokens.at(-1)
  if (last === undefined || last.kind === 'newline' || last.kind === 'key') return false
  if (last.kind === 'mark') return /^[)\]}]$/.test(last.text)
  return last.kind !== 'word' || !/^(if|unless|and|or|not|when|return|grep|split|match\??)$/.test(last.text)
}

function isLineStart({ text, at }: Lexer): boolean {
  return at === 0 || text[at - 1] === '\n'
}

function matchAt(pattern: RegExp, { text, at }: Lexer): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function skip(lexer: Lexer, pattern: RegExp): boolean {
  lexer.at += matchAt(pattern, lexer)?.[0].length ?? 0
  return true
}

function push(lexer: Lexer, kind: CodeToken['kind'], text: string, length: number): boolean {
  lexer.tokens.push({ kind, text })
  lexer.at += length
  return true
}
