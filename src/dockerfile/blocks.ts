import { isIgnoredLine, type LogicalLine } from './logical-lines.ts'
import type { PhysicalLine } from './physical-lines.ts'
import type { Block } from './types.ts'
import { skipSpace } from './white-space.ts'

/** The lines of an instruction: its logical line, and the lines of its heredocs up to `next`. */
export type InstructionLines = Pick<LogicalLine, 'first' | 'next'>

/**
 * One block per instruction: its whole lines and the comment lines directly above. Parser directives, the byte
 * order mark and comments before a blank line belong to none.
 */
export function createBlocks(
  text: string,
  lines: readonly PhysicalLine[],
  instructions: readonly InstructionLines[],
  directiveLines: number,
): readonly Block[] {
  let free = directiveLines
  return instructions.map(({ first, next }) => {
    let top = first
    while (top > free && isComment(text, lines[top - 1])) top--
    free = next
    const comments = lines.slice(top, first).map((line) => text.slice(line.start, line.end))
    return { range: { start: lines[top]?.start ?? 0, end: lines[next - 1]?.next ?? text.length }, comments }
  })
}

function isComment(text: string, line: PhysicalLine | undefined): boolean {
  if (line === undefined || !isIgnoredLine(text, line)) return false
  return skipSpace(text, line.start, line.end) < line.end
}
