import type { EntryKind } from '../context/types.ts'
import type { Reason } from '../findings/reasons.ts'

/** An argument of a command; absent where the shell computes it in a way that cannot be known. */
export type Argument = string | undefined

/** One simple command, as the shell would run it. Wrappers (`sudo`, `env`, `exec`, `time`) are stripped. */
export interface Command {
  /** Base name of the program: `npm`; absent when it cannot be known. */
  readonly name: Argument
  /** The program as spelled: `./mvnw`, `/usr/bin/pip`. */
  readonly program: Argument
  /** The arguments after the program, variables of known value replaced, quotes removed. */
  readonly args: readonly Argument[]
  /** The command as the file spells it. */
  readonly text: string
  /** Absolute directory in the image. */
  readonly cwd: string
  /** As USER names it; `root` unless the file says otherwise. */
  readonly user: string
  /** Absolute home directory of the user. */
  readonly home: string
  /** Environment: ENV, ARG, exports and assignments before the command. An unknown value is `undefined`. */
  readonly env: ReadonlyMap<string, Argument>
  /** Files that redirections of the command write to; `undefined` when unknown. Not for `/dev/null` and `2>&1`. */
  readonly outputs: readonly Argument[]
  /** Files that redirections of the command read from. */
  readonly inputs: readonly Argument[]
}

/**
 * The image's files as a step finds them. Every look at them by a `read*`, `kind` or `find` call is recorded as a
 * read of the step: what the resolver looks at is what the command reads, and when one of these answers differs
 * between two builds, the step's result differs. `peek*` calls are not recorded: use them for advice only.
 * All paths are absolute in the image.
 */
export interface ImageFiles {
  /** Text of a file that comes unchanged from the context; absent when there is none or when it is unknown. */
  readonly read: (path: string) => string | undefined
  /** What the context (or an earlier step) put there: `absent` when nothing, `unknown` when a command may have. */
  readonly kind: (path: string) => EntryKind | 'absent' | 'unknown'
  /**
   * Files of the context below `dir` whose path relative to `dir` matches a glob: `*` within a name, `**` for any
   * number of directories, `{a,b}`; `node_modules` directories are never entered. Those that match one of the globs
   * `except` are left out. Absolute paths, sorted. The list of matches is recorded as read, not the files' content.
   */
  readonly find: (dir: string, glob: string, except?: readonly string[]) => readonly string[]
  /** Records that the command reads everything at and below a path. */
  readonly readTree: (path: string) => void
  /** As `kind`, unrecorded. */
  readonly peekKind: (path: string) => EntryKind | 'absent' | 'unknown'
  /** As `read`, unrecorded. */
  readonly peek: (path: string) => string | undefined
  /** Whether the owner may execute a file that comes from the context; unrecorded. */
  readonly executable: (path: string) => boolean
  /** The image from which a `COPY --from` took what stands at the path, as the Dockerfile names it; unrecorded. */
  readonly image: (path: string) => string | undefined
  /** How a user would name this image path: the context path it comes from, or the image path itself. */
  readonly origin: (path: string) => string
}

/**
 * What a difference may be that a rewrite is allowed to make when it says so in a note: a lockfile that the install
 * would have rewritten; a package manager's cache; dependencies that an added step installs and that the command which
 * stays below the sources installs anyway, so that it decides what is there in the end.
 */
export type Allowance = 'lockfile' | 'cache' | 'warm-up'

/** Something that a command writes. Paths are absolute in the image. */
export type WriteEffect = (
  | {
      readonly path: string
      /** Set for a directory that is made when it is missing and left alone otherwise. */
      readonly directory?: boolean
    }
  /** At and below a path; `replace` when nothing that was there before survives. */
  | { readonly tree: string; readonly mode: 'replace' | 'merge' }
  /** The operating system's directories, without the places where applications put their own files. */
  | { readonly system: true }
) & {
  /** For outputs inside the project: the `.dockerignore` pattern that keeps a stray copy out of the context. */
  readonly ignore?: string
  /** Set for a symbolic link: what is addressed by it lies elsewhere. */
  readonly link?: true
  /** A write that a rewrite may add, lose or undo, with a note. */
  readonly allow?: Allowance
}

/**
 * Which environment variables a command's result depends on, besides the general ones (PATH, HOME, locale, proxies,
 * certificates): names, or prefixes ending in `*`, compared without case; or all but build stamps
 * (names such as GIT_SHA or BUILD_DATE); or all. Variables that occur in the command's text always count.
 */
export type EnvEffect = readonly string[] | 'all-but-stamps' | 'all'

/** What kind of work a command is: it decides cost and volatility, and what a transform looks for. */
export type Role =
  /** Puts a project's dependencies in place; reads manifests. */
  | 'install'
  /** Downloads dependencies only. */
  | 'fetch'
  /** Builds the project and downloads its dependencies on the way. */
  | 'build'
  /** Installs system packages. */
  | 'system'
  /** Installs a tool that does not depend on the project. */
  | 'tool'
  /** Downloads something from a fixed place. */
  | 'download'
  /** Users, directories, links, modes and other file work. */
  | 'files'
  /** Has no lasting effect. */
  | 'none'

/** What a known command does. Reads are recorded through `ImageFiles`. */
export interface KnownEffect {
  readonly known: true
  readonly role: Role
  readonly writes: readonly WriteEffect[]
  readonly env: EnvEffect
  /** True when the command neither reads nor writes the operating system's directories (`true`, `echo`, `mkdir /app`). */
  readonly pure?: boolean
  /**
   * Files of the project that must be there when the command runs, absolute in the image: of any content, so that an
   * empty file in their place serves as well. They are looked at by `peek*` calls only.
   */
  readonly stubs?: readonly string[]
  /** Set when the command names the members of a workspace that it installs: others may well be missing. */
  readonly narrowed?: boolean
  /** Set for a download that is given all that it could read, or is given too little: settings decide what it fetches. */
  readonly wantsAll?: true
  /** What may be worse than before when the step is cached for longer, without being wrong. */
  readonly warning?: Reason
}

/** A command that reads and writes what it likes; the reason is told when an install is refused for it. */
export interface OpaqueEffect {
  readonly known: false
  /** What the command would be, were it known: an install that is refused is worth a message. */
  readonly role?: Role
  readonly reason?: Reason
}

export type Effect = KnownEffect | OpaqueEffect

/** Says what a command does; `undefined` when the command is none of this module's. */
export type Resolve = (command: Command, files: ImageFiles) => Effect | undefined

/** A step that can be added before a command so that the command finds its dependencies downloaded. */
export interface FetchStep {
  /** The shell command to add, to be run in the directory `cwd`. */
  readonly command: string
  readonly cwd: string
}

/** One package manager. */
export interface Ecosystem {
  /** The command that people type: `npm`, `pip`, `go`. */
  readonly id: string
  readonly name: string
  /** The manager's own documentation of the install command. */
  readonly docs: string
  /** The spellings of install and fetch commands that are known, for the documentation. */
  readonly commands: readonly string[]
  /** File names that the install reads, for the documentation. */
  readonly manifests: readonly string[]
  /** Ignore patterns for what installs and runs leave in the project, safe when nothing below them is tracked. */
  readonly ignore: readonly string[]
  readonly resolve: Resolve
  /** For a `build` command: the fetch step that may be added, or why none may; `undefined` when there is none. */
  readonly fetch?: (command: Command, files: ImageFiles) => FetchStep | Reason | undefined
}
