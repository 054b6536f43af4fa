import { words } from '../../effects/words.ts'
/** A module and its version; the version is empty where none is given. */
export interface ModuleVersion {
  readonly path: string
  readonly version: string
}

export interface Replacement {
  readonly from: ModuleVersion
  /** A directory when it begins with `./`, `../` or `/`; a module otherwise. */
  readonly to: ModuleVersion
}

/** What a go.mod or go.work file says. */
export interface GoModFile {
  /** The `go` line; absent when there is none. */
  readonly go: string | undefined
  readonly requires: readonly ModuleVersion[]
  readonly replaces: readonly Replacement[]
  /** Directories of `use` lines in go.work. */
  readonly uses: readonly string[]
}

const DIRECTIVES = new Set(
  words('module go toolchain require replace exclude retract tool ignore godebug use'),
)

/** Parses go.mod or go.work; `undefined` when it is neither. https://go.dev/ref/mod#go-mod-file-grammar */
export function parseGoMod(text: string): GoModFile | undefined {
  const lines = toStatements(text)
  if (lines === undefined) return undefined
  const requires: ModuleVersion[] = []
  const replaces: Replacement[] = []
  const uses: string[] = []
  let go: string | undefined
  for (const [directive = '', ...words] of lines) {
    const [first = '', second = ''] = words
    if (!DIRECTIVES.has(directive)) return undefined
    if (directive === 'go') go = first
    else if (directive === 'use') uses.push(first)
    else if (directive === 'require') {
      if (second === '') return undefined
      requires.push({ path: first, version: second })
    } else if (directive === 'replace') {
      const replacement = toReplacement(words)
      if (replacement === undefined) return undefined
      replaces.push(replacement)
    }
  }
  return { go, requires, replaces, uses }
}

/** Whether a replacement is a directory. */
export function isLocalPath(path: string): boolean {
  return /^(\.{0,2}\/|\.{1,2}$)/.test(path)
}

function toReplacement(words: readonly string[]): Replacement | undefined {
  const arrow = words.indexOf('=>')
  const [from, fromVersion = ''] = words.slice(0, arrow)
  const [to, toVersion = ''] = words.slice(arrow + 1)
  if (arrow < 1 || from === undefined || to === undefined) return undefined
  return { from: { path: from, version: fromVersion }, to: { path: to, version: toVersion } }
}

/** One list of words per directive; those in parentheses are given their block's name. */
function toStatements(text: string): readonly (readonly string[])[] | undefined {
  const statements: (readonly string[])[] = []
  let block: string | undefined
  for (const line of text.split(/\r?\n/)) {
    const words = toWords(line)
    if (words === undefined) return undefined
    const [first, second] = words
    if (first === undefined) continue
    if (block !== undefined) {
      if (first === ')') block = undefined
      else statements.push([block, ...words])
    } else if (second === '(') {
      block = first
      // `require ()` opens and closes on one line.
      if (words[2] === ')') block = undefined
    } else statements.push(words)
  }
  return block === undefined ? statements : undefined
}

/** Words, strings in quotes without them; `//` starts a comment only at the start of a word. */
function toWords(line: string): readonly string[] | undefined {
  const words: string[] = []
  const pattern = /\s*(?:(\/\/.*)|"((?:[^"\\]|\\.)*)"|`([^`]*)`|([()])|([^\s()"`]+)|(\S))/y
  for (let rest = line.trimEnd(); pattern.lastIndex < rest.length;) {
    const match = pattern.exec(rest)
    if (match === null) return undefined
    const [, comment, quoted, raw, paren, plain, other] = match
    if (comment !== undefined) return words
    if (other !== undefined) return undefined
    words.push(quoted?.replace(/\\(.)/g, '$1') ?? raw ?? paren ?? plain ?? '')
  }
  return words
}
