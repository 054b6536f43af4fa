import { checkAddon, checkLocalDependencies, type LinkRules } from './local-dependencies.ts'
import { checkBins } from './bins.ts'
import { checkDependencyHooks } from './dependency-hooks.ts'
import { checkScripts } from './lifecycle.ts'
import { collectOutcomes, isReason, type Outcome } from './outcome.ts'
import { lookAtAll } from './look.ts'
import type { PackageInfo } from './read-package.ts'
import type { Scene } from './scene.ts'
import type { ImageFiles, WriteEffect } from '../../model/types.ts'

/** What an install does with the packages of the project. */
export interface InstallRules {
  /** Scripts of the root package that run, in order. */
  readonly rootEvents: readonly string[]
  /** Scripts of each workspace member that run. */
  readonly memberEvents: readonly string[]
  /** Whether install scripts of dependencies may run, and native addons of the project be built. */
  readonly builds: boolean
  /** Optional files that the manager looks for beside each member's manifest. */
  readonly memberFiles: readonly string[]
  readonly links: LinkRules
}

/**
 * Looks at everything that an install needs of the root package and of the members. Of members that it is not told to
 * install (directories other than `selected`) it needs the manifest and the local packages.
 */
export function checkPackages(
  scene: Scene,
  root: PackageInfo | undefined,
  members: readonly PackageInfo[],
  rules: InstallRules,
  selected?: ReadonlySet<string>,
): Outcome {
  const checkOne = (info: PackageInfo, events: readonly string[]): Outcome =>
    collectOutcomes(
      [
        () => (rules.builds ? checkAddon(scene, info.dir) : []),
        () => checkLocalDependencies(scene, info, rules.links),
        () => checkScripts(scene, info, events),
        () => (rules.builds ? checkDependencyHooks(scene, info) : []),
      ],
      (check) => check(),
    )
  const own = root === undefined ? [] : checkOne(root, rules.rootEvents)
  if (isReason(own)) return own
  const others = collectOutcomes(members, (member) => {
    if (selected?.has(member.dir) === false) return checkLocalDependencies(scene, member, rules.links)
    const reason = lookAtAll(scene.files, member.dir, rules.memberFiles)
    if (reason !== undefined) return reason
    const bins = checkBins(scene.files, member)
    if (isReason(bins)) return bins
    const rest = checkOne(member, rules.memberEvents)
    return isReason(rest) ? rest : [...bins, ...rest]
  })
  return isReason(others) ? others : [...own, ...others]
}

/**
 * The directories that an install fills. What an install merges into is an input of it, so that it is recorded as
 * read; what it replaces is not.
 */
export function modulesWrites(
  files: ImageFiles,
  dirs: readonly string[],
  mode: 'replace' | 'merge',
  name = 'node_modules',
): readonly WriteEffect[] {
  return dirs.map((dir) => {
    const tree = dir === '/' ? `/${name}` : `${dir}/${name}`
    if (mode === 'merge') files.readTree(tree)
    return { tree, mode, ...(name === 'node_modules' ? { ignore: '**/node_modules' } : {}) }
  })
}
