import { joinPath } from '../../model/paths.ts'
import { ancestorsOf, findMembers } from '../shared/workspaces.ts'
import { toObject, toStrings, type JsonObject } from '../shared/json-object.ts'
import { isReason } from '../shared/outcome.ts'
import { lookAtAll, lookInto } from '../shared/look.ts'
import { parseYaml } from '../shared/parse-yaml.ts'
import { readPackage, type PackageInfo } from '../shared/read-package.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** The project that an install works on. */
export interface PnpmProject {
  /** Directory of the lockfile: the one with the pnpm-workspace.yaml, else the directory itself. */
  readonly dir: string
  /** Absent when a workspace has no package of its own at its root. */
  readonly root: PackageInfo | undefined
  readonly members: readonly PackageInfo[]
  /** The parsed pnpm-workspace.yaml, empty when there is none. */
  readonly settings: JsonObject
  /** As the user names it. */
  readonly settingsFile: string
}

const MANIFESTS = ['package.json', 'package.json5', 'package.yaml']

/** Misspelled names, which pnpm refuses: https://github.com/pnpm/pnpm/tree/main/workspace/read-manifest */
const MISSPELLED = [
  'pnpm-workspaces.yaml',
  'pnpm-workspaces.yml',
  'pnpm-workspace.yml',
  '.pnpm-workspace.yaml',
  '.pnpm-workspace.yml',
  '.pnpm-workspaces.yaml',
  '.pnpm-workspaces.yml',
]

/** https://pnpm.io/pnpm-workspace_yaml */
export function readWorkspace(
  files: ImageFiles,
  dir: string,
  alone: boolean,
): PnpmProject | Reason | undefined {
  const found = alone ? undefined : findWorkspaceFile(files, dir)
  if (isReason(found)) return found
  const own = readManifest(files, dir)
  if (isReason(own)) return own
  if (found === undefined) {
    const settingsFile = files.origin(joinPath(dir, 'pnpm-workspace.yaml'))
    return own === undefined ? undefined : { dir, root: own, members: [], settings: {}, settingsFile }
  }
  if (own === undefined && found.dir !== dir) return undefined
  const root = found.dir === dir ? own : readManifest(files, found.dir)
  if (isReason(root)) return root
  const members = findMembers(files, found, toPatterns(found.settings), MANIFESTS)
  if (isReason(members)) return members
  const unread = members.find((member) => member.path.endsWith('.json5'))
  if (unread !== undefined) return unreadable(unread.file)
  // Whether a package below a workspace that does not name it is installed with it depends on the version.
  if (dir !== found.dir && !members.some((member) => member.dir === dir)) {
    return { code: 'unreadable-manifest', file: found.file, problem: `it does not name ${files.origin(dir)}` }
  }
  return { dir: found.dir, root, members, settings: found.settings, settingsFile: found.file }
}

function findWorkspaceFile(
  files: ImageFiles,
  dir: string,
): { dir: string; file: string; settings: JsonObject } | Reason | undefined {
  for (const at of [dir, ...ancestorsOf(dir)]) {
    const path = joinPath(at, 'pnpm-workspace.yaml')
    const text = lookInto(files, path)
    if (isReason(text)) return text
    const misspelled = lookAtAll(files, at, MISSPELLED)
    if (misspelled !== undefined) return misspelled
    if (text === undefined) continue
    const file = files.origin(path)
    const values = parseYaml(text)
    if (typeof values === 'string') return { code: 'unreadable-manifest', file, problem: values }
    return { dir: at, file, settings: toObject(values[0]) }
  }
  return undefined
}

/** package.json wins over package.json5, which no parser here reads, and package.yaml. */
function readManifest(files: ImageFiles, dir: string): PackageInfo | Reason | undefined {
  const json = readPackage(files, dir)
  if (json !== undefined) return json
  const json5 = joinPath(dir, 'package.json5')
  if (files.kind(json5) !== 'absent') return unreadable(files.origin(json5))
  return readPackage(files, dir, 'package.yaml')
}

function unreadable(file: string): Reason {
  return { code: 'unreadable-manifest', file, problem: 'JSON5 is not supported' }
}

/** A file with nothing in it means every directory up to pnpm 8; one with settings only, none. */
function toPatterns(settings: JsonObject): readonly string[] {
  if (settings['packages'] !== undefined) return toStrings(settings['packages'])
  return Object.keys(settings).length === 0 ? ['**'] : []
}
