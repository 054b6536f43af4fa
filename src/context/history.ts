import { realpathSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { findRepository, runGit, type Repositories, type Repository } from './git.ts'
import type { Commit } from './types.ts'

/** Commits of the checked-out branch that say how often something changes. */
const LIMIT = 100

/**
 * The last hundred commits of the checked-out branch, the newest first, with the paths below a directory; a merge is one
 * commit with all that it brought. Commits whose parent is not there (the first of a repository, the last of a shallow
 * clone) say nothing about change and are left out. Empty without a repository, without git, or when git takes longer
 * than ten seconds.
 */
export function readHistory(directory: string, repositories: Repositories): readonly Commit[] {
  const repository = findRepository(directory, repositories)
  if (repository === undefined) return []
  const commits = histories.get(repository) ?? readCommits(repository)
  histories.set(repository, commits)
  const path = relative(repository.root, realpathSync(directory)).replaceAll(sep, '/')
  if (path === '') return commits
  const prefix = `${path}/`
  return commits.map(({ paths }) => ({
    paths: paths.flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : [])),
  }))
}

/** Git is asked once for all the contexts of a repository. */
const histories = new WeakMap<Repository, readonly Commit[]>()

function readCommits({ root }: Repository): readonly Commit[] {
  const args = ['log', `--max-count=${LIMIT}`, '--first-parent', '-m', '--no-renames']
  const output = runGit(root, root, [...args, '--name-only', '-z', '--format=%x01%P'], 10_000)
  return (output ?? '')
    .split('\u0001')
    .slice(1)
    .flatMap((record) => {
      // `<parents> NUL`, and then a line end and `<path> NUL` for each path.
      const [parents = '', ...paths] = record.replace('\0\n', '\0').split('\0')
      return parents.trim() === '' ? [] : [{ paths: paths.filter((path) => path !== '') }]
    })
}
