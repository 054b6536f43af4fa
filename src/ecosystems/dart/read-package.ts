import { joinPath } from '../../model/paths.ts'
import { ancestorsOf } from '../shared/workspaces.ts'
import { dependenciesOf, readPubspec, workspaceOf, type Pubspec } from './pubspec.ts'
import { firstReason } from '../shared/first-reason.ts'
import { isLocalRepository } from '../shared/is-local-repository.ts'
import { isObject, toObject } from '../shared/json-object.ts'
import { isReason } from '../shared/outcome.ts'
import type { Command, ImageFiles } from '../../model/types.ts'
import type { Reason } from '../../findings/reasons.ts'

/** A package with all that is resolved together. */
export interface DartPackage {
  /** The package, or the root of its workspace. */
  readonly root: Pubspec
  /** What has to be in the lockfile, with the constraint where it is a text. */
  readonly wanted: ReadonlyMap<string, string | undefined>
}

interface Found {
  readonly wanted: Map<string, string | undefined>
  /** Directories that have been read. */
  readonly seen: Set<string>
  /** Names of the root and of the members of its workspace. */
  readonly members: Set<string>
}

/** Reads what `dart pub get` reads to resolve a package: https://dart.dev/tools/pub/cmd/pub-get */
export function readDartPackage(command: Command, files: ImageFiles, dir: string): DartPackage | Reason {
  const own = readPubspec(files, dir)
  if (isReason(own)) return own
  if (own === undefined) return missing(command, files, joinPath(dir, 'pubspec.yaml'))
  const root = own.yaml['resolution'] === 'workspace' ? findRoot(files, own) : own
  if (isReason(root)) return root
  if (root === undefined) return { code: 'missing-file', file: 'pubspec.yaml', command: command.text }
  const wanted = new Map<string, string | undefined>()
  const seen = new Set<string>()
  const members = new Set<string>()
  const reason = readMember(command, files, root, { wanted, seen, members })
  // The lockfile does not list the members themselves.
  for (const name of members) wanted.delete(name)
  return reason ?? { root, wanted }
}

/** The package above that lists a workspace. https://dart.dev/tools/pub/workspaces */
function findRoot(files: ImageFiles, own: Pubspec): Pubspec | Reason | undefined {
  for (const dir of ancestorsOf(own.dir)) {
    const above = readPubspec(files, dir)
    if (isReason(above)) return above
    if (above !== undefined && workspaceOf(above).length > 0) return above
  }
  return undefined
}

/** Reads a package whose development dependencies count too: the root, and members of its workspace. */
function readMember(command: Command, files: ImageFiles, member: Pubspec, found: Found): Reason | undefined {
  if (found.members.has(member.dir)) return undefined
  found.members.add(member.dir)
  found.seen.add(member.dir)
  const { name } = member.yaml
  if (typeof name === 'string') found.members.add(name)
  const overrides = readPubspec(files, member.dir, 'pubspec_overrides.yaml')
  if (isReason(overrides)) return overrides
  const layers = [member, ...(overrides === undefined ? [] : [overrides])]
  const reason = firstReason(layers, (layer) => readDependencies(command, files, layer, true, found))
  if (reason !== undefined) return reason
  const patterns = layers.flatMap(workspaceOf)
  return firstReason(patterns, (pattern) => {
    const paths = /[*?[{]/.test(pattern)
      ? files.find(member.dir, `${pattern}/pubspec.yaml`)
      : [joinPath(member.dir, `${pattern}/pubspec.yaml`)]
    return firstReason(paths, (path) => {
      const other = readPubspec(files, joinPath(path, '..'))
      if (isReason(other)) return other
      return other === undefined ? missing(command, files, path) : readMember(command, files, other, found)
    })
  })
}

/** Packages by path are read in their turn, without their development dependencies. */
function readDependencies(
  command: Command,
  files: ImageFiles,
  from: Pubspec,
  dev: boolean,
  found: Found,
): Reason | undefined {
  const { wanted, seen } = found
  return firstReason(dependenciesOf(from, dev), ([name, value]) => {
    const { path, git, sdk } = toObject(value)
    const url = isObject(git) ? git['url'] : git
    const local = typeof url === 'string' && isLocalRepository(url) ? url : undefined
    if (local !== undefined)
      return { code: 'local-dependency', file: files.origin(from.path), dependency: local }
    if (typeof path !== 'string') {
      const constraint = typeof value === 'string' ? value : toObject(value)['version']
      if (sdk === undefined) wanted.set(name, typeof constraint === 'string' ? constraint : undefined)
      return undefined
    }
    const dir = joinPath(from.dir, path)
    wanted.set(name, undefined)
    if (seen.has(dir)) return undefined
    seen.add(dir)
    const other = readPubspec(files, dir)
    if (isReason(other)) return other
    return other === undefined
      ? missing(command, files, joinPath(dir, 'pubspec.yaml'))
      : readDependencies(command, files, other, false, found)
  })
}

function missing(command: Command, files: ImageFiles, path: string): Reason {
  return { code: 'missing-file', file: files.origin(path), command: command.text }
}
