import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isComposeName, isDockerfileName, VENDORED } from './dockerfile-names.ts'
import { findRepository, listUnignored, type Repositories } from './git.ts'
import { nameOf } from './tree-path.ts'

/** What a search found; absolute paths. */
export interface Found {
  readonly dockerfiles: readonly string[]
  readonly composeFiles: readonly string[]
}

/**
 * Searches a directory for Dockerfiles and compose files. Symbolic links, vendored folders and, in a repository, what
 * `.gitignore` leaves out are passed over; a directory that is itself ignored is searched whole. Throws when the directory cannot be read.
 */
export function searchDirectory(directory: string, repositories: Repositories): Found {
  const files = (listByGit(directory, repositories) ?? listByHand(directory))
    .filter((path) => !path.split('/').some((part) => VENDORED.has(part)))
    .map((path) => join(directory, path))
    .filter((path) => lstatSync(path, { throwIfNoEntry: false })?.isFile() === true)
  return {
    dockerfiles: files.filter((path) => isDockerfileName(nameOf(path))),
    composeFiles: files.filter((path) => isComposeName(nameOf(path))),
  }
}

const PATHSPECS = ['*dockerfile*', 'containerfile*', '*compose*.y*ml'].map(
  (glob) => `:(glob,icase)**/${glob}`,
)

/** Absent outside a repository, and when the repository ignores the whole directory. */
function listByGit(directory: string, repositories: Repositories): readonly string[] | undefined {
  // Throws where git would only say that it cannot.
  const isEmpty = readdirSync(directory).length === 0
  const repository = isEmpty ? undefined : findRepository(directory, repositories)
  if (repository === undefined) return undefined
  const found = listUnignored(repository, directory, PATHSPECS)
  if (found === undefined || found.length > 0) return found
  return listUnignored(repository, directory, ['.'])?.length === 0 ? undefined : []
}

function listByHand(directory: string, below = ''): string[] {
  const paths: string[] = []
  for (const entry of readdirSync(join(directory, below), { withFileTypes: true })) {
    if (entry.isFile()) {
      if (isDockerfileName(entry.name) || isComposeName(entry.name)) paths.push(below + entry.name)
    } else if (entry.isDirectory() && !VENDORED.has(entry.name)) {
      try {
        paths.push(...listByHand(directory, `${below}${entry.name}/`))
      } catch {
        // Data folders of running containers often belong to another user; they hold no Dockerfiles.
      }
    }
  }
  return paths
}
