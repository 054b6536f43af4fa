import { isWithin } from '../../model/paths.ts'
import { checkBins } from './bins.ts'
import { checkScripts } from './lifecycle.ts'
import { collectOutcomes, isReason, type Outcome } from './outcome.ts'
import { isObject, toTexts } from './json-object.ts'
import { lookAt } from './look.ts'
import { parseLocalSpec, type LocalSpec } from './local-spec.ts'
import { readPackage, type PackageInfo } from './read-package.ts'
import { resolveHome } from './config-files.ts'
import type { Scene } from './scene.ts'
import type { Reason } from '../../findings/reasons.ts'

/** How a manager treats local paths. */
export interface LinkRules {
  /** Scripts of a local package that the install runs. */
  readonly events: readonly string[]
  /** Whether a `file:` path to a workspace member is the member itself (npm) or a copy of it. */
  readonly linksMembers: boolean
}

interface Dependency {
  readonly name: string
  readonly spec: string
  /** Directory that relative paths start from. */
  readonly base: string
}

const GROUPS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']

/** Checks the dependencies of a package that are paths, and theirs. */
export function checkLocalDependencies(scene: Scene, info: PackageInfo, rules: LinkRules): Outcome {
  return checkAll(scene, info, rules, new Set([info.dir]))
}

/** Checks specs that stand outside a package.json: catalogs, overrides of a workspace file. */
export function checkLocalSpecs(
  scene: Scene,
  file: string,
  specs: Iterable<readonly [string, string]>,
  rules: LinkRules,
): Outcome {
  return collectOutcomes(specs, ([name, spec]) =>
    checkDependency(scene, file, { name, spec, base: scene.root }, rules, new Set()),
  )
}

/** All strings below a mapping, with the nearest key: overrides nest. */
export function nestedTexts(value: unknown): readonly (readonly [string, string])[] {
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' ? [[key, inner] as const] : nestedTexts(inner),
  )
}

function checkAll(scene: Scene, info: PackageInfo, rules: LinkRules, seen: Set<string>): Outcome {
  const { json, dir, file } = info
  const own = GROUPS.flatMap((group) => [...toTexts(json[group])])
  const overrides = [
    ...nestedTexts(json['overrides']),
    ...nestedTexts(json['resolutions']),
    ...nestedTexts(isObject(json['pnpm']) ? json['pnpm']['overrides'] : undefined),
  ]
  const dependencies = [...own, ...overrides].map(([name, spec]) => ({ name, spec, base: dir }))
  return collectOutcomes(dependencies, (dependency) => checkDependency(scene, file, dependency, rules, seen))
}

function checkDependency(
  scene: Scene,
  file: string,
  dependency: Dependency,
  rules: LinkRules,
  seen: Set<string>,
): Outcome {
  const local = parseLocalSpec(dependency.spec)
  if (local === undefined) return []
  const refusal = { code: 'local-dependency', file, dependency: dependency.spec } as const
  if (local.kind === 'git') return refusal
  if (local.kind === 'exec') {
    return { code: 'lifecycle-script', file, script: dependency.name, command: dependency.spec }
  }
  const path = resolvePath(scene, dependency.base, local)
  if (rules.linksMembers && scene.members.has(path)) return []
  // The project itself, or a directory around it: the install would copy what it is writing.
  if (local.kind !== 'link' && isWithin(scene.root, path)) return refusal
  // The target of a link may be missing, so that only its entries count.
  if (local.kind === 'link' && scene.files.peekKind(path) !== 'symlink') {
    return checkDirectory(scene, path, local, rules, seen)
  }
  const kind = lookAt(scene.files, path)
  if (isReason(kind)) return kind
  if (kind === 'file') return []
  if (kind === 'absent') return toMissing(scene, file, dependency.spec, path)
  return checkDirectory(scene, path, local, rules, seen)
}

/** Patches of Yarn start at the project with `~/`, and else at the package. */
function resolvePath(scene: Scene, base: string, local: LocalSpec): string {
  if (local.kind !== 'patch') return resolveHome(base, local.path, scene.command.home)
  const root = local.path.startsWith('~/')
  return resolveHome(root ? scene.root : base, local.path.replace(/^~\//, ''), scene.command.home)
}

function toMissing({ files, command, root }: Scene, file: string, spec: string, path: string): Reason {
  const inside = isWithin(path, root)
  if (!inside) return { code: 'outside-context', file, dependency: spec }
  return { code: 'missing-file', file: files.origin(path), command: command.text }
}

function checkDirectory(
  scene: Scene,
  dir: string,
  local: LocalSpec,
  rules: LinkRules,
  seen: Set<string>,
): Outcome {
  if (seen.has(dir)) return []
  seen.add(dir)
  // A copy is made of the whole directory; what a link needs is its manifest and its executables.
  if (local.kind === 'file') scene.files.readTree(dir)
  const info = readPackage(scene.files, dir)
  if (info === undefined) return []
  if (isReason(info)) return info
  const bins = checkBins(scene.files, info)
  if (isReason(bins) || local.kind === 'link') return bins
  const addon = checkAddon(scene, dir)
  if (isReason(addon)) return addon
  const scripts = checkScripts(scene, info, rules.events)
  if (isReason(scripts)) return scripts
  const inner = checkAll(scene, info, rules, seen)
  if (isReason(inner)) return inner
  return [...bins, ...scripts, ...inner]
}

/** A binding.gyp compiles sources whenever no script says otherwise. */
export function checkAddon({ files }: Scene, dir: string): Outcome {
  const path = dir === '/' ? '/binding.gyp' : `${dir}/binding.gyp`
  const kind = lookAt(files, path)
  if (isReason(kind)) return kind
  return kind === 'file' ? { code: 'native-addon', file: files.origin(path) } : []
}
