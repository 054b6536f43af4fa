import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { env } from 'node:process'
import { findRealPath } from './real-path.ts'

/** What the index of a git repository holds. */
export interface TrackedFiles {
  /** Relative to the repository's root, in the order of JavaScript's `<`. */
  readonly paths: readonly string[]
  readonly executables: ReadonlySet<string>
  readonly symlinks: ReadonlySet<string>
  /** Submodules are one entry each; a plain clone leaves them empty. */
  readonly submodules: ReadonlySet<string>
}

export interface Repository {
  /** Real path of the work tree. */
  readonly root: string
  readonly tracked: TrackedFiles
}

/** Repositories by the real path of a work tree's root, so that git runs once in each; `undefined` when it cannot. */
export type Repositories = Map<string, Repository | undefined>

/** The repository whose work tree holds the directory; absent without a repository, a usable one, or git itself. */
export function findRepository(directory: string, repositories: Repositories): Repository | undefined {
  for (
    let at = findRealPath(directory);
    at !== undefined;
    at = dirname(at) === at ? undefined : dirname(at)
  ) {
    if (!repositories.has(at)) {
      const tracked = existsSync(join(at, '.git')) ? readTracked(at) : undefined
      repositories.set(at, tracked === undefined ? undefined : { root: at, tracked })
    }
    const known = repositories.get(at)
    if (known !== undefined) return known
  }
  return undefined
}

/**
 * The files below a directory of the work tree that `.gitignore` does not leave out, tracked or not, relative to the
 * directory; a nested repository ends in `/`. `pathspecs` narrow them (https://git-scm.com/docs/gitglossary). Absent when git fails.
 */
export function listUnignored(
  repository: Repository,
  directory: string,
  pathspecs: readonly string[],
): readonly string[] | undefined {
  return splitNul(
    runGit(repository.root, directory, ['ls-files', '-z', '-co', '--exclude-standard', '--', ...pathspecs]),
  )
}

function readTracked(root: string): TrackedFiles | undefined {
  const entries = splitNul(runGit(root, root, ['ls-files', '-z', '-s']))
  if (entries === undefined) return undefined
  const paths: string[] = []
  const executables = new Set<string>()
  const symlinks = new Set<string>()
  const submodules = new Set<string>()
  let isSorted = true
  for (const entry of entries) {
    // `<mode> <object> <stage>\t<path>`; an unmerged path has up to three stages.
    const path = entry.slice(entry.indexOf('\t') + 1)
    const last = paths.at(-1)
    if (path === last) continue
    if (last !== undefined && path < last) isSorted = false
    paths.push(path)
    if (entry.startsWith('100755')) executables.add(path)
    else if (entry.startsWith('120000')) symlinks.add(path)
    else if (entry.startsWith('160000')) submodules.add(path)
  }
  // Git orders by UTF-8 bytes, which differs beyond the basic plane.
  return { paths: isSorted ? paths : paths.sort(), executables, symlinks, submodules }
}

function splitNul(output: string | undefined): readonly string[] | undefined {
  return output?.split('\0').slice(0, -1)
}

/** What git prints in the work tree of this root; absent when it fails or takes longer than `timeout` milliseconds. */
export function runGit(
  root: string,
  cwd: string,
  args: readonly string[],
  timeout = 60_000,
): string | undefined {
  const result = spawnSync(
    'git',
    // Naming the directory spares git the ownership check, which would fail in a container that mounts someone
    // else's checkout; in return nothing that the repository configures may run.
    [`--git-dir=${join(root, '.git')}`, `--work-tree=${root}`, '-c', 'core.fsmonitor=false', ...args],
    {
      cwd,
      // A hook's variables speak of the repository that is being committed to, not of this one.
      env: { ...env, ...HOOK_VARIABLES, GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1' },
      encoding: 'utf8',
      maxBuffer: 2 ** 29,
      timeout,
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  if (result.error !== undefined || result.status !== 0) return undefined
  return result.stdout
}

const HOOK_VARIABLES = {
  GIT_INDEX_FILE: undefined,
  GIT_PREFIX: undefined,
  GIT_COMMON_DIR: undefined,
  GIT_OBJECT_DIRECTORY: undefined,
  GIT_ALTERNATE_OBJECT_DIRECTORIES: undefined,
  GIT_NAMESPACE: undefined,
  GIT_LITERAL_PATHSPECS: undefined,
  GIT_GLOB_PATHSPECS: undefined,
  GIT_NOGLOB_PATHSPECS: undefined,
  GIT_ICASE_PATHSPECS: undefined,
}
