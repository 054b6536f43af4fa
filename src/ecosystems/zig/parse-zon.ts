/** A value of Zig Object Notation. Numbers and names (`.shop`) are texts; a list has its indices as keys. */
export type ZonValue = string | ReadonlyMap<string, ZonValue>

interface Scanner {
  readonly text: string
  at: number
}

const SPACE = /(?:\s|\/\/[^\n]*)*/y
const NAME = /\.(?:@"((?:[^"\\]|\\.)*)"|([A-Za-z_]\w*))\s*(?==(?!=))/y
const ATOM = /"((?:[^"\\\n]|\\.)*)"|\.@"((?:[^"\\]|\\.)*)"|(\.?[\w+-][\w.+-]*)|'(?:[^'\\]|\\.)*'/y
const LINES = /(?:\\\\[^\n]*\n?\s*)+/y

/** Reads a .zon file; `undefined` when it is not understood. https://ziglang.org/documentation/master/std/#std.zig.Zon */
export function parseZon(text: string): ZonValue | undefined {
  const scanner: Scanner = { text: text.replace(/^\uFEFF/, ''), at: 0 }
  const value = readValue(scanner)
  match(scanner, SPACE)
  return scanner.at === scanner.text.length ? value : undefined
}

function match(scanner: Scanner, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = scanner.at
  const found = pattern.exec(scanner.text) ?? undefined
  if (found !== undefined) scanner.at += found[0].length
  return found
}

function readValue(scanner: Scanner): ZonValue | undefined {
  match(scanner, SPACE)
  if (scanner.text.startsWith('.{', scanner.at)) {
    scanner.at += 2
    return readEntries(scanner)
  }
  const lines = match(scanner, LINES)
  if (lines !== undefined) return lines[0].replace(/^\s*\\\\/gm, '')
  const atom = match(scanner, ATOM)
  if (atom === undefined) return undefined
  return (atom[1] ?? atom[2] ?? atom[3] ?? atom[0]).replace(/\\(["\\'])/g, '$1')
}

function readEntries(scanner: Scanner): ReadonlyMap<string, ZonValue> | undefined {
  const entries = new Map<string, ZonValue>()
  for (;;) {
    match(scanner, SPACE)
    if (scanner.text[scanner.at] === '}') {
      scanner.at++
      return entries
    }
    const name = match(scanner, NAME)
    if (name !== undefined) scanner.at++
    const value = readValue(scanner)
    if (value === undefined) return undefined
    entries.set(name?.[1] ?? name?.[2] ?? String(entries.size), value)
    match(scanner, SPACE)
    const end = scanner.text[scanner.at]
    if (end === ',') scanner.at++
    else if (end !== '}') return undefined
  }
}
