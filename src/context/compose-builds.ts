import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isComposeName, VENDORED } from './dockerfile-names.ts'
import { parseCompose, type ComposeBuild } from './parse-compose.ts'
import { nameOf } from './tree-path.ts'
import { findRealPath } from './real-path.ts'
import type { Repository } from './git.ts'

export interface FoundBuild extends ComposeBuild {
  /** The compose file. */
  readonly source: string
}

/**
 * All builds of these compose files whose Dockerfile and context exist, by the Dockerfile's real path. A file that comes
 * under two paths counts once, by the first.
 */
export async function readComposeBuilds(
  files: Iterable<string>,
): Promise<ReadonlyMap<string, readonly FoundBuild[]>> {
  const builds = new Map<string, FoundBuild[]>()
  const unique = new Map<string, string>()
  for (const file of files) {
    const real = findRealPath(file)
    if (real !== undefined && !unique.has(real)) unique.set(real, file)
  }
  for (const file of [...unique.values()].sort()) {
    const text = readOptional(file)
    if (text === undefined) continue
    const isPartial = !/^(?:docker-)?compose\.ya?ml$/.test(nameOf(file))
    for (const build of await parseCompose(text, dirname(file), isPartial)) {
      if (!existsSync(build.dockerfile) || !existsSync(build.context)) continue
      const key = realpathSync(build.dockerfile)
      builds.set(key, [...(builds.get(key) ?? []), { ...build, source: file }])
    }
  }
  return builds
}

/** The compose files that a repository tracks. */
export function listTrackedComposeFiles(repository: Repository): readonly string[] {
  return repository.tracked.paths
    .filter((path) => path.endsWith('ml') && isComposeName(nameOf(path)))
    .filter((path) => !path.split('/').some((part) => VENDORED.has(part)))
    .map((path) => join(repository.root, path))
}

/** The compose files in a directory itself; none when it cannot be read. */
export function listComposeFiles(directory: string): readonly string[] {
  try {
    return readdirSync(directory)
      .filter(isComposeName)
      .map((name) => join(directory, name))
  } catch {
    return []
  }
}

function readOptional(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
