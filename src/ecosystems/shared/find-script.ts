import { isWithin, joinPath, parentPath } from '../../model/paths.ts'
import { lookInto } from './look.ts'
import { isReason } from './outcome.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** `node scripts/setup` runs `scripts/setup.js` where there is no file of that name, or the index of a directory. */
export function findScript(files: ImageFiles, path: string): string | undefined {
  if (/\.[cm]?js$/.test(path)) return path
  return [path, `${path}.js`].find((candidate) => files.peekKind(candidate) === 'file')
}

/** The nearest `package.json` says whether a script is a module; that of the package itself is read anyway. */
export function lookForTypes(files: ImageFiles, path: string, dir: string): Reason | undefined {
  for (let at = parentPath(path); at !== dir && isWithin(at, dir); at = parentPath(at)) {
    const text = lookInto(files, joinPath(at, 'package.json'))
    if (isReason(text)) return text
  }
  return undefined
}
