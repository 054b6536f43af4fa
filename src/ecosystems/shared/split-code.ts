/** A pattern for the mark that stands in a string's place. */
export const MARK = String.raw`\uE000\d+\uE001`

/** Code without comments; what templates in strings compute is code too. */
export interface SplitCode {
  /** Each string is replaced by a mark with its number. */
  code: string
  readonly strings: string[]
}

/** Splits Groovy, Kotlin, Java or Scala; in the last, single quotes make no strings. */
export function splitCode(
  text: string,
  quotes: readonly string[] = ['"""', "'''", '"', "'"],
  split: SplitCode = { code: '', strings: [] },
): SplitCode {
  for (let at = 0; at < text.length;) {
    const comment = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y
    comment.lastIndex = at
    const quote = quoteAt(text, at, quotes)
    if (quote !== undefined) {
      const { end, templates } = findEnd(text, at + quote.length, quote)
      split.strings.push(text.slice(at + quote.length, end - quote.length))
      split.code += ` \uE000${split.strings.length - 1}\uE001 `
      for (const template of templates) splitCode(template, quotes, split)
      at = end
    } else if (comment.test(text)) {
      split.code += ' '
      at = comment.lastIndex
    } else split.code += text[at++]
  }
  return split
}

function quoteAt(text: string, at: number, quotes: readonly string[]): string | undefined {
  return quotes.find((quote) => text.startsWith(quote, at))
}

/** Where a string ends, behind its quotes, and the code in it. */
function findEnd(
  text: string,
  from: number,
  quote: string,
): { readonly end: number; readonly templates: readonly string[] } {
  const templates: string[] = []
  for (let at = from; at < text.length; at++) {
    if (text.startsWith(quote, at)) return { end: at + quote.length, templates }
    // A string of one line that does not end is an apostrophe.
    if (text[at] === '\n' && quote.length === 1) return { end: at, templates }
    if (text[at] === '\\') at++
    else if (quote.startsWith('"') && text.startsWith('${', at)) {
      const end = closingBrace(text, at + 2)
      templates.push(text.slice(at + 2, end - 1))
      at = end - 1
    }
  }
  return { end: text.length, templates }
}

/** The strings whose marks stand in a piece of code. */
export function literalsIn(code: string, strings: readonly string[]): readonly string[] {
  // oxlint-disable-next-line no-control-regex -- the marks are control characters so that no code has them
  return [...code.matchAll(/\uE000(\d+)\uE001/g)].flatMap(([, index]) => strings[Number(index)] ?? [])
}

/** The position behind the brace that closes the one before `from`. */
export function closingBrace(text: string, from: number): number {
  let depth = 1
  for (let at = from; at < text.length; at++) {
    const quote = quoteAt(text, at, ['"""', '"'])
    if (quote !== undefined) at = findEnd(text, at + quote.length, quote).end - 1
    else if (text[at] === '{') depth++
    else if (text[at] === '}' && --depth === 0) return at + 1
  }
  return text.length
}
