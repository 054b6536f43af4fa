import type { Reason } from './reasons.ts'

/** What a rewrite alters on purpose; never silent. */
export type Note =
  /** Tracked files that the new ignore patterns keep out of the image. */
  | { readonly code: 'ignored-files'; readonly files: readonly string[]; readonly bytes: number }
  /** A lockfile that the install would have rewritten keeps the repository's content; `absent` when there is none. */
  | { readonly code: 'lockfile-kept'; readonly file: string; readonly absent?: true }
  /** A package manager's cache may hold more than before. */
  | { readonly code: 'cache-grows'; readonly stage: string }
  /** An added step installs what a step below the sources installs anyway; that one, unchanged, has the last word. */
  | { readonly code: 'warmed-up'; readonly stage: string }
  /** The install now finds files of the repository that the list of manifests had lacked. */
  | { readonly code: 'install-sees'; readonly files: readonly string[] }
  /** Without a lockfile, the cached install now keeps its versions until a manifest changes. */
  | { readonly code: 'versions-freeze'; readonly file: string }
  /** A command that removes files now stands in a later layer than those that made them. */
  | { readonly code: 'cleaned-later'; readonly text: string }
  /** A step that fetches something from the network re-runs less often. */
  | { readonly code: 'refreshes-less'; readonly text: string }

/** Which steps re-run after a change, before and after the rewrites. Steps are named by their source text, one line. */
export interface Gain {
  /** The change: a context path. */
  readonly change: string
  readonly before: readonly string[]
  readonly after: readonly string[]
  /** RUN steps that stay cached now: before, they or the commands in them re-ran, or did not exist. */
  readonly kept: readonly string[]
}

/** Files that a run changes and that the image holds: their paths in the context, and the COPY that takes them along. */
export interface Carried {
  readonly copy: string
  readonly files: readonly string[]
}

/** A change that was made. */
export interface Rewrite {
  /** The transform's id. */
  readonly transform: string
  /** 1-based line in the original file; for a new ignore file 1. */
  readonly line: number
  /** One sentence: what was done and why. */
  readonly summary: string
  readonly notes: readonly Note[]
}

/** A change that was not made, and why. */
export interface Refusal {
  readonly transform: string
  /** 1-based line in the original file. */
  readonly line: number
  readonly reason: Reason
}

/** Something that is wrong with the input: one line, exit code 2. */
export interface Problem {
  /** Path as the user would write it. */
  readonly path: string
  readonly line?: number
  readonly column?: number
  readonly message: string
}

/** One file that a run would write. Paths are relative to the directory that the patch is applied in. */
export interface FileChange {
  readonly path: string
  /** Absent when the file is new. */
  readonly before?: string
  readonly after: string
}

/** All that a run found out about one Dockerfile. */
export interface DockerfileReport {
  /** The Dockerfile, relative to the working directory. */
  readonly path: string
  /** The context directory, relative to the working directory; `.` for itself. */
  readonly context: string
  readonly changes: readonly FileChange[]
  readonly rewrites: readonly Rewrite[]
  readonly refusals: readonly Refusal[]
  readonly gain?: Gain
  readonly carried?: Carried
  /** When set, the Dockerfile was not looked at further. */
  readonly problem?: Problem
}

export interface RunReport {
  readonly version: string
  /** The directory that the paths of changes are relative to; absolute. */
  readonly root: string
  readonly dockerfiles: readonly DockerfileReport[]
  /** Problems that belong to no Dockerfile: a path that does not exist, an unreadable directory. */
  readonly problems: readonly Problem[]
}
