import type { InstructionLines } from './blocks.ts'
import { createError } from './create-error.ts'
import { parseDirectives, type Directives } from './directives.ts'
import { isFault, type Fault } from './fault.ts'
import { findHeredocs, readHeredocs } from './heredoc.ts'
import { isIgnoredLine, readLogicalLine, type LogicalLine } from './logical-lines.ts'
import { findLongLine, maxLineBytes, splitPhysicalLines, type PhysicalLine } from './physical-lines.ts'
import { readInstruction } from './read-instruction.ts'
import type { DockerfileError, Heredoc, Instruction } from './types.ts'

/** The instructions of a text, not yet checked one by one. */
export interface Scan {
  readonly lines: readonly PhysicalLine[]
  readonly directives: Directives
  readonly instructions: readonly Instruction[]
  /** The lines of each instruction, same index. */
  readonly places: readonly InstructionLines[]
}

/** Reads physical lines, directives, logical lines and heredocs as BuildKit's parser does. */
export function scanInstructions(text: string): Scan | DockerfileError {
  const lines = splitPhysicalLines(text)
  const long = findLongLine(text, lines)
  if (long !== undefined)
    return { line: long + 1, column: 1, message: `a line is longer than ${maxLineBytes} bytes` }
  const directives = parseDirectives(text, lines)
  if (isFault(directives)) return { line: directives.line, column: 1, message: directives.fault }
  const instructions: Instruction[] = []
  const places: InstructionLines[] = []
  for (let at = directives.lines; at < lines.length;) {
    const line = lines[at]
    if (line === undefined || isIgnoredLine(text, line)) {
      at++
      continue
    }
    const logical = readLogicalLine(text, lines, at, directives.escape)
    const found = readWhole(text, lines, logical, directives.escape, instructions.length)
    if (isFault(found)) return createError(text, logical.map.toFile(0), logical.map.text, found.fault)
    instructions.push(found.instruction)
    places.push({ first: logical.first, next: found.next })
    at = found.next
  }
  return { lines, directives, instructions, places }
}

function readWhole(
  text: string,
  lines: readonly PhysicalLine[],
  logical: LogicalLine,
  escape: '\\' | '`',
  index: number,
): { instruction: Instruction; next: number } | Fault {
  const content = readInstruction(logical.map, escape)
  if (isFault(content)) return content
  const starts = content.hasHeredocs ? findHeredocs(logical.map.text) : []
  if (isFault(starts)) return starts
  const bodies = readHeredocs(text, lines, logical.next, starts)
  if (isFault(bodies)) return bodies
  const { heredocs, next } = bodies
  const { keyword, keywordRange, original, flags, rest, words, json, pairs } = content
  const trigger = addBodies(text, content.trigger, heredocs)
  const instruction: Instruction = {
    index,
    keyword,
    keywordRange,
    range: { start: keywordRange.start, end: lines[next - 1]?.end ?? text.length },
    startLine: logical.first + 1,
    endLine: next,
    original,
    flags,
    rest,
    words,
    ...(json === undefined ? {} : { json }),
    pairs,
    heredocs,
    ...(trigger === undefined ? {} : { trigger }),
  }
  return { instruction, next }
}

/** The builder runs a trigger from its text alone, so the text holds the bodies of its heredocs. */
function addBodies(
  text: string,
  trigger: Instruction['trigger'],
  heredocs: readonly Heredoc[],
): Instruction['trigger'] {
  if (trigger === undefined || heredocs.length === 0) return trigger
  const bodies = heredocs.map(({ body, name }) => `\n${text.slice(body.start, body.end)}${name}`)
  return { keyword: trigger.keyword, text: trigger.text + bodies.join('') }
}
