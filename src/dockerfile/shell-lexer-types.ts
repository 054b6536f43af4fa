/**
 * The value of a variable: a string, `false` when it is certain that it is not set, `undefined` when it is not
 * known.
 */
export type Lookup = (name: string) => string | false | undefined

export interface LexOptions {
  readonly escape: string
  /** Keeps quotes. */
  readonly rawQuotes?: boolean
  /** Keeps escape characters. */
  readonly rawEscapes?: boolean
  /** Takes quotes for ordinary characters. */
  readonly skipQuotes?: boolean
  /** Leaves variables that are not set as they are spelled. */
  readonly skipUnset?: boolean
  readonly lookup: Lookup
}

export interface LexResult {
  /** Absent when a variable that decides it is not known. */
  readonly value: string | undefined
  /** The value split at white space outside quotes. */
  readonly words: readonly string[]
  /** The variables used, also in branches that are not taken. */
  readonly names: ReadonlySet<string>
}
