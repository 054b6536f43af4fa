import { joinPath, parentPath } from '../../model/paths.ts'
import { isReason } from './outcome.ts'
import { toObject, toStrings } from './json-object.ts'
import { readPackage, type PackageInfo } from './read-package.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** The `workspaces` of a package.json, as a list or as `{ packages }`. */
export function workspacePatterns(info: PackageInfo): readonly string[] {
  const { workspaces } = info.json
  return Array.isArray(workspaces) ? toStrings(workspaces) : toStrings(toObject(workspaces)['packages'])
}

/** The members of a workspace, without the root, sorted by directory. What a pattern with `!` names is none, wherever it stands. */
export function findMembers(
  files: ImageFiles,
  root: PackageInfo | { readonly dir: string; readonly file: string },
  patterns: readonly string[],
  names: readonly string[] = ['package.json'],
): readonly PackageInfo[] | Reason {
  const name = names.length === 1 ? (names[0] ?? '') : `{${names.join(',')}}`
  const parsed = patterns.map((raw) => parsePattern(raw, name))
  const unknown = parsed.find(({ isKnown }) => !isKnown)
  if (unknown !== undefined) {
    const problem = `the workspace pattern ${unknown.raw} is not understood`
    return { code: 'unreadable-manifest', file: root.file, problem }
  }
  const negative = parsed.filter(({ isNegated }) => isNegated)
  const included = new Set<string>()
  for (const { up, down, glob } of parsed.filter(({ isNegated }) => !isNegated)) {
    const base = joinPath(root.dir, up)
    const dir = joinPath(base, down)
    // A member that is a symbolic link to a directory would not be found.
    if (!/[*?{]/.test(down) && files.peekKind(dir) === 'symlink')
      return { code: 'symlink', file: files.origin(dir) }
    const except = negative.filter((other) => other.up === up).map((other) => other.glob)
    for (const path of files.find(base, glob, except)) included.add(path)
  }
  const members = new Map<string, PackageInfo>()
  for (const path of [...included].sort()) {
    // All that is found is recorded, so that it must be there for the search to find the same.
    files.kind(path)
    const dir = parentPath(path)
    if (dir === root.dir || members.has(dir)) continue
    const member = readPackage(files, dir, path.slice(path.lastIndexOf('/') + 1))
    if (isReason(member)) return member
    if (member !== undefined) members.set(dir, member)
  }
  return [...members.values()]
}

interface Pattern {
  readonly raw: string
  readonly isNegated: boolean
  /** The part of `../` at its start. */
  readonly up: string
  readonly down: string
  /** The manifests that it names, below the directory that `up` leads to. */
  readonly glob: string
  /** False for character classes and extended globs, which differ between the managers. */
  readonly isKnown: boolean
}

function parsePattern(raw: string, name: string): Pattern {
  const pattern = raw
    .replace(/^!/, '')
    .replace(/^(\.?\/)+/, '')
    .replace(/\/+$/, '')
  const [, up = '', down = ''] = /^((?:\.\.\/)*)(.*)$/.exec(pattern) ?? []
  const glob = down === '' || down === '.' ? name : `${down}/${name}`
  return { raw, isNegated: raw.startsWith('!'), up, down, glob, isKnown: !/[()[\]!]/.test(pattern) }
}

/** The directories above one, nearest first. */
export function ancestorsOf(dir: string): readonly string[] {
  const ancestors: string[] = []
  for (let at = dir; at !== '/';) {
    at = parentPath(at)
    ancestors.push(at)
  }
  return ancestors
}

/** The package above `dir` whose `workspaces` name it: npm and Yarn install that package instead. */
export function findWorkspaceRoot(files: ImageFiles, dir: string): PackageInfo | Reason | undefined {
  for (const ancestor of ancestorsOf(dir)) {
    const info = readPackage(files, ancestor)
    // The managers pass over what they cannot read.
    if (info === undefined || (isReason(info) && info.code === 'unreadable-manifest')) continue
    if (isReason(info)) return info
    const members = findMembers(files, info, workspacePatterns(info))
    if (isReason(members)) return members
    if (members.some((member) => member.dir === dir)) return info
  }
  return undefined
}
