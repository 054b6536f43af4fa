import type { CabalPackage } from './parse-package.ts'
import type { CabalProject } from './read-project.ts'

/**
 * The package whose sources `--only-dependencies` needs for these targets, if any. The option leaves out only the target
 * itself: what it depends on is built, be it another package of the project or the library of the same package. For
 * `all`, and for the one package of a project, that is nothing local.
 */
export function needsSources(
  { packages }: CabalProject,
  targets: readonly string[],
): CabalPackage | undefined {
  if (targets.length === 1 && targets[0] === 'all') return undefined
  const [only, ...others] = packages
  if (others.length > 0) {
    return packages.find(({ name }) =>
      packages.some((other) => other.name !== name && other.dependencies.has(name)),
    )
  }
  if (only === undefined || targets.length === 0) return undefined
  return only.libraries === 0 ||
    (only.libraries === 1 && targets.every((target) => target === `lib:${only.name}`))
    ? undefined
    : only
}
