import { realpathSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type BuildTarget, type DiscoverOptions, discover } from '../context/discover.ts'
import { findRepository } from '../context/git.ts'
import { type Build, siblingKey } from './fix-run.ts'
import { isInside } from './patch-root.ts'
import { resolveBuild } from './resolve-build.ts'

export interface Searched {
  /** What was searched or named, relative to the working directory. */
  readonly paths: readonly string[]
  readonly targets: readonly BuildTarget[]
  /** Whether the config kept Dockerfiles out of the targets. */
  readonly isFiltered: boolean
}

/**
 * All builds, by `siblingKey`, that are sent the files of one of these builds' contexts, these themselves included. The
 * ignore file must suit them too, so that Dockerfiles count that were not asked for or that the config leaves alone.
 */
export async function discoverSiblings(
  builds: readonly Build[],
  searched: Searched,
  options: DiscoverOptions,
): Promise<ReadonlyMap<string, readonly Build[]>> {
  const contexts = new Set(builds.map(({ context }) => context))
  const targets = await discoverAll(contexts, searched, options)
  const siblings = new Map<string, Build[]>()
  for (const { dockerfile, context } of targets) {
    // Resolving costs some system calls for each of what may be thousands.
    if (!contexts.has(toRealDirectory(context) ?? '')) continue
    const build = resolveBuild(dockerfile, context)
    if ('fault' in build) continue
    const key = siblingKey(build)
    siblings.set(key, [...(siblings.get(key) ?? []), build])
  }
  return siblings
}

/** What was found, when that is all of the contexts' repositories; else a search of these. */
async function discoverAll(
  contexts: ReadonlySet<string>,
  { paths, targets, isFiltered }: Searched,
  options: DiscoverOptions,
): Promise<readonly BuildTarget[]> {
  const roots = new Set(
    [...contexts].map((context) => findRepository(context, options.repositories)?.root ?? context),
  )
  const directories = paths.flatMap((path) => toRealDirectory(resolve(options.cwd, path)) ?? [])
  const isCovered = [...roots].every((root) => directories.some((directory) => isInside(directory, root)))
  if (isCovered && !isFiltered) return targets
  const configFor: DiscoverOptions['configFor'] = async (dockerfile) => {
    const loaded = await options.configFor(dockerfile)
    return { ...loaded, config: { ...loaded.config, ignore: [] } }
  }
  return (await discover([...roots], { ...options, configFor })).targets
}

/** Absent for what is no directory, or cannot be reached. */
function toRealDirectory(path: string): string | undefined {
  try {
    return statSync(path).isDirectory() ? realpathSync(path) : undefined
  } catch {
    return undefined
  }
}
