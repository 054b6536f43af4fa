/** A line of the file. Offsets are UTF-16, `\r` and `\n` characters at its end are not part of the content. */
export interface PhysicalLine {
  readonly start: number
  /** The end of the content. A carriage return alone ends no line. */
  readonly end: number
  /** The start of the next line. */
  readonly next: number
}

/** The lines of a text as BuildKit's scanner reads them: the byte order mark stays outside, a last empty line is none. */
export function splitPhysicalLines(text: string): readonly PhysicalLine[] {
  const lines: PhysicalLine[] = []
  let start = text.startsWith('\uFEFF') ? 1 : 0
  while (start < text.length) {
    const newline = text.indexOf('\n', start)
    const next = newline < 0 ? text.length : newline + 1
    let end = newline < 0 ? text.length : newline
    while (end > start && text.charCodeAt(end - 1) === 0x0d) end--
    lines.push({ start, end, next })
    start = next
  }
  return lines
}

/** BuildKit reads lines into a buffer of 64 KiB, line end included. */
export const maxLineBytes = 65_535

/** The index of the first line that is too long for BuildKit, if any. */
export function findLongLine(text: string, lines: readonly PhysicalLine[]): number | undefined {
  const index = lines.findIndex((line) => {
    const length = line.next - line.start
    if (length * 3 <= maxLineBytes) return false
    // The mark counts: BuildKit removes it after it has read the line.
    const start = line.start === 1 ? 0 : line.start
    const content = text.slice(start, line.next)
    return Buffer.byteLength(content.endsWith('\n') ? content.slice(0, -1) : content) > maxLineBytes
  })
  return index < 0 ? undefined : index
}
