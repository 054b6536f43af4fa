import { toFileRange } from './text-map.ts'
import type { TextMap, Word } from './types.ts'
import { isBlank, isSpace } from './white-space.ts'

/** Splits a text at white space, without regard to quotes, as BuildKit splits the arguments of COPY, FROM and others. */
export function splitWords(map: TextMap): readonly Word[] {
  const { text } = map
  const words: Word[] = []
  let at = 0
  while (at < text.length) {
    while (at < text.length && isBlank(text.charCodeAt(at))) at++
    const start = at
    while (at < text.length && !isBlank(text.charCodeAt(at))) at++
    if (at > start) words.push({ raw: text.slice(start, at), range: toFileRange(map, start, at) })
  }
  return words
}

/**
 * Splits a text into words as BuildKit does for ENV, LABEL and ARG: quotes and escapes keep white space inside a
 * word and stay part of it. An escape character at the very end is dropped.
 */
export function splitQuotedWords(map: TextMap, escape: string): readonly Word[] {
  const { text } = map
  const words: Word[] = []
  let at = 0
  while (at < text.length) {
    while (at < text.length && isSpace(text.charCodeAt(at))) at++
    if (at === text.length) break
    const start = at
    const { end, dangling } = findWordEnd(text, start, escape)
    at = end
    const raw = text.slice(start, dangling ? end - 1 : end)
    if (raw !== '') words.push({ raw, range: toFileRange(map, start, end) })
  }
  return words
}

function findWordEnd(text: string, start: number, escape: string): { end: number; dangling: boolean } {
  let quote = ''
  for (let at = start; at < text.length; at++) {
    const char = text[at]
    if (quote === '' && isSpace(text.charCodeAt(at))) return { end: at, dangling: false }
    if (char === escape && quote !== "'") {
      if (at + 1 === text.length) return { end: text.length, dangling: true }
      at++
    } else if (char === quote) quote = ''
    else if (quote === '' && (char === "'" || char === '"')) quote = char
  }
  return { end: text.length, dangling: false }
}
