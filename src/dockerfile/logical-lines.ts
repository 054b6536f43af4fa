import type { PhysicalLine } from './physical-lines.ts'
import { createTextMap, type Segment } from './text-map.ts'
import type { TextMap } from './types.ts'
import { skipSpace } from './white-space.ts'

/** The text of one instruction, joined from physical lines. */
export interface LogicalLine {
  readonly map: TextMap
  /** Index of the first physical line. */
  readonly first: number
  /** Index after the last physical line. */
  readonly next: number
}

/** Whether a line that starts an instruction is a comment or blank. */
export function isIgnoredLine(text: string, line: PhysicalLine): boolean {
  const at = skipSpace(text, line.start, line.end)
  return at === line.end || text[at] === '#'
}

/**
 * Joins the physical lines of the instruction that starts at line `first`. Comments and blank lines between them
 * vanish, and the text after them joins: a blank line does not end a continued instruction.
 */
export function readLogicalLine(
  text: string,
  lines: readonly PhysicalLine[],
  first: number,
  escape: string,
): LogicalLine {
  const pieces: string[] = []
  const segments: Segment[] = []
  let length = 0
  let index = first
  let open = true
  while (open && index < lines.length) {
    const line = lines[index]
    if (line === undefined) break
    index++
    const isFirst = index === first + 1
    if (!isFirst && isIgnoredLine(text, line)) continue
    const start = isFirst ? skipSpace(text, line.start, line.end) : line.start
    const continued = findContinuation(text, start, line.end, escape)
    const end = continued ?? line.end
    open = continued !== undefined
    if (end === start && segments.length > 0) continue
    if (segments.length > 0 && length === 0) segments.length = 0
    segments.push({ text: length, file: start })
    pieces.push(text.slice(start, end))
    length += end - start
  }
  return { map: createTextMap(pieces.join(''), segments), first, next: index }
}

/**
 * The offset of the escape character that continues a line. Two of them at the end continue nothing, and no more
 * do three: BuildKit looks at the last two only.
 */
function findContinuation(text: string, start: number, end: number, escape: string): number | undefined {
  let at = end
  while (at > start && (text[at - 1] === ' ' || text[at - 1] === '\t')) at--
  if (at === start || text[at - 1] !== escape) return undefined
  if (at - 1 > start && text[at - 2] === escape) return undefined
  return at - 1
}
