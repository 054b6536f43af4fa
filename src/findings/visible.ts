/**
 * Control and direction characters that could recolour, move or reorder a terminal's text. A CR before a line feed is
 * a line end and harmless; tabs and line feeds stay.
 */
// oxlint-disable-next-line no-control-regex -- control characters are what this is about
const harmful = /(?!\r\n)[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** The text with harmful characters spelled as escapes (`\x1b`), for a terminal or a log. */
export function visible(text: string): string {
  return text.replace(harmful, (character) => {
    const code = character.charCodeAt(0)
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`
  })
}

/** As `visible`, for a name or a command inside a sentence: no tabs or line ends either, and at most 72 characters. */
export function visibleLine(text: string): string {
  const line = visible(text.replace(/\s+/g, ' ').trim())
  const characters = Array.from(line)
  return characters.length > 72 ? `${characters.slice(0, 71).join('')}…` : line
}
