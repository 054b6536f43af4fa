import { isReason } from '../shared/outcome.ts'
import { joinPath, parentPath } from '../../model/paths.ts'
import { lookAt } from '../shared/look.ts'
import { lookUpwards } from '../shared/look-upwards.ts'
import { readToml, type TomlFile } from '../shared/read-toml.ts'
import { toObject, toStrings, type JsonObject } from '../shared/json-object.ts'
import { upwards } from '../../effects/targets.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** The manifests of a project and of the workspace around it. */
export interface UvProject {
  /** Directory of the lockfile: that of the workspace, or of the project. */
  readonly root: string
  /** The manifest of the root. */
  readonly manifest: TomlFile
  /** Every manifest, the root's included, by directory. */
  readonly members: ReadonlyMap<string, TomlFile>
  readonly lock: TomlFile | undefined
}

/** Looks at the manifests that `uv sync` finds from a directory. https://docs.astral.sh/uv/concepts/projects/workspaces/ */
export function readProject(command: Command, files: ImageFiles, start: string): UvProject | Reason {
  const missing: Reason = { code: 'missing-file', file: 'pyproject.toml', command: command.text }
  const dir = lookUpwards(files, start, ['pyproject.toml'])
  if (isReason(dir)) return dir
  if (dir === undefined) return missing
  const own = readToml(files, joinPath(dir, 'pyproject.toml'))
  if (own === undefined || isReason(own)) return own ?? missing
  const found = workspaceOf(own) === undefined ? findWorkspace(files, dir) : own
  if (isReason(found)) return found
  const manifest = found ?? own
  const root = parentPath(manifest.path)
  const members = readMembers(files, manifest, own)
  if (isReason(members)) return members
  const lock = readToml(files, joinPath(root, 'uv.lock'))
  if (isReason(lock)) return lock
  const reason = lookAtVersions(files, start, root)
  return reason ?? { root, manifest, members, lock }
}

function workspaceOf({ toml }: TomlFile): JsonObject | undefined {
  const workspace = toObject(toObject(toml['tool'])['uv'])['workspace']
  return workspace === undefined ? undefined : toObject(workspace)
}

/** The manifest above a directory whose workspace holds it. */
function findWorkspace(files: ImageFiles, dir: string): TomlFile | Reason | undefined {
  for (const above of upwards(dir).slice(1)) {
    const manifest = readToml(files, joinPath(above, 'pyproject.toml'))
    if (isReason(manifest)) return manifest
    if (manifest === undefined || workspaceOf(manifest) === undefined) continue
    const paths = findMembers(files, manifest)
    if (isReason(paths)) return paths
    return paths.includes(joinPath(dir, 'pyproject.toml')) ? manifest : undefined
  }
  return undefined
}

function findMembers(files: ImageFiles, manifest: TomlFile): readonly string[] | Reason {
  const root = parentPath(manifest.path)
  const found = new Set<string>()
  for (const pattern of toStrings(workspaceOf(manifest)?.['members'])) {
    const plain = pattern.replace(/^(\.?\/)+|\/+$/g, '')
    if (/[[\]{}!?]|^\.\.|^$/.test(plain))
      return {
        code: 'unreadable-manifest',
        file: manifest.file,
        problem: `the member pattern ${pattern} is not understood`,
      }
    if (!plain.includes('*') && files.peekKind(joinPath(root, plain)) === 'symlink')
      return { code: 'symlink', file: files.origin(joinPath(root, plain)) }
    for (const path of files.find(root, `${plain}/pyproject.toml`)) found.add(path)
  }
  return [...found].sort()
}

function readMembers(
  files: ImageFiles,
  manifest: TomlFile,
  own: TomlFile,
): ReadonlyMap<string, TomlFile> | Reason {
  const members = new Map([manifest, own].map((each) => [parentPath(each.path), each]))
  const paths = findMembers(files, manifest)
  if (isReason(paths)) return paths
  for (const path of paths) {
    const member = readToml(files, path)
    if (isReason(member)) return member
    if (member !== undefined) members.set(parentPath(path), member)
  }
  return members
}

/** The Python version is the nearest `.python-version`, from the working directory up. */
function lookAtVersions(files: ImageFiles, start: string, root: string): Reason | undefined {
  for (const dir of [...upwards(start), ...upwards(root)]) {
    for (const name of ['.python-version', '.python-versions']) {
      const kind = lookAt(files, joinPath(dir, name))
      if (typeof kind === 'object') return kind
    }
  }
  return undefined
}
