import { joinPath, relativeTo } from '../../model/paths.ts'
import { isObject, toObject, toStrings, toTexts, type JsonObject } from '../shared/json-object.ts'
import { isReason, type Outcome } from '../shared/outcome.ts'
import { lookAt, lookInto } from '../shared/look.ts'
import { parseJsonc } from '../shared/parse-jsonc.ts'
import { sameTexts } from '../shared/same-texts.ts'
import type { Config } from '../shared/config.ts'
import type { PackageInfo } from '../shared/read-package.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Scene } from '../shared/scene.ts'

/** Lockfiles of other managers that Bun starts from when it has none of its own. */
const FOREIGN = ['npm-shrinkwrap.json', 'package-lock.json', 'yarn.lock', 'pnpm-lock.yaml']

/**
 * What Bun does to the lockfile: nothing when it is frozen (`bun ci`, `--production`) or fits, else it is made or
 * rewritten. Frozen without a lockfile, Bun installs all the same, and makes none.
 */
export function checkLockfile(
  { files, command }: Scene,
  root: PackageInfo,
  members: readonly PackageInfo[],
  config: Config,
  clean: boolean,
): Outcome {
  const path = joinPath(root.dir, 'bun.lock')
  const text = lookInto(files, path)
  if (isReason(text)) return text
  const frozen = clean || config('frozen-lockfile') === 'true' || config('production') === 'true'
  const keeps = frozen || config('save') === 'false'
  const yarn =
    config('yarn') === 'true' ? [{ path: joinPath(root.dir, 'yarn.lock'), allow: 'lockfile' } as const] : []
  if (text !== undefined) {
    const values = parseJsonc(text)
    if (typeof values === 'string') {
      return { code: 'unreadable-manifest', file: files.origin(path), problem: values }
    }
    if (keeps) return []
    return fits(toObject(values[0]), root, members) ? yarn : [{ path, allow: 'lockfile' }, ...yarn]
  }
  const binary = lookAt(files, joinPath(root.dir, 'bun.lockb'))
  if (isReason(binary)) return binary
  if (binary !== 'file') {
    const foreign = findForeign(files, root, command.text)
    if (isReason(foreign)) return foreign
    // One that starts from another manager's has the versions of that.
    const allow = foreign ? ({ allow: 'lockfile' } as const) : {}
    return keeps ? [] : [{ path, ...allow }, { path: joinPath(root.dir, 'bun.lockb'), ...allow }, ...yarn]
  }
  // The old binary format cannot be compared with the manifests.
  return keeps ? [] : [{ path }, { path: joinPath(root.dir, 'bun.lockb'), allow: 'lockfile' }, ...yarn]
}

/** Whether there is another manager's lockfile. From pnpm's, Bun also takes the workspace, which it writes into package.json. */
function findForeign(files: Scene['files'], root: PackageInfo, command: string): boolean | Reason {
  let found = false
  for (const name of FOREIGN) {
    const kind = lookAt(files, joinPath(root.dir, name))
    if (isReason(kind)) return kind
    if (kind === 'file' && name === 'pnpm-lock.yaml')
      return { code: 'edits-manifest', command, file: root.file }
    found ||= kind === 'file'
  }
  return found
}

/** Whether the lockfile states the ranges of every package, and what the root adds to them. */
function fits(lock: JsonObject, root: PackageInfo, members: readonly PackageInfo[]): boolean {
  const workspaces = toObject(lock['workspaces'])
  const catalogs = toObject(root.json['workspaces'])
  const stated = (key: string): unknown => root.json[key] ?? catalogs[key]
  return (
    // Bun adds it to a lockfile that lacks it.
    lock['configVersion'] !== undefined &&
    Object.keys(workspaces).length === members.length + 1 &&
    [root, ...members].every((info) => {
      const entry = workspaces[relativeTo(info.dir, root.dir)]
      return isObject(entry) && sameRanges(entry, info.json)
    }) &&
    sameTexts(toTexts(lock['catalog']), toTexts(stated('catalog'))) &&
    JSON.stringify(sorted(lock['catalogs'])) === JSON.stringify(sorted(stated('catalogs'))) &&
    sameTexts(toTexts(lock['overrides']), toTexts(root.json['overrides'] ?? root.json['resolutions'])) &&
    sameTexts(toTexts(lock['patchedDependencies']), toTexts(root.json['patchedDependencies'])) &&
    [...toStrings(lock['trustedDependencies'])].sort().join() ===
      [...toStrings(root.json['trustedDependencies'])].sort().join()
  )
}

function sameRanges(locked: JsonObject, manifest: JsonObject): boolean {
  const groups = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']
  return groups.every((group) => sameTexts(toTexts(locked[group]), toTexts(manifest[group])))
}

function sorted(value: unknown): unknown {
  if (!isObject(value)) return value ?? {}
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, isObject(inner) ? sorted(inner) : inner])
}
