import { joinPath, parentPath } from '../../model/paths.ts'
import { ancestorsOf, findMembers, workspacePatterns } from '../shared/workspaces.ts'
import { toObject, toStrings, type JsonObject } from '../shared/json-object.ts'
import { isReason } from '../shared/outcome.ts'
import { readPackage, type PackageInfo } from '../shared/read-package.ts'
import { readJsonc } from '../shared/read-jsonc.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** A directory with a deno.json, a package.json, or both. */
export interface DenoFolder {
  readonly dir: string
  /** Image path of deno.json or deno.jsonc; absent when there is only a package.json. */
  readonly path: string | undefined
  readonly config: JsonObject
  readonly npm: PackageInfo | undefined
}

export interface DenoProject {
  readonly root: DenoFolder
  readonly members: readonly DenoFolder[]
}

const CONFIGS = ['deno.json', 'deno.jsonc']

/** Finds the project of a directory: itself, or the workspace above it. https://docs.deno.com/runtime/fundamentals/workspaces/ */
export function readProject(
  files: ImageFiles,
  dir: string,
  named: string | undefined,
): DenoProject | Reason | undefined {
  const own = readFolder(files, dir, named)
  if (isReason(own)) return own
  let nearest = own
  for (const at of ancestorsOf(dir)) {
    const above = readFolder(files, at, undefined)
    if (isReason(above)) return above
    if (above === undefined) continue
    nearest ??= above
    const members = readMembers(files, above)
    if (isReason(members)) return members
    if (members.some((member) => member.dir === nearest?.dir)) return { root: above, members }
  }
  if (nearest === undefined) return undefined
  const members = readMembers(files, nearest)
  return isReason(members) ? members : { root: nearest, members }
}

function readFolder(
  files: ImageFiles,
  dir: string,
  named: string | undefined,
): DenoFolder | Reason | undefined {
  const npm = readPackage(files, dir)
  if (isReason(npm)) return npm
  const places = named === undefined ? CONFIGS.map((name) => joinPath(dir, name)) : [joinPath(dir, named)]
  for (const path of places) {
    const config = readJsonc(files, path)
    if (isReason(config)) return config
    if (config !== undefined) return { dir, path, config, npm }
  }
  return npm === undefined ? undefined : { dir, path: undefined, config: {}, npm }
}

function readMembers(files: ImageFiles, root: DenoFolder): readonly DenoFolder[] | Reason {
  const { workspace } = root.config
  const patterns = Array.isArray(workspace) ? toStrings(workspace) : toStrings(toObject(workspace)['members'])
  const npm = root.npm === undefined ? [] : workspacePatterns(root.npm)
  const dirs = new Set<string>()
  for (const [names, list] of [
    [CONFIGS, patterns],
    [['package.json'], [...patterns, ...npm]],
  ] as const) {
    const file = files.origin(root.path ?? joinPath(root.dir, 'package.json'))
    const found = findFolders(files, { dir: root.dir, file }, list, names)
    if (isReason(found)) return found
    for (const dir of found) dirs.add(dir)
  }
  const members: DenoFolder[] = []
  for (const dir of [...dirs].sort()) {
    const member = readFolder(files, dir, undefined)
    if (isReason(member)) return member
    if (member !== undefined && dir !== root.dir) members.push(member)
  }
  return members
}

function findFolders(
  files: ImageFiles,
  root: { readonly dir: string; readonly file: string },
  patterns: readonly string[],
  names: readonly string[],
): readonly string[] | Reason {
  if (names[0] === 'package.json') {
    const found = findMembers(files, root, patterns, names)
    return isReason(found) ? found : found.map(({ dir }) => dir)
  }
  return patterns.flatMap((pattern) => {
    const glob = pattern.replace(/^(\.?\/)+/, '').replace(/\/+$/, '')
    return files.find(root.dir, `${glob}/{${names.join(',')}}`).map((path) => parentPath(path))
  })
}
