/** Which builders the result must hold for. */
export type Risk = 'none' | 'notes'

/** Options of a transform by name. */
export type TransformOptions = Readonly<Record<string, boolean | string | readonly string[]>>

/** An option that has one of several values. */
export interface Choice {
  readonly oneOf: readonly string[]
}

/** The options that a transform knows: a default that shows the kind of value, or the values to choose from. */
export type KnownOptions = Readonly<Record<string, boolean | string | readonly string[] | Choice>>

/** The config file, all keys optional. */
export interface Config {
  /** Per transform: whether it runs, or its options. */
  readonly transforms?: Readonly<Record<string, boolean | TransformOptions>>
  /** Globs of Dockerfiles to leave alone, relative to the config file. */
  readonly ignore?: readonly string[]
  /** Glob of Dockerfiles to context directory, relative to the config file. The first match counts. */
  readonly context?: Readonly<Record<string, string>>
  /** `none` refuses rewrites with a note on lockfiles or caches. Default `notes`. */
  readonly risk?: Risk
}

export interface LoadedConfig {
  /** Absolute path of the file; absent when there is none. */
  readonly file?: string
  /** The directory that the config's paths are relative to. */
  readonly directory: string
  readonly config: Config
}
