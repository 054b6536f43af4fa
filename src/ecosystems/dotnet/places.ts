import { toPath } from '../../effects/targets.ts'
import { baseName, isWithin, joinPath, parentPath } from '../../model/paths.ts'
import type { Closure } from './read-closure.ts'
import type { Command, WriteEffect } from '../../model/types.ts'

/**
 * What a restore writes: `obj` of each project, packages, and lockfiles. It may be added above a build, which restores again
 * and has the last word about `obj`. `undefined` when a place is not known.
 */
export function restoreWrites(
  command: Command,
  { projects, locked, artifacts }: Closure,
  frozen: boolean,
  peekKind: (path: string) => string,
): readonly WriteEffect[] | undefined {
  const caches = packageCaches(command)
  if (caches === undefined) return undefined
  const dirs = [...new Set(projects.map(parentPath))]
  const outputs = dirs.map((dir): WriteEffect => ({
    tree: joinPath(dir, 'obj'),
    mode: 'merge',
    allow: 'warm-up',
    ignore: '**/obj',
  }))
  const shared = [...artifacts].map((tree): WriteEffect => ({
    tree,
    mode: 'merge',
    allow: 'warm-up',
    ignore: `**/${baseName(tree)}`,
  }))
  // An existing lockfile is written again when it does not fit.
  const locks = frozen
    ? []
    : [...locked].map((path): WriteEffect =>
        peekKind(path) === 'file' ? { path, allow: 'lockfile' } : { path },
      )
  return [...outputs, ...shared, ...locks, ...caches]
}

/** https://learn.microsoft.com/nuget/consume-packages/managing-the-global-packages-and-cache-folders */
export function packageCaches(command: Command): readonly WriteEffect[] | undefined {
  const { env, home } = command
  const given = env.has('NUGET_PACKAGES')
    ? toPath(command, env.get('NUGET_PACKAGES'))
    : joinPath(home, '.nuget/packages')
  const first = env.has('DOTNET_CLI_HOME') ? toPath(command, env.get('DOTNET_CLI_HOME')) : home
  if (given === undefined || first === undefined || isWithin(command.cwd, given)) return undefined
  const trees = [
    given,
    ...['.nuget', '.local/share/NuGet', '.templateengine'].map((name) => joinPath(home, name)),
    joinPath(first, '.dotnet'),
    '/tmp/NuGetScratch',
  ]
  return trees.map((tree) => ({ tree, mode: 'merge', allow: 'cache' }))
}
