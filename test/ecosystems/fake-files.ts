import { globFiles } from '../../src/model/glob.ts'
import type { EntryKind } from '../../src/context/types.ts'
import type { Command, ImageFiles } from '../../src/model/types.ts'

/** What a resolver looked at, in order, each look once. */
export interface Looks {
  /** Paths given to `kind` and `read`. */
  readonly paths: readonly string[]
  /** Paths of `paths` where something is: what a split would copy. */
  readonly found: readonly string[]
  readonly trees: readonly string[]
  /** `dir` and glob joined by a slash. */
  readonly finds: readonly string[]
}

export interface FakeFiles {
  readonly files: ImageFiles
  readonly looks: () => Looks
}

export interface FakeOptions {
  /** Kinds of paths that are no files of the context: symbolic links, files changed by a command. */
  readonly kinds?: Readonly<Record<string, EntryKind | 'unknown'>>
  /** Image directory of the context; names are reported relative to it. `/app` unless told. */
  readonly root?: string
  /** Images that paths were copied from. */
  readonly images?: Readonly<Record<string, string>>
  /** Paths that the owner may execute. */
  readonly executable?: readonly string[]
}

/** Image files from absolute paths and texts; directories are there where files are below them. */
export function fakeFiles(texts: Readonly<Record<string, string>>, options: FakeOptions = {}): FakeFiles {
  const root = options.root ?? '/app'
  const paths = new Set<string>()
  const trees = new Set<string>()
  const finds = new Set<string>()
  const all = Object.keys(texts)
  const kindOf = (path: string): EntryKind | 'absent' | 'unknown' => {
    const special = options.kinds?.[path]
    if (special !== undefined) return special
    if (texts[path] !== undefined) return 'file'
    return all.some((file) => file.startsWith(path === '/' ? '/' : `${path}/`)) ? 'dir' : 'absent'
  }
  const textOf = (path: string): string | undefined => (kindOf(path) === 'file' ? texts[path] : undefined)
  const files: ImageFiles & { readonly executable: (path: string) => boolean } = {
    read: (path) => {
      paths.add(path)
      return textOf(path)
    },
    kind: (path) => {
      paths.add(path)
      return kindOf(path)
    },
    find: (dir, glob, except = []) => {
      finds.add([`${dir}/${glob}`, ...except].join(' !'))
      const prefix = dir === '/' ? '/' : `${dir}/`
      return all
        .filter((path) => path.startsWith(prefix) && globFiles.matches(glob, path.slice(prefix.length)))
        .filter((path) => !except.some((other) => globFiles.matches(other, path.slice(prefix.length))))
        .sort()
    },
    readTree: (path) => void trees.add(path),
    peekKind: kindOf,
    peek: textOf,
    image: (path) => options.images?.[path],
    origin: (path) => (path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path),
    executable: (path) => options.executable?.includes(path) ?? false,
  }
  return {
    files,
    looks: () => ({
      paths: [...paths],
      found: [...paths].filter((path) => kindOf(path) !== 'absent'),
      trees: [...trees],
      finds: [...finds],
    }),
  }
}

/** A command in `/app` as root, from words split at blanks. */
export function fakeCommand(
  text: string,
  changes: {
    cwd?: string
    user?: string
    home?: string
    env?: Readonly<Record<string, string | undefined>>
  } = {},
): Command {
  const [program = '', ...args] = text.split(' ').filter((word) => word !== '')
  return {
    name: program.slice(program.lastIndexOf('/') + 1),
    program,
    // A word of one question mark stands for an argument that cannot be known.
    args: args.map((word) => (word === '?' ? undefined : word)),
    text,
    cwd: changes.cwd ?? '/app',
    user: changes.user ?? 'root',
    home: changes.home ?? '/root',
    env: new Map(Object.entries(changes.env ?? {})),
    outputs: [],
    inputs: [],
  }
}
