import { isWithin, joinPath, relativeTo } from '../../model/paths.ts'
import { collectOutcomes, isReason, type Outcome } from '../shared/outcome.ts'
import { isObject, toObject, toTexts, type JsonObject } from '../shared/json-object.ts'
import { lookAt } from '../shared/look.ts'
import { readPackage, type PackageInfo } from '../shared/read-package.ts'
import { sameTexts } from '../shared/same-texts.ts'
import type { Config } from '../shared/config.ts'
import type { Scene } from '../shared/scene.ts'

interface LockRequest {
  readonly clean: boolean
  readonly config: Config
}

/**
 * What an install does to the lockfile. `npm ci` needs one and leaves it alone; `npm install` makes one, leaves one
 * alone that fits the manifests, and rewrites any other. It also rewrites an existing yarn.lock.
 */
export function checkLockfile(
  scene: Scene,
  root: PackageInfo,
  members: readonly PackageInfo[],
  { clean, config }: LockRequest,
): Outcome {
  const { files, command } = scene
  const shrinkwrap = files.kind(joinPath(root.dir, 'npm-shrinkwrap.json')) !== 'absent'
  const path = joinPath(root.dir, shrinkwrap ? 'npm-shrinkwrap.json' : 'package-lock.json')
  const enabled = config('package-lock') !== 'false' && config('shrinkwrap') !== 'false'
  const lock = readPackage(files, root.dir, shrinkwrap ? 'npm-shrinkwrap.json' : 'package-lock.json')
  if (isReason(lock)) return lock
  if (clean && lock === undefined)
    return { code: 'missing-file', file: files.origin(path), command: command.text }
  const local = lock === undefined ? [] : checkLockedPaths(scene, lock)
  if (isReason(local) || clean || !enabled || config('save') === 'false') return local
  const yarn = joinPath(root.dir, 'yarn.lock')
  const other = files.kind(yarn) === 'file' ? [{ path: yarn, allow: 'lockfile' } as const] : []
  if (lock === undefined) return [{ path }, ...other]
  return fits(lock, root, members, config) ? other : [{ path, allow: 'lockfile' }, ...other]
}

/** Local paths that only the lockfile knows: dependencies of dependencies, tarballs. */
function checkLockedPaths({ files, members, root }: Scene, lock: PackageInfo): Outcome {
  const entries = Object.entries(toObject(lock.json['packages']))
  return collectOutcomes(entries, ([, entry]) => {
    const { resolved, link } = toObject(entry)
    if (typeof resolved !== 'string' || (link !== true && !resolved.startsWith('file:'))) return []
    const path = joinPath(root, resolved.replace(/^file:/, ''))
    if (members.has(path)) return []
    if (isWithin(root, path))
      return { code: 'local-dependency', file: lock.file, dependency: resolved || '.' }
    const kind = lookAt(files, path)
    if (isReason(kind)) return kind
    if (kind === 'dir') files.readTree(path)
    return []
  })
}

/** Whether npm would find nothing to change: the lock states what the manifests state, in a format that is kept. */
function fits(
  lock: PackageInfo,
  root: PackageInfo,
  members: readonly PackageInfo[],
  config: Config,
): boolean {
  const version = lock.json['lockfileVersion']
  const wanted = config('lockfile-version')
  if (version !== 2 && version !== 3) return false
  if (wanted !== undefined && wanted !== String(version)) return false
  const packages = toObject(lock.json['packages'])
  const own = packages['']
  if (!isObject(own) || !samePackage(own, root.json)) return false
  return members.every((member) => {
    const entry = packages[relativeTo(member.dir, root.dir)]
    return isObject(entry) && samePackage(entry, member.json)
  })
}

function samePackage(locked: JsonObject, manifest: JsonObject): boolean {
  const optional = toTexts(manifest['optionalDependencies'])
  const groups = ['devDependencies', 'optionalDependencies', 'peerDependencies', 'engines']
  return (
    (locked['version'] ?? undefined) === (manifest['version'] ?? undefined) &&
    sameTexts(
      without(toTexts(locked['dependencies']), optional),
      without(toTexts(manifest['dependencies']), optional),
    ) &&
    groups.every((group) => sameTexts(toTexts(locked[group]), toTexts(manifest[group])))
  )
}

/** A dependency that is also optional counts as optional only. */
function without(
  texts: ReadonlyMap<string, string>,
  others: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return new Map([...texts].filter(([name]) => !others.has(name)))
}
