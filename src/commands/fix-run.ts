import type { BuildContext } from '../context/types.ts'
import type { Risk, TransformOptions } from '../config/types.ts'
import type { Problem } from '../findings/types.ts'
import { widenRoot } from './patch-root.ts'
import { type TextOrFault, readText } from './read-text.ts'

/** One way in which a Dockerfile is built. All paths are absolute. */
export interface Build {
  /** Where the builder finds the Dockerfile; it may be a symbolic link. */
  readonly dockerfile: string
  /** The file itself, links resolved. */
  readonly file: string
  /** The context directory, links resolved. */
  readonly context: string
  /** The ignore file that counts for this build, links resolved; where it would be when there is none. */
  readonly ignorePath: string
  /** Whether the ignore file is a symbolic link, `ignorePath` being what it leads to. */
  readonly isIgnoreLink: boolean
}

/** One Dockerfile to fix. */
export interface Job {
  /** The Dockerfile and its first context directory as the user would write them; for the report. */
  readonly path: string
  readonly context: string
  /** Absolute, links resolved. */
  readonly file: string
  /** At least one. */
  readonly builds: readonly Build[]
  /** Ids of the transforms to run. */
  readonly transforms: readonly string[]
  /** Their options, as far as the config states them. */
  readonly options: Readonly<Record<string, TransformOptions>>
  readonly risk: Risk
}

/** A Dockerfile that cannot be looked at. */
export interface BrokenJob extends Pick<Job, 'path' | 'context'> {
  readonly problem: Problem
}

/** What the Dockerfiles of one run share. Absolute paths. */
export interface FixRun {
  readonly cwd: string
  /** See `findPatchRoot`. */
  readonly root: string
  /** All known builds by `siblingKey`, also of Dockerfiles that the run leaves alone. */
  readonly siblings: ReadonlyMap<string, readonly Build[]>
  readonly openContext: (directory: string) => BuildContext
  /** By path: the text of every file that an earlier Dockerfile of the run has changed, written or not. */
  readonly changed: Map<string, string>
}

/** Builds with one key are sent the same files. */
export function siblingKey({ context, ignorePath }: Pick<Build, 'context' | 'ignorePath'>): string {
  return `${context}\0${ignorePath}`
}

/** The text of a file as the Dockerfiles before this one leave it. */
export function readCurrent(run: Pick<FixRun, 'changed'>, path: string): TextOrFault {
  const text = run.changed.get(path)
  return text === undefined ? readText(path) : { text }
}

/** The directory that no change for the Dockerfile may lie outside of, wherever links lead. */
export function toArea({ builds }: Job, { root }: FixRun): string {
  return widenRoot(
    root,
    builds.flatMap(({ dockerfile, context }) => [dockerfile, context]),
  )
}
