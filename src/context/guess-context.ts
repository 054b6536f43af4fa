import { lstatSync, readdirSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { cleanPath } from './ignore-lines.ts'

/**
 * The directory that a Dockerfile is most likely built from: its own folder, or the nearest one above, up to `limit`,
 * in which all its sources exist. Its own folder when there is none. Where all of the context is copied, a directory
 * that has a file of each list in `needed` goes before one that has not: without it the build would fail.
 */
export function guessContext(
  dockerfile: string,
  sources: readonly string[],
  limit: string,
  needed: () => readonly (readonly string[])[] = () => [],
): { readonly context: string; readonly why: 'own-folder' | 'ancestor' } {
  const own = dirname(dockerfile)
  const all = copiesAll(sources)
  const directories = upwards(own, limit)
  const fits = (directory: string): boolean =>
    sources.every((source) => exists(directory, source)) && !(all && isToolFolder(directory))
  const context = (all ? findComplete(directories.filter(fits), needed) : directories.find(fits)) ?? own
  return { context, why: context === own ? 'own-folder' : 'ancestor' }
}

/** The first directory that has a file of each list, or else the first; what is needed is asked where there is a choice. */
function findComplete(
  directories: readonly string[],
  needed: () => readonly (readonly string[])[],
): string | undefined {
  const [first] = directories
  if (directories.length < 2) return first
  const lists = needed()
  const isComplete = (directory: string): boolean =>
    lists.every((names) => names.some((name) => exists(directory, name)))
  return directories.find(isComplete) ?? first
}

function copiesAll(sources: readonly string[]): boolean {
  return sources.some((source) => cleanPath(`/${source}`) === '/')
}

const TOOL_FOLDER =
  /^(docker(files?)?|\.?docker|deploy(ments?)?|containers?|images?|packaging|infra|ops|\.?ci|build)$/i

/** What projects have at their root; without one, a folder named `docker` holds build files only. */
const MANIFEST =
  /^(package\.json|go\.mod|requirements.*\.txt|pyproject\.toml|setup\.py|Pipfile|Cargo\.toml|pom\.xml|build\.gradle(\.kts)?|Gemfile|composer\.json|mix\.exs|.*\.(csproj|fsproj|sln))$/

/** A folder that is kept for Dockerfiles: nobody copies all of it into an image. */
function isToolFolder(directory: string): boolean {
  if (!TOOL_FOLDER.test(basename(directory))) return false
  try {
    return !readdirSync(directory).some((name) => MANIFEST.test(name))
  } catch {
    return false
  }
}

/** A directory and those above it up to `limit`, or itself alone when it lies elsewhere. */
export function upwards(directory: string, limit: string): readonly string[] {
  const path = relative(limit, directory)
  const depth = path === '' || path.startsWith('..') ? 0 : path.split(/[\\/]/).length
  const directories = [directory]
  for (let i = 0; i < depth; i++) directories.push(dirname(directories[i] ?? directory))
  return directories
}

function exists(directory: string, source: string): boolean {
  try {
    // Builders resolve `..` at the context's root to the root itself.
    return lstatSync(join(directory, cleanPath(`/${source}`)), { throwIfNoEntry: false }) !== undefined
  } catch {
    // A file where the path has a directory (ENOTDIR), a name that is too long, or no permission.
    return false
  }
}
