import { joinPath } from '../../model/paths.ts'
import { isReason, type Outcome } from './outcome.ts'
import { lookAt } from './look.ts'
import { toObject, toTexts } from './json-object.ts'
import type { PackageInfo } from './read-package.ts'
import type { ImageFiles, WriteEffect } from '../../model/types.ts'

/**
 * The executables of a linked package. Managers link those that exist at install time, and silently leave out the
 * others; they also make the linked file executable, which shows in the image when it was not.
 */
export function checkBins(files: ImageFiles, info: PackageInfo): Outcome {
  const { bin } = info.json
  const paths = typeof bin === 'string' ? [bin] : [...toTexts(bin).values()]
  const writes: WriteEffect[] = []
  for (const path of paths) {
    const target = joinPath(info.dir, path)
    const kind = lookAt(files, target)
    if (isReason(kind)) return kind
    if (kind === 'file' && !files.executable(target)) writes.push({ path: target })
  }
  const directory = toObject(info.json['directories'])['bin']
  if (typeof directory === 'string') {
    const tree = joinPath(info.dir, directory)
    files.readTree(tree)
    if (files.peekKind(tree) === 'dir') writes.push({ tree, mode: 'merge' })
  }
  return writes
}
