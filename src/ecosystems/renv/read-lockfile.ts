import { isReason } from '../shared/outcome.ts'
import { isObject, toObject, toTexts } from '../shared/json-object.ts'
import { lookInto } from '../shared/look.ts'
import { parseJsonc } from '../shared/parse-jsonc.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** Looks at a renv.lock; a package that it takes from the disk is a reason. https://rstudio.github.io/renv/articles/lockfile.html */
export function checkLockfile(files: ImageFiles, path: string, command: string): Reason | undefined {
  const text = lookInto(files, path)
  if (isReason(text)) return text
  const file = files.origin(path)
  if (text === undefined) return { code: 'missing-file', file, command }
  const values = parseJsonc(text)
  const [json] = typeof values === 'string' ? [] : values
  if (!isObject(json)) {
    return {
      code: 'unreadable-manifest',
      file,
      problem: typeof values === 'string' ? values : 'it is not an object',
    }
  }
  for (const [name, entry] of Object.entries(toObject(json['Packages']))) {
    const texts = toTexts(entry)
    // Those in renv/local and renv/cellar have no address.
    const url = texts.get('RemoteUrl') ?? texts.get('RemotePath') ?? ''
    if (/^(?:file:|[.~]{0,2}\/)/.test(url))
      return { code: 'local-dependency', file, dependency: `${name} (${url})` }
  }
  return undefined
}
