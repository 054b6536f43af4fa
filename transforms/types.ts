import type { Choice, TransformOptions } from '../src/config/types.ts'
import type { BuildContext, Commit, FileTree } from '../src/context/types.ts'
import type { Dockerfile } from '../src/dockerfile/types.ts'
import type { ModelBuild } from '../src/model/build.ts'
import type { Ecosystem, Resolve } from '../src/model/types.ts'
import type { Note } from '../src/findings/types.ts'
import type { Reason } from '../src/findings/reasons.ts'

/** What a transform looks at. All of it is read-only. */
export interface TransformInput {
  /** The Dockerfile as the transforms before have left it. */
  readonly dockerfile: Dockerfile
  /** Its model build in the context that the builder sees. */
  readonly build: ModelBuild
  /** The builds of the other Dockerfiles that share the context and its ignore file. */
  readonly siblings: readonly SiblingBuild[]
  readonly context: BuildContext
  /** The Dockerfile's path in the context. */
  readonly path: string
  readonly ignoreFile: IgnoreState
  /** What accepted rewrites rely on. */
  readonly needed: readonly Need[]
  /** The last commits with the files that the builder sees of them, the newest first; git is asked when this is. */
  readonly history: () => readonly Commit[]
  readonly ecosystems: readonly Ecosystem[]
  readonly resolve: Resolve
  /** Keys of proposals that were tried and not proven: not to be made again. */
  readonly rejected: ReadonlySet<string>
  /** The transform's own options, complete. */
  readonly options: TransformOptions
  /** The reason after `# dockerfix-ignore` above an instruction, empty when none is given; absent without the comment. */
  readonly ignoreReason: (instruction: number) => string | undefined
}

export interface SiblingBuild {
  readonly path: string
  readonly dockerfile: Dockerfile
  /** Its model build in the same context; made when it is asked for. */
  readonly build: () => ModelBuild
}

export interface IgnoreState {
  readonly path: string
  readonly text?: string
  /** The context's files as an ignore file of this text shows them. */
  readonly view: (text: string) => FileTree
}

/** A context path that must not reach the builder, and the pattern that sees to it. */
export interface Need {
  readonly path: string
  readonly pattern: string
}

/** A change that a transform suggests. Nothing is believed before the model has proven it. */
export interface Proposal {
  /** Names the proposal within its file, stable from one round to the next. */
  readonly key: string
  /** The instruction in the current file that it is about; absent for ignore files. */
  readonly instruction?: number
  /** The whole new Dockerfile, in several ways, the best first; empty when it stays. */
  readonly texts: readonly string[]
  /** The Dockerfile that `texts` must equal, where that is not the current one; a note says what that alters. */
  readonly reference?: string
  /** What must equal the reference in place of `texts`: the one text of them with the copies that the reference adds. */
  readonly witness?: string
  /** A Dockerfile on the way: it must be proven equal to the current one, and each of `texts` to it. */
  readonly via?: string
  /** The whole new ignore file; absent when it stays. */
  readonly ignoreText?: string
  /** What must be ignored for the rewrite to be safe in an unclean checkout. */
  readonly needs?: readonly Need[]
  readonly summary: string
  readonly notes: readonly Note[]
  /** What only holds of some of `texts`. */
  readonly textNotes?: ReadonlyMap<string, readonly Note[]>
}

/** A change that cannot be suggested, and why. */
export interface Obstacle {
  readonly instruction: number
  readonly reason: Reason
}

export interface Outcome {
  /** The next change to make, the first of them that is not rejected. */
  readonly proposal?: Proposal
  readonly obstacles: readonly Obstacle[]
}

/** A rewrite as data: the pipeline decides, applies and proves. */
export interface Transform {
  readonly id: string
  /** One sentence: what it does. */
  readonly description: string
  /** Its page, as a path in the repository. */
  readonly docs: string
  /** Its options with their defaults; a switch, a list of names, or one of `choices`. */
  readonly defaults: TransformOptions
  readonly choices?: Readonly<Record<string, Choice>>
  readonly propose: (input: TransformInput) => Outcome
}
