import type { BuildContext } from './context/types.ts'
import type { Risk } from './config/types.ts'
import type { DockerfileError } from './dockerfile/types.ts'
import type { Gain, Refusal, Rewrite } from './findings/types.ts'

/** An ignore file that decides what the builder sees. */
export interface IgnoreFile {
  /** Relative to the context's root, or absolute when it lies elsewhere; for messages and writing. */
  readonly path: string
  /** Absent when there is none yet. */
  readonly text?: string
}

/** Another Dockerfile that is built from the same context with the same ignore file. */
export interface Sibling {
  readonly path: string
  readonly text: string
}

export interface FixInput {
  /** The Dockerfile, relative to the context's root when it lies below it. */
  readonly path: string
  readonly text: string
  readonly context: BuildContext
  readonly ignoreFile: IgnoreFile
  readonly siblings: readonly Sibling[]
  /** Ids of the transforms to run; all when absent. */
  readonly transforms?: readonly string[]
  readonly risk: Risk
}

export interface FixResult {
  readonly text: string
  /** The ignore file's new text; absent when it does not change. */
  readonly ignoreText?: string
  readonly rewrites: readonly Rewrite[]
  readonly refusals: readonly Refusal[]
  readonly gain?: Gain
  /** When set, the file is no Dockerfile that can be rewritten, and `text` is the input's. */
  readonly error?: DockerfileError
}
