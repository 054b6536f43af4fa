import { joinPath } from '../../model/paths.ts'
import { lookAtLocalPackage } from '../shared/python-directory.ts'
import { toObject, toStrings, type JsonObject } from '../shared/json-object.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'
import type { UvProject } from './read-project.ts'

/** What is local in a project: packages that a sync may build, and those that it reads from outside the workspace. */
export interface LocalPackages {
  /** Whether the root is a package. */
  readonly root: boolean
  /** Whether another member of the workspace is one. */
  readonly members: boolean
  /** Paths of further packages and of indexes. */
  readonly others: readonly { readonly path: string; readonly index: boolean }[]
}

/** Tells from the lockfile, and from the manifests where it does not. */
export function findLocalPackages(project: UvProject): LocalPackages {
  const { root, members, lock } = project
  const isPackage = [...members].map(([dir, { toml }]) => ({ dir, package: isPackaged(toml) }))
  const others: { path: string; index: boolean }[] = []
  let rootIsPackage = isPackage.some(({ dir, package: packaged }) => dir === root && packaged)
  let memberIsPackage = isPackage.some(({ dir, package: packaged }) => dir !== root && packaged)
  for (const source of packagesOf(lock?.toml).map((item) => toObject(item['source']))) {
    const built = source['editable'] ?? source['directory']
    if (typeof built === 'string') {
      const path = joinPath(root, built)
      if (path === root) rootIsPackage = true
      else if (members.has(path)) memberIsPackage = true
      else others.push({ path, index: false })
    }
    if (typeof source['path'] === 'string')
      others.push({ path: joinPath(root, source['path']), index: false })
    const registry = source['registry']
    if (typeof registry === 'string' && !/^[a-z]+:\/\//i.test(registry))
      others.push({ path: joinPath(root, registry), index: true })
  }
  return { root: rootIsPackage, members: memberIsPackage, others }
}

/** Looks at what a sync reads from outside the workspace. */
export function lookAtOthers(
  { others }: LocalPackages,
  project: UvProject,
  command: Command,
  files: ImageFiles,
): Reason | undefined {
  const use = { root: project.root, file: project.lock?.file ?? project.manifest.file, text: command.text }
  for (const { path, index } of others) {
    if (index) files.readTree(path)
    const reason = index ? undefined : lookAtLocalPackage(files, path, use)
    if (reason !== undefined) return reason
  }
  return undefined
}

/** https://docs.astral.sh/uv/concepts/projects/config/#project-packaging */
function isPackaged(toml: JsonObject): boolean {
  const explicit = toObject(toObject(toml['tool'])['uv'])['package']
  if (typeof explicit === 'boolean') return explicit
  return toml['project'] !== undefined && toml['build-system'] !== undefined
}

/**
 * A dependency that a manifest asks for and the lockfile does not know: then a sync that is not frozen rewrites the
 * lockfile, and a frozen one may fail.
 */
export function findUnlocked({ root, members, lock }: UvProject): string | undefined {
  const packages = packagesOf(lock?.toml)
  for (const [dir, { toml }] of members) {
    // A root without a project is in no lockfile.
    if (toml['project'] === undefined) continue
    const project = toObject(toml['project'])
    const own = packages.find((item) => isAt(item, root, dir))
    if (own === undefined) return String(project['name'])
    const metadata = toObject(own['metadata'])
    const missing =
      firstMissing(
        [project['dependencies'], ...Object.values(toObject(project['optional-dependencies']))].flatMap(
          toStrings,
        ),
        metadata['requires-dist'],
      ) ?? missingInGroups(toObject(toml['dependency-groups']), toObject(metadata['requires-dev']))
    if (missing !== undefined) return missing
  }
  return undefined
}

function isAt(item: JsonObject, root: string, dir: string): boolean {
  const source = toObject(item['source'])
  const path = source['editable'] ?? source['virtual'] ?? source['directory']
  return typeof path === 'string' && joinPath(root, path) === dir
}

function missingInGroups(groups: JsonObject, locked: JsonObject): string | undefined {
  for (const [name, list] of Object.entries(groups)) {
    const missing = firstMissing(toStrings(list), locked[normalize(name)] ?? locked[name])
    if (missing !== undefined) return missing
  }
  return undefined
}

function firstMissing(specs: readonly string[], locked: unknown): string | undefined {
  const names = namesOf(locked)
  return specs.map(toName).find((name) => !names.has(name))
}

function packagesOf(toml: JsonObject | undefined): readonly JsonObject[] {
  const packages = toml?.['package']
  return Array.isArray(packages) ? packages.map(toObject) : []
}

function namesOf(list: unknown): ReadonlySet<string> {
  const names = Array.isArray(list) ? list.map((item) => toObject(item)['name']) : []
  return new Set(names.filter((name) => typeof name === 'string').map(normalize))
}

/** The name of `Name[extra]>=1; marker`. */
function toName(spec: string): string {
  return normalize(/^\s*([\w.-]+)/.exec(spec)?.[1] ?? '')
}

function normalize(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}
