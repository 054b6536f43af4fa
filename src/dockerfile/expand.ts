import type { Lookup } from './shell-lexer-types.ts'
import { lexShellWord } from './shell-lexer.ts'

export interface Expansion {
  /** Absent when it depends on a variable that is not known, or when the builder would refuse the word. */
  readonly value: string | undefined
  /** All variables that occur, also in defaults that are not taken; each once. */
  readonly names: readonly string[]
}

/**
 * Expands the variables of a Dockerfile word and removes its quotes, as BuildKit does. `lookup` returns a
 * variable's value, `undefined` when it is not known, `false` when it is certain that the variable is not set.
 * With `keepQuotes`, quotes are ordinary characters: that is how the body of a heredoc of COPY is expanded.
 * https://docs.docker.com/reference/dockerfile/#environment-replacement
 */
export function expandVariables(
  raw: string,
  lookup: Lookup,
  escape: '\\' | '`',
  keepQuotes = false,
): Expansion {
  const result = lexShellWord(raw, { escape, skipQuotes: keepQuotes, lookup })
  if (result !== undefined) return { value: result.value, names: [...result.names] }
  // A word that is refused for a variable's value (`${X:?}`) still uses its variables.
  const names = lexShellWord(raw, { escape, skipQuotes: keepQuotes, lookup: () => undefined })?.names
  return { value: undefined, names: [...(names ?? [])] }
}
