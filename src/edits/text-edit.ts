/** Replaces the half-open range of UTF-16 offsets by `text`; an insertion has `start === end`. */
export interface TextEdit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/**
 * The text with all edits applied, in whatever order they are given; two insertions at one place keep their order.
 * Throws when edits overlap or lie outside the text: then nothing is applied.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits
    .map((edit, index) => ({ ...edit, index }))
    .sort((a, b) => a.start - b.start || a.end - b.end || a.index - b.index)
  const parts: string[] = []
  let position = 0
  for (const { start, end, text: replacement } of ordered) {
    if (start > end || end > text.length) throw new Error(`Edit ${start}-${end} lies outside the text`)
    if (start < position) throw new Error(`Edit ${start}-${end} overlaps the one that ends at ${position}`)
    parts.push(text.slice(position, start), replacement)
    position = end
  }
  return parts.join('') + text.slice(position)
}
