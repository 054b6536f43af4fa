import { findRepository, runGit, type Repositories } from './git.ts'
import type { Commit } from './types.ts'

/**
 * The last commits of the checked-out branch, the newest first, with the paths below a directory; a merge is one commit
 * with all that it brought. Commits
 * whose parent is not there (the first of a repository, the last of a shallow clone) say nothing about change and are
 * left out. Empty without a repository, without git, or when git takes longer than ten seconds.
 */
export function readHistory(directory: string, repositories: Repositories, limit: number): readonly Commit[] {
  const repository = findRepository(directory, repositories)
  if (repository === undefined) return []
  const args = ['log', `--max-count=${limit}`, '--first-parent', '-m', '--no-renames', '--relative']
  const output = runGit(repository.root, directory, [...args, '--name-only', '-z', '--format=%x01%P'], 10_000)
  return (output ?? '')
    .split('\u0001')
    .slice(1)
    .flatMap((record) => {
      // `<parents> NUL`, and then a line end and `<path> NUL` for each path.
      const [parents = '', ...paths] = record.replace('\0\n', '\0').split('\0')
      return parents.trim() === '' ? [] : [{ paths: paths.filter((path) => path !== '') }]
    })
}
