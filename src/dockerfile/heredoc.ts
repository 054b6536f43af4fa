import { isFault, type Fault } from './fault.ts'
import type { PhysicalLine } from './physical-lines.ts'
import { lexShellWord } from './shell-lexer.ts'
import type { Heredoc } from './types.ts'

/** A heredoc as its operator announces it. */
export interface HeredocStart {
  readonly name: string
  readonly expand: boolean
  readonly chomp: boolean
}

/** `<<NAME`, with a file descriptor before it perhaps, as one word; `undefined` when it is something else. */
export function matchHeredoc(word: string): HeredocStart | Fault | undefined {
  const match = /^(\d*)<<(-?)[\t\n\f\r ]*([^<]*)$/.exec(word)
  const rest = match?.[3]
  if (match === null || rest === undefined || rest === '') return undefined
  // The escape character is always the backslash here, whatever the file's directive says.
  const options = { escape: '\\', skipUnset: true, lookup: () => false as const }
  const plain = lexShellWord(rest, options)
  const raw = lexShellWord(rest, { ...options, rawQuotes: true })
  if (plain === undefined || raw === undefined) return { fault: `cannot read the heredoc ${word}` }
  const [name, ...others] = plain.words
  const [rawName] = raw.words
  if (name === undefined || rawName === undefined || others.length > 0) return undefined
  return { name, expand: countQuotes(name) === countQuotes(rawName), chomp: match[2] === '-' }
}

/** The heredocs of a logical line: all words of the whole line count, the keyword and flags too. */
export function findHeredocs(line: string): readonly HeredocStart[] | Fault {
  if (!line.includes('<<')) return []
  const options = { escape: '\\', rawQuotes: true, rawEscapes: true, skipUnset: true }
  const found: HeredocStart[] = []
  // A line with a quote that is not closed has no heredocs for BuildKit.
  for (const word of lexShellWord(line, { ...options, lookup: () => false })?.words ?? []) {
    const heredoc = matchHeredoc(word)
    if (isFault(heredoc)) return heredoc
    if (heredoc !== undefined) found.push(heredoc)
  }
  return found
}

/** Reads the bodies that follow a logical line, one after another. `next` is the line after the last terminator. */
export function readHeredocs(
  text: string,
  lines: readonly PhysicalLine[],
  first: number,
  starts: readonly HeredocStart[],
): { heredocs: readonly Heredoc[]; next: number } | Fault {
  const heredocs: Heredoc[] = []
  let next = first
  for (const start of starts) {
    const end = findTerminator(text, lines, next, start)
    const terminator = end === undefined ? undefined : lines[end]
    if (end === undefined || terminator === undefined) return { fault: 'unterminated heredoc' }
    const body = { start: lines[next]?.start ?? terminator.start, end: terminator.start }
    const content = text.slice(body.start, body.end)
    heredocs.push({ ...start, content: start.chomp ? chomp(content) : content, body })
    next = end + 1
  }
  return { heredocs, next }
}

function findTerminator(
  text: string,
  lines: readonly PhysicalLine[],
  first: number,
  { name, chomp: isChomp }: HeredocStart,
): number | undefined {
  for (let index = first; index < lines.length; index++) {
    const line = lines[index]
    if (line === undefined) break
    let { start } = line
    while (isChomp && start < line.end && text[start] === '\t') start++
    if (line.end - start === name.length && text.startsWith(name, start)) return index
  }
  return undefined
}

function chomp(content: string): string {
  return content.replace(/(^|\n)\t+/g, '$1')
}

function countQuotes(text: string): number {
  return text.replace(/[^'"]/g, '').length
}
