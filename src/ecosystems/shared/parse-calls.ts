/** A value in a call: a literal, a list (`[...]`), or another call (`c("a", "b")`). */
export type CallValue =
  | { readonly kind: 'text'; readonly text: string }
  /** A number or a name: `TRUE`, `4L`, `Inf`. */
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly CallArgument[] }
  | { readonly kind: 'call'; readonly call: Call }

export interface CallArgument {
  readonly name?: string
  readonly value: CallValue
}

export interface Call {
  /** `renv::restore`, `Pkg.add`. */
  readonly name: string
  readonly args: readonly CallArgument[]
}

/** `using Pkg, Test` of Julia, or a call. */
export type Statement = Call | { readonly using: readonly string[] }

interface Parser {
  readonly text: string
  at: number
}

const BLANK = /(?:[ \t]|#[^\n]*)*/y
const SPACE = /(?:\s|#[^\n]*)*/y
const NAME = /[A-Za-z.][\w.]*!?(?::{2,3}[A-Za-z.][\w.]*)?/y
const STRING = /"((?:[^"\\$]|\\.)*)"|'((?:[^'\\]|\\.)*)'/y
const NUMBER = /-?\d[\w.]*/y
const USING = /(?:using|import)[ \t]+([A-Za-z]\w*(?:[ \t]*,[ \t]*[A-Za-z]\w*)*)(?=[ \t]*(?:[;\n#]|$))/y

/**
 * Reads R or Julia code that consists of nothing but calls with literal arguments; `undefined` for anything else, such as
 * operators, assignments and control flow.
 */
export function parseCalls(text: string): readonly Statement[] | undefined {
  const parser: Parser = { text, at: 0 }
  const statements: Statement[] = []
  for (;;) {
    skip(parser, SPACE)
    while (parser.text[parser.at] === ';') {
      parser.at++
      skip(parser, SPACE)
    }
    if (parser.at >= text.length) return statements
    const using = take(parser, USING)
    const statement =
      using === undefined
        ? readCall(parser)
        : { using: (using[1] ?? '').split(',').map((name) => name.trim()) }
    if (statement === undefined) return undefined
    statements.push(statement)
    skip(parser, BLANK)
    if (parser.at < text.length && !/[;\n\r]/.test(text[parser.at] ?? '')) return undefined
  }
}

function take(parser: Parser, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = parser.at
  const found = pattern.exec(parser.text) ?? undefined
  if (found !== undefined) parser.at += found[0].length
  return found
}

function skip(parser: Parser, pattern: RegExp): void {
  take(parser, pattern)
}

function readCall(parser: Parser): Call | undefined {
  const name = take(parser, NAME)?.[0]
  if (name === undefined || parser.text[parser.at] !== '(') return undefined
  parser.at++
  const args = readItems(parser, ')')
  return args === undefined ? undefined : { name, args }
}

function readItems(parser: Parser, close: string): readonly CallArgument[] | undefined {
  const items: CallArgument[] = []
  for (;;) {
    skip(parser, SPACE)
    if (parser.text[parser.at] === close) {
      parser.at++
      return items
    }
    const item = readItem(parser)
    if (item === undefined) return undefined
    items.push(item)
    skip(parser, SPACE)
    // A semicolon parts positional from named arguments in Julia.
    if (/[,;]/.test(parser.text[parser.at] ?? '')) parser.at++
    else if (parser.text[parser.at] !== close) return undefined
  }
}

function readItem(parser: Parser): CallArgument | undefined {
  const start = parser.at
  const name = take(parser, NAME)?.[0] ?? unquoted(take(parser, STRING))
  skip(parser, SPACE)
  if (name !== undefined && /^=(?!=)/.test(parser.text.slice(parser.at, parser.at + 2))) {
    parser.at++
    skip(parser, SPACE)
    const value = readValue(parser)
    return value === undefined ? undefined : { name, value }
  }
  parser.at = start
  const value = readValue(parser)
  return value === undefined ? undefined : { value }
}

function readValue(parser: Parser): CallValue | undefined {
  const text = unquoted(take(parser, STRING))
  if (text !== undefined) return { kind: 'text', text }
  if (parser.text[parser.at] === '[') {
    parser.at++
    const items = readItems(parser, ']')
    return items === undefined ? undefined : { kind: 'list', items }
  }
  const number = take(parser, NUMBER)
  if (number !== undefined) return { kind: 'word', text: number[0] }
  const start = parser.at
  const call = readCall(parser)
  if (call !== undefined) return { kind: 'call', call }
  parser.at = start
  const word = take(parser, NAME)
  return word === undefined ? undefined : { kind: 'word', text: word[0] }
}

function unquoted(found: RegExpExecArray | undefined): string | undefined {
  return (found?.[1] ?? found?.[2])?.replace(/\\(.)/g, '$1')
}

/** All literal texts below a call's arguments, those of the named ones only where `names` has them. */
export function textsOf(args: readonly CallArgument[], names: readonly string[]): readonly string[] {
  return args.flatMap(({ name, value }) => {
    if (name !== undefined && !names.includes(name)) return []
    if (value.kind === 'text') return [value.text]
    const inner = value.kind === 'list' ? value.items : value.kind === 'call' ? value.call.args : []
    return inner.flatMap((item) => textsOf([{ value: item.value }], names))
  })
}

/** The text of a named argument. */
export function namedText(args: readonly CallArgument[], name: string): string | undefined {
  const value = args.find((arg) => arg.name === name)?.value
  return value?.kind === 'text' ? value.text : undefined
}
