/** One simple command of a lifecycle script, quotes removed. */
export type ScriptWords = readonly string[]

interface Scan {
  readonly commands: ScriptWords[]
  words: string[]
  word: string | undefined
  index: number
}

/**
 * The simple commands of a lifecycle script joined by `&&`, `||` and `;`. Redirections to `/dev/null` are dropped.
 * `undefined` for anything that needs a real shell: pipes, substitutions, subshells, other redirections.
 */
export function splitScript(text: string): readonly ScriptWords[] | undefined {
  const scan: Scan = { commands: [], words: [], word: undefined, index: 0 }
  while (scan.index < text.length) {
    const char = text[scan.index] ?? ''
    const two = text.slice(scan.index, scan.index + 2)
    if (two === '&&' || two === '||' || char === ';' || char === '\n') {
      endCommand(scan)
      scan.index += two === '&&' || two === '||' ? 2 : 1
    } else if (char === '>' || two === '&>') {
      if (!dropRedirection(scan, text)) return undefined
    } else if (char === '"' || char === "'") {
      if (!readQuoted(scan, text, char)) return undefined
    } else if (/\s/.test(char)) {
      endWord(scan)
      scan.index++
    } else if (/[|&()<`]/.test(char) || two === '$(' || (char === '#' && scan.word === undefined)) {
      return undefined
    } else {
      const literal = char === '\\' ? (text[scan.index + 1] ?? '') : char
      scan.word = (scan.word ?? '') + literal
      scan.index += char === '\\' ? 2 : 1
    }
  }
  endCommand(scan)
  return scan.commands
}

function endWord(scan: Scan): void {
  if (scan.word !== undefined) scan.words.push(scan.word)
  scan.word = undefined
}

function endCommand(scan: Scan): void {
  endWord(scan)
  if (scan.words.length > 0) scan.commands.push(scan.words)
  scan.words = []
}

function readQuoted(scan: Scan, text: string, quote: string): boolean {
  let inner = ''
  for (let index = scan.index + 1; index < text.length; index++) {
    const char = text[index] ?? ''
    if (char === quote) {
      scan.word = (scan.word ?? '') + inner
      scan.index = index + 1
      return true
    }
    if (quote === '"' && (char === '`' || text.startsWith('$(', index))) return false
    if (quote === '"' && char === '\\' && /["\\$`]/.test(text[index + 1] ?? '')) index++
    inner += text[index] ?? ''
  }
  return false
}

function dropRedirection(scan: Scan, text: string): boolean {
  const match = /^&?>>?\s*(?:\/dev\/null|&[12])(?=[\s;&|]|$)/.exec(text.slice(scan.index))
  if (match === null) return false
  // A number right before the sign is a file descriptor, not a word.
  if (scan.word !== undefined && /^\d$/.test(scan.word)) scan.word = undefined
  endWord(scan)
  scan.index += match[0].length
  return true
}
