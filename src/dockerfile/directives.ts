import { isFault, type Fault } from './fault.ts'
import type { PhysicalLine } from './physical-lines.ts'
import { skipSpace } from './white-space.ts'

/** What the parser directives at the top of a file say. */
export interface Directives {
  readonly escape: '\\' | '`'
  /** Lower-case name to value. */
  readonly values: ReadonlyMap<string, string>
  /** The number of lines that they take: all before the first line that is no directive. */
  readonly lines: number
}

const name = /^([a-zA-Z][a-zA-Z0-9]*)[\t\f\r ]*=/
const blanks = '\t\f\r '
const known = new Set(['syntax', 'escape', 'check'])

/**
 * Reads the parser directives. The first line that is none ends them: a comment, a blank line, an unknown name.
 * https://docs.docker.com/reference/dockerfile/#parser-directives
 */
export function parseDirectives(
  text: string,
  lines: readonly PhysicalLine[],
): Directives | (Fault & { line: number }) {
  const values = new Map<string, string>()
  let escape: '\\' | '`' = '\\'
  for (const [index, line] of lines.entries()) {
    const match = matchDirective(text.slice(skipSpace(text, line.start, line.end), line.end))
    if (match === undefined) return { escape, values, lines: index }
    const fault = addDirective(values, match)
    if (isFault(fault)) return { ...fault, line: index + 1 }
    if (match.name === 'escape') escape = match.value === '`' ? '`' : '\\'
  }
  return { escape, values, lines: lines.length }
}

function matchDirective(content: string): { name: string; value: string } | undefined {
  if (!content.startsWith('#')) return undefined
  const rest = content.slice(skipSpace(content, 1, content.length))
  const match = name.exec(rest)
  const key = match?.[1]?.toLowerCase()
  if (match === null || key === undefined || !known.has(key)) return undefined
  const raw = rest.slice(match[0].length)
  if (raw === '') return undefined
  // A value of nothing but white space is its last character: BuildKit's pattern asks for one character at least.
  return { name: key, value: trimBlanks(raw) || raw.slice(-1) }
}

function trimBlanks(raw: string): string {
  let start = 0
  let end = raw.length
  while (start < end && blanks.includes(raw.charAt(start))) start++
  while (end > start && blanks.includes(raw.charAt(end - 1))) end--
  return raw.slice(start, end)
}

function addDirective(
  values: Map<string, string>,
  directive: { name: string; value: string },
): Fault | undefined {
  const { name: key, value } = directive
  if (values.has(key)) return { fault: `only one ${key} parser directive can be used` }
  if (key === 'escape' && value !== '\\' && value !== '`') {
    return { fault: `invalid escape token '${value}' does not match \` or \\` }
  }
  values.set(key, value)
  return undefined
}
