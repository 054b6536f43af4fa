import type { Range, TextMap } from './types.ts'

/** A run of characters that stand together in the file: where it starts in the joined text and in the file. */
export interface Segment {
  readonly text: number
  readonly file: number
}

/** Maps a text that is joined from pieces of the file. The first segment starts at 0; each starts at another offset. */
export function createTextMap(text: string, segments: readonly Segment[]): TextMap {
  return {
    text,
    toFile: (offset) => {
      if (text.length === 0) return segments[0]?.file ?? 0
      if (offset >= text.length) return place(segments, text.length - 1) + 1
      return place(segments, offset)
    },
  }
}

/** The part of a map from `start` to `end`. An empty part stands just after the character before it. */
export function sliceMap(map: TextMap, start: number, end: number): TextMap {
  const text = map.text.slice(start, end)
  return {
    text,
    toFile: (offset) => {
      if (text.length === 0) return start === 0 ? map.toFile(0) : map.toFile(start - 1) + 1
      if (offset >= text.length) return map.toFile(end - 1) + 1
      return map.toFile(start + offset)
    },
  }
}

/**
 * The range in the file of the text from `start` to `end`. It may contain line continuations and comments, which
 * are not in the text; it never ends with them.
 */
export function toFileRange(map: Pick<TextMap, 'toFile'>, start: number, end: number): Range {
  const from = map.toFile(start)
  return { start: from, end: end > start ? map.toFile(end - 1) + 1 : from }
}

function place(segments: readonly Segment[], offset: number): number {
  let low = 0
  let high = segments.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    const segment = segments[middle]
    if (segment !== undefined && segment.text <= offset) low = middle
    else high = middle - 1
  }
  const found = segments[low]
  return found === undefined ? offset : found.file + offset - found.text
}
