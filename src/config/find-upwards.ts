import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The names in directories that were listed already, so that a run over many Dockerfiles lists each directory once. */
export type Listings = Map<string, ReadonlySet<string>>

/**
 * Asks a directory, then those above it, up to the root of the repository, and returns the first answer. Outside a
 * repository it asks all directories above.
 */
export function findUpwards<T>(
  directory: string,
  listings: Listings,
  pick: (directory: string, names: ReadonlySet<string>) => T | undefined,
): T | undefined {
  for (let at = directory; ; at = dirname(at)) {
    const names = listNames(at, listings)
    const answer = pick(at, names)
    if (answer !== undefined || names.has('.git') || dirname(at) === at) return answer
  }
}

/** The first of the names that the directory holds, as a path. */
export function pickName(
  directory: string,
  present: ReadonlySet<string>,
  names: readonly string[],
): string | undefined {
  const name = names.find((candidate) => present.has(candidate))
  return name === undefined ? undefined : join(directory, name)
}

function listNames(directory: string, listings: Listings): ReadonlySet<string> {
  const known = listings.get(directory)
  if (known !== undefined) return known
  const names = new Set(readNames(directory))
  listings.set(directory, names)
  return names
}

function readNames(directory: string): readonly string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}
