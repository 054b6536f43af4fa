import type { Fault } from './fault.ts'
import { toFileRange } from './text-map.ts'
import type { Pair, TextMap, Word } from './types.ts'
import { unquote } from './unquote.ts'
import { isBlank } from './white-space.ts'
import { splitQuotedWords } from './words.ts'

/** The pairs of ENV and LABEL: `NAME=value ...`, or the old `NAME value` whose value is all the rest. */
export function parsePairs(rest: TextMap, keyword: string, escape: '\\' | '`'): readonly Pair[] | Fault {
  const words = splitQuotedWords(rest, escape)
  const [first] = words
  if (first === undefined) return []
  if (!first.raw.includes('=')) return parseOldPair(rest, keyword, escape)
  const bad = words.find((word) => !word.raw.includes('='))
  if (bad !== undefined) {
    return { fault: `Syntax error - can't find = in "${bad.raw}". Must be of the form: name=value` }
  }
  return words.map((word) => createPair(word, escape))
}

/** The pairs of ARG: a name may stand without a value. */
export function parseNames(rest: TextMap, escape: '\\' | '`'): readonly Pair[] {
  return splitQuotedWords(rest, escape).map((word) => createPair(word, escape))
}

function parseOldPair(rest: TextMap, keyword: string, escape: '\\' | '`'): readonly Pair[] | Fault {
  const { text } = rest
  let nameEnd = 0
  while (nameEnd < text.length && !isBlank(text.charCodeAt(nameEnd))) nameEnd++
  let start = nameEnd
  while (start < text.length && isBlank(text.charCodeAt(start))) start++
  if (start === nameEnd) return { fault: `${keyword} must have two arguments` }
  const name = toName(text.slice(0, nameEnd), escape)
  return [{ name, raw: text.slice(start), range: toFileRange(rest, 0, text.length) }]
}

function createPair({ raw, range }: Word, escape: '\\' | '`'): Pair {
  const equals = raw.indexOf('=')
  if (equals < 0) return { name: toName(raw, escape), range }
  return { name: toName(raw.slice(0, equals), escape), raw: raw.slice(equals + 1), range }
}

/** A name of quotes alone stays as it is: the builder refuses only a name that is spelled with nothing. */
function toName(raw: string, escape: '\\' | '`'): string {
  return unquote(raw, escape) || raw
}
