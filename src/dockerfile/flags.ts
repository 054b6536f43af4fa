import type { Fault } from './fault.ts'
import { toFileRange } from './text-map.ts'
import type { Flag, TextMap } from './types.ts'

export interface Flags {
  readonly flags: readonly Flag[]
  /** The offset in the text where the arguments start, white space before them included. */
  readonly rest: number
}

/**
 * Reads the `--name=value` words from `start` on. Quotes and escapes are removed; a `--` alone ends the flags.
 * BuildKit reads flags byte by byte and garbles what is not ASCII, so such a flag is refused.
 */
export function readFlags(map: TextMap, start: number, escape: string): Flags | Fault {
  const { text } = map
  const flags: Flag[] = []
  let at = start
  for (;;) {
    while (isAsciiSpace(text.charCodeAt(at))) at++
    if (!text.startsWith('--', at)) return { flags, rest: at }
    const word = readFlagWord(text, at, escape)
    if (word === undefined) return { fault: 'a flag with a character that is not ASCII' }
    if (word.text === '--') return { flags, rest: word.end }
    flags.push(createFlag(word.text, map, at, word.end))
    at = word.end
  }
}

function readFlagWord(
  text: string,
  start: number,
  escape: string,
): { text: string; end: number } | undefined {
  let word = ''
  let quote = ''
  let at = start
  for (; at < text.length; at++) {
    const char = text.charAt(at)
    if (char.charCodeAt(0) >= 0x80) return undefined
    if (quote === '' && isAsciiSpace(char.charCodeAt(0))) break
    if (quote === '' && (char === "'" || char === '"')) quote = char
    else if (char === quote) quote = ''
    else if (char !== escape) word += char
    // An escape character at the very end is dropped; there is no other difference between the two kinds of quotes.
    else if (at + 1 < text.length) {
      at++
      if (text.charCodeAt(at) >= 0x80) return undefined
      word += text.charAt(at)
    }
  }
  return { text: word, end: at }
}

function createFlag(text: string, map: TextMap, start: number, end: number): Flag {
  const equals = text.indexOf('=')
  const range = toFileRange(map, start, end)
  if (equals < 0) return { name: text.slice(2), text, range }
  return { name: text.slice(2, equals), value: text.slice(equals + 1), text, range }
}

function isAsciiSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d)
}
