/** How a language spells comments and strings. */
export interface CommentSyntax {
  /** What starts a comment that ends with the line. */
  readonly line: readonly string[]
  /** Start and end of comments that may span lines; not nested. */
  readonly block?: readonly (readonly [start: string, end: string])[]
  /** Characters that start and end a string; a backslash escapes within. */
  readonly quotes: readonly string[]
}

/** The text with comments replaced by blanks; with `strings`, the content of strings too. Line ends are kept. */
export function stripComments(text: string, syntax: CommentSyntax, strings = false): string {
  let result = ''
  for (let index = 0; index < text.length;) {
    const here = text[index] ?? ''
    const block = syntax.block?.find(([start]) => text.startsWith(start, index))
    if (block !== undefined) {
      const found = text.indexOf(block[1], index + block[0].length)
      const end = found < 0 ? text.length : found + block[1].length
      result += text.slice(index, end).replace(/[^\n]/g, ' ')
      index = end
    } else if (syntax.line.some((start) => text.startsWith(start, index))) {
      const found = text.indexOf('\n', index)
      index = found < 0 ? text.length : found
    } else if (syntax.quotes.includes(here)) {
      const end = endOfString(text, index, here)
      const inner = text.slice(index + 1, end)
      result += here + (strings ? inner.replace(/[^\n]/g, ' ') : inner) + (text[end] ?? '')
      index = end + 1
    } else {
      result += here
      index++
    }
  }
  return result
}

/** Where the closing quote stands; the end of the text when there is none. */
function endOfString(text: string, start: number, quote: string): number {
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === '\\') index++
    else if (text[index] === quote) return index
  }
  return text.length
}
