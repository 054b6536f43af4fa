import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/**
 * What stands at a path, recorded. A directory is not recorded, because only its entries are inputs. A symbolic link
 * or a file changed by a command is a reason.
 */
export function lookAt(files: ImageFiles, path: string): 'absent' | 'file' | 'dir' | Reason {
  if (files.peekKind(path) === 'dir') return 'dir'
  const kind = files.kind(path)
  if (kind === 'symlink') return { code: 'symlink', file: files.origin(path) }
  if (kind === 'unknown') return { code: 'changed-input', file: files.origin(path) }
  return kind
}

/** The text of a file without a byte order mark, recorded; absent when nothing or a directory is there. */
export function lookInto(files: ImageFiles, path: string): string | Reason | undefined {
  const kind = lookAt(files, path)
  if (kind === 'absent' || kind === 'dir') return undefined
  if (kind !== 'file') return kind
  const text = files.read(path)
  if (text !== undefined) return text.replace(/^\uFEFF/, '')
  return { code: 'unreadable-manifest', file: files.origin(path), problem: 'it is not UTF-8 text' }
}

/** Records optional files of one directory; the first that is a link or was changed is the reason. */
export function lookAtAll(files: ImageFiles, dir: string, names: readonly string[]): Reason | undefined {
  for (const name of names) {
    const kind = lookAt(files, dir === '/' ? `/${name}` : `${dir}/${name}`)
    if (typeof kind === 'object') return kind
  }
  return undefined
}
