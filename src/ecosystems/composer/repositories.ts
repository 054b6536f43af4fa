import { isWithin, joinPath } from '../../model/paths.ts'
import { firstReason } from '../shared/first-reason.ts'
import { toObject, type JsonObject } from '../shared/json-object.ts'
import type { PackageInfo } from '../shared/read-package.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/**
 * Reads the repositories that are directories: https://getcomposer.org/doc/05-repositories.md#path. A package by path is
 * read whole: when it is mirrored, the second install does not look at it again.
 */
export function readRepositories(files: ImageFiles, root: PackageInfo): Reason | undefined {
  const { repositories } = root.json
  const list = Array.isArray(repositories) ? repositories : Object.values(toObject(repositories))
  return firstReason(list.map(toObject), (repository) => {
    const { type, url } = repository
    const place = typeof url === 'string' ? url : ''
    const refusal = { code: 'local-dependency', file: root.file, dependency: place } as const
    if (type === 'path' || type === 'artifact') return readDirectory(files, root, place)
    if (isLocal(files, root, place)) return refusal
    return type === 'package' && namesLocalFile(repository)
      ? { ...refusal, dependency: 'package' }
      : undefined
  })
}

/** What a glob may match lies below the directory in which it begins. */
function readDirectory(files: ImageFiles, root: PackageInfo, url: string): Reason | undefined {
  const refusal = { code: 'local-dependency', file: root.file, dependency: url } as const
  if (/[~$%]/.test(url)) return refusal
  const glob = url.search(/[*?[{]/)
  const fixed = glob < 0 ? url : url.slice(0, url.lastIndexOf('/', glob) + 1)
  const path = joinPath(root.dir, fixed === '' ? '.' : fixed)
  if (isWithin(root.dir, path)) return refusal
  switch (files.peekKind(path)) {
    case 'symlink':
      return { code: 'symlink', file: files.origin(path) }
    case 'absent':
      files.kind(path)
      return url.startsWith('../') ? { code: 'outside-context', file: root.file, dependency: url } : undefined
    default:
      files.readTree(path)
      return undefined
  }
}

/** Without a scheme it is a directory where there is one of that name, and a host otherwise. */
function isLocal(files: ImageFiles, root: PackageInfo, url: string): boolean {
  if (/^(file:|\.{0,2}\/|~|[A-Za-z]:\\)/.test(url)) return true
  return url !== '' && !url.includes(':') && files.kind(joinPath(root.dir, url)) !== 'absent'
}

/** A package that is written down in the manifest, with an archive of the project. */
function namesLocalFile(repository: JsonObject): boolean {
  const { package: given } = repository
  const packages = Array.isArray(given) ? given : [given]
  return packages.map(toObject).some((item) =>
    ['dist', 'source'].some((key) => {
      const { url } = toObject(item[key])
      return typeof url === 'string' && !/^(https?|ssh|git|svn):|^git@/.test(url)
    }),
  )
}
