import { readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { toRealPath } from './real-path.ts'
import type { Problem } from '../findings/types.ts'
import {
  listComposeFiles,
  listTrackedComposeFiles,
  readComposeBuilds,
  type FoundBuild,
} from './compose-builds.ts'
import { VENDORED } from './dockerfile-names.ts'
import { findRepository, type Repositories } from './git.ts'
import { guessContext, upwards } from './guess-context.ts'
import { cleanPath } from './ignore-lines.ts'
import { parseIgnore } from './ignore-matcher.ts'
import { compileIgnorePattern } from './ignore-pattern.ts'
import { searchDirectory } from './search-directory.ts'

/** A Dockerfile with one way to build it. */
export interface BuildTarget {
  /** Absolute; links are not resolved. */
  readonly dockerfile: string
  /** Absolute directory. It need not exist when the flag or the config names it. */
  readonly context: string
  readonly target?: string
  readonly args?: Readonly<Record<string, string>>
  /** What decided the context. */
  readonly why: 'flag' | 'config' | 'compose' | 'own-folder' | 'ancestor'
  /** The config or compose file that decided it. */
  readonly source?: string
}

export interface Discovery {
  /** In the order of the Dockerfiles' paths. A Dockerfile has several when compose files build it in several ways. */
  readonly targets: readonly BuildTarget[]
  readonly problems: readonly Problem[]
}

/** What discovery takes from a loaded config. */
export interface DiscoveryConfig {
  /** Absolute path of the config file; absent when there is none. */
  readonly file?: string
  /** Absolute; the globs and contexts are relative to it. */
  readonly directory: string
  readonly config: {
    readonly ignore?: readonly string[]
    readonly context?: Readonly<Record<string, string>>
  }
}

export interface DiscoverOptions {
  /** Absolute; paths and the context flag are relative to it. */
  readonly cwd: string
  /** The context of all Dockerfiles. */
  readonly context?: string
  /** The config that counts for a Dockerfile. */
  readonly configFor: (dockerfile: string) => DiscoveryConfig | Promise<DiscoveryConfig>
  /** The literal sources of a Dockerfile's COPY and ADD instructions that come from the context. */
  readonly copySources: (text: string) => readonly string[]
  /** The lockfiles that its installs need, as lists of which one name must be there. */
  readonly neededLockfiles?: (text: string) => readonly (readonly string[])[]
  readonly repositories: Repositories
}

/**
 * Finds the Dockerfiles at the paths, and how each is built. A file that is named is always taken; a directory is searched.
 * A path that cannot be used is a problem, and the others go on.
 */
export async function discover(paths: readonly string[], options: DiscoverOptions): Promise<Discovery> {
  const problems: Problem[] = []
  const composeFiles = new Set<string>()
  /** By absolute path: the directory that was searched, absent when the file was named. */
  const found = new Map<string, string | undefined>()
  const searched: string[] = []
  for (const path of paths) {
    const absolute = resolve(options.cwd, path)
    try {
      const stat = statSync(absolute)
      if (stat.isDirectory()) {
        const { dockerfiles, composeFiles: files } = searchDirectory(absolute, options.repositories)
        for (const file of dockerfiles) if (!found.has(file)) found.set(file, absolute)
        for (const file of files) composeFiles.add(file)
        searched.push(absolute)
      } else if (stat.isFile()) found.set(absolute, undefined)
      else problems.push({ path, message: 'this is neither a file nor a directory' })
    } catch (error) {
      problems.push({ path, message: toMessage(error) })
    }
  }
  const roots = [...found].map(([file, root]) => [dirname(file), root] as const)
  addComposeFiles(composeFiles, [...roots, ...searched.map((root) => [root, root] as const)], options)
  const builds = await readComposeBuilds(composeFiles)
  addComposeDockerfiles(found, searched, builds)

  const targets: BuildTarget[] = []
  for (const [dockerfile, root] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const config = await options.configFor(dockerfile)
    if (root !== undefined && isLeftAlone(dockerfile, config)) continue
    targets.push(
      ...toTargets(dockerfile, toLimit(dirname(dockerfile), root, options), config, builds, options),
    )
  }
  return { targets, problems }
}

/**
 * Adds the compose files that may speak of what lies in the directories: those above, and those that the repository
 * tracks, so that a Dockerfile that is named alone is seen as in a search of the whole repository.
 */
function addComposeFiles(
  files: Set<string>,
  roots: readonly (readonly [directory: string, root: string | undefined])[],
  options: DiscoverOptions,
): void {
  const seen = new Set<unknown>()
  for (const [directory, root] of roots) {
    const repository = findRepository(directory, options.repositories)
    if (repository !== undefined && !seen.has(repository))
      for (const file of listTrackedComposeFiles(repository)) files.add(file)
    seen.add(repository)
    for (const above of upwards(directory, toLimit(directory, root, options))) {
      if (!seen.has(above)) for (const file of listComposeFiles(above)) files.add(file)
      seen.add(above)
    }
  }
}

/** Adds the Dockerfiles of any name that compose files build in the searched directories. */
function addComposeDockerfiles(
  found: Map<string, string | undefined>,
  searched: readonly string[],
  builds: ReadonlyMap<string, readonly FoundBuild[]>,
): void {
  const known = new Set([...found.keys()].map(toRealPath))
  for (const directory of searched) {
    const root = toRealPath(directory)
    for (const file of builds.keys()) {
      const path = relative(root, file)
      const isVendored = path.split(sep).some((part) => part === '..' || VENDORED.has(part))
      if (!isVendored && !known.has(file) && statSync(file).isFile())
        found.set(join(directory, path), directory)
      if (!isVendored) known.add(file)
    }
  }
}

function toTargets(
  dockerfile: string,
  limit: string,
  { config, directory, file }: DiscoveryConfig,
  builds: ReadonlyMap<string, readonly FoundBuild[]>,
  options: DiscoverOptions,
): readonly BuildTarget[] {
  if (options.context !== undefined)
    return [{ dockerfile, context: resolve(options.cwd, options.context), why: 'flag' }]

  const path = toPath(directory, dockerfile)
  const globs = Object.entries(config.context ?? {})
  const match = globs.find(([glob]) => compileIgnorePattern(toPattern(glob))?.(path) === true)
  if (match !== undefined)
    return [
      {
        dockerfile,
        context: resolve(directory, match[1]),
        why: 'config',
        ...(file !== undefined && { source: file }),
      },
    ]

  const composed = new Map<string, BuildTarget>()
  for (const build of builds.get(toRealPath(dockerfile)) ?? []) {
    const key = JSON.stringify([build.context, build.target, build.args])
    if (!composed.has(key)) composed.set(key, { ...build, dockerfile, why: 'compose' })
  }
  if (composed.size > 0) return [...composed.values()]

  const text = readText(dockerfile)
  const sources = options.copySources(text)
  return [
    { dockerfile, ...guessContext(dockerfile, sources, limit, () => options.neededLockfiles?.(text) ?? []) },
  ]
}

/** The highest directory that may be the context. */
function toLimit(directory: string, root: string | undefined, options: DiscoverOptions): string {
  const repository = findRepository(directory, options.repositories)
  if (repository === undefined) return root ?? options.cwd
  // The repository's root is a real path; the Dockerfile's may lead through links.
  return resolve(directory, relative(toRealPath(directory), repository.root))
}

function isLeftAlone(dockerfile: string, { config, directory }: DiscoveryConfig): boolean {
  const matcher = parseIgnore((config.ignore ?? []).join('\n'))
  return 'ignores' in matcher && matcher.ignores(toPath(directory, dockerfile))
}

function toPattern(glob: string): string {
  const cleaned = cleanPath(glob)
  return cleaned.startsWith('/') ? cleaned.slice(1) : cleaned
}

function toPath(directory: string, file: string): string {
  return relative(directory, file).replaceAll(sep, '/')
}

/** Empty where it cannot be read: whoever fixes the file reports what is wrong with it. */
function readText(dockerfile: string): string {
  try {
    return readFileSync(dockerfile, 'utf8')
  } catch {
    return ''
  }
}

function toMessage(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return 'no such file or directory'
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied'
  if (typeof code === 'string') return `the file system says ${code}`
  throw error
}
