import { isReason } from '../shared/outcome.ts'
import { isObject, toObject, toTexts, type JsonObject } from '../shared/json-object.ts'
import { lookInto } from '../shared/look.ts'
import { parseJsonc } from '../shared/parse-jsonc.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** Looks at a renv.lock; a package that it takes from the disk is a reason. https://rstudio.github.io/renv/articles/lockfile.html */
export function checkLockfile(files: ImageFiles, path: string, command: string): Reason | undefined {
  const json = readJson(files, path, command)
  if (isReason(json)) return json
  for (const [name, entry] of Object.entries(toObject(json['Packages']))) {
    const texts = toTexts(entry)
    // Those in renv/local and renv/cellar have no address.
    const url = texts.get('RemoteUrl') ?? texts.get('RemotePath') ?? ''
    if (/^(?:file:|[.~]{0,2}\/)/.test(url))
      return { code: 'local-dependency', file: files.origin(path), dependency: `${name} (${url})` }
  }
  return undefined
}

/** The same of the lockfile of pak. https://pak.r-lib.org/reference/lockfile_install.html */
export function checkPakLockfile(files: ImageFiles, path: string, command: string): Reason | undefined {
  const json = readJson(files, path, command)
  if (isReason(json)) return json
  const packages: readonly unknown[] = Array.isArray(json['packages']) ? json['packages'] : []
  const local = packages
    .map(toTexts)
    .find((entry) => /^(?:local|deps|installed)$/.test(entry.get('type') ?? ''))
  return (
    local && {
      code: 'local-dependency',
      file: files.origin(path),
      dependency: local.get('ref') ?? 'a package',
    }
  )
}

function readJson(files: ImageFiles, path: string, command: string): JsonObject | Reason {
  const text = lookInto(files, path)
  if (isReason(text)) return text
  const file = files.origin(path)
  if (text === undefined) return { code: 'missing-file', file, command }
  const values = parseJsonc(text)
  const [json] = typeof values === 'string' ? [] : values
  const problem = typeof values === 'string' ? values : 'it is not an object'
  return isObject(json) ? json : { code: 'unreadable-manifest', file, problem }
}
