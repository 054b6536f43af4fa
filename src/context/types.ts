/** What stands at a path of a build context. */
export type EntryKind = 'file' | 'dir' | 'symlink'

/**
 * A read-only, lazy view of files below one root. Paths are relative to the root, `/`-separated, without a
 * leading `./` or `/`; the root itself is `''`.
 */
export interface FileTree {
  /** Absent when nothing is there. Never follows symbolic links. */
  readonly kind: (path: string) => EntryKind | undefined
  /** The names in a directory, sorted; empty when it is not a directory. */
  readonly list: (dir: string) => readonly string[]
  /** The content as UTF-8 text; absent when it is not a regular file or not UTF-8. */
  readonly read: (path: string) => string | undefined
  /** Size in bytes of a regular file, 0 otherwise. */
  readonly size: (path: string) => number
  /** Whether the owner may execute the file. */
  readonly executable: (path: string) => boolean
  /**
   * All entries whose name (without the directories above) passes, in any order, at less than the cost of a walk.
   * Absent from trees that would have to be walked for it.
   */
  readonly findNames?: (test: (name: string) => boolean) => readonly string[]
  /** Set in the model of a changed context: equal for equal contents of the file or of all below the directory. */
  readonly version?: (path: string) => string | undefined
}

/** What one commit of the main line changed. */
export interface Commit {
  /** Changed, added and removed files below the context's root, relative to it. */
  readonly paths: readonly string[]
}

/** The build context of a Dockerfile. */
export interface BuildContext {
  /** The directory as the user would name it; for messages. */
  readonly root: string
  /** The clean checkout: what git tracks; outside git, all files but those that installs put there. */
  readonly checkout: FileTree
  /** Whether an untracked file or directory lies at the path on this disk (absent from the clean checkout). */
  readonly hasUntracked: (path: string) => boolean
  /** The last hundred commits, the newest first; empty when there is no history to be had. Git is asked when this is. */
  readonly history: () => readonly Commit[]
}

/** A compiled ignore file. */
export interface IgnoreMatcher {
  /** Whether the builder keeps this path out of the context. */
  readonly ignores: (path: string) => boolean
  /** Whether nothing below this directory can be in the context, so that it need not be walked. */
  readonly prunes: (dir: string) => boolean
  /** 1-based line of the pattern that decided that the path is ignored; absent when it is not ignored. */
  readonly line: (path: string) => number | undefined
}
