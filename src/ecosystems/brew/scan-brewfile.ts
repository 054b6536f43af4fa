import { lexCode, type CodeToken } from '../shared/lex-code.ts'

/** What a Brewfile, which is a Ruby program, needs besides itself. */
export interface Brewfile {
  /** What it uses that may read files or run commands; absent when it does neither. */
  readonly access: string | undefined
  /** A formula or a tap on the disk. */
  readonly local: string | undefined
  readonly usesEnvironment: boolean
}

/** https://docs.brew.sh/Brew-Bundle-and-Brewfile */
const WORDS = new Set([
  ...['tap', 'brew', 'cask', 'mas', 'whalebrew', 'vscode', 'go', 'cargo', 'uv', 'flatpak', 'krew', 'npm'],
  ...[
    'cask_args',
    'if',
    'unless',
    'else',
    'elsif',
    'end',
    'do',
    'each',
    'and',
    'or',
    'not',
    'true',
    'false',
    'nil',
  ],
  ...[
    'OS',
    'Hardware',
    'CPU',
    'MacOS',
    'linux?',
    'mac?',
    'arm?',
    'intel?',
    'version',
    'ENV',
    'fetch',
    'key?',
  ],
])

/** `undefined` when it cannot be told what is code and what is text. */
export function scanBrewfile(text: string): Brewfile | undefined {
  const tokens = lexCode(text, 'ruby')
  if (tokens === undefined) return undefined
  const all = tokens.flatMap(withInner)
  const strings = all.filter(({ kind }) => kind === 'string').map((token) => token.text)
  return {
    access: all.find(({ kind, text: word }) => kind === 'word' && !WORDS.has(word) && !isVariable(all, word))
      ?.text,
    local: strings.find((name) => /^(?:\.{0,2}\/|~|file:)|\.rb$/.test(name)),
    usesEnvironment: all.some(({ kind, text: word }) => kind === 'word' && word === 'ENV'),
  }
}

function withInner(token: CodeToken): readonly CodeToken[] {
  return token.inner === undefined ? [token] : [token, ...token.inner.flatMap(withInner)]
}

/** The name of a block's variable: `%w[a b].each do |name|`. */
function isVariable(tokens: readonly CodeToken[], word: string): boolean {
  return tokens.some(
    (token, index) =>
      token.text === word && tokens[index - 1]?.text === '|' && tokens[index + 1]?.text === '|',
  )
}
