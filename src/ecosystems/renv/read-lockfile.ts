import { isReason } from '../shared/outcome.ts'
import { toObject, toTexts, type JsonObject } from '../shared/json-object.ts'
import { readJsonc } from '../shared/read-jsonc.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** Looks at a renv.lock; a package that it takes from the disk is a reason. https://rstudio.github.io/renv/articles/lockfile.html */
export function checkLockfile(files: ImageFiles, path: string, command: string): Reason | undefined {
  const json = readLockfile(files, path, command)
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
  const json = readLockfile(files, path, command)
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

function readLockfile(files: ImageFiles, path: string, command: string): JsonObject | Reason {
  return readJsonc(files, path) ?? { code: 'missing-file', file: files.origin(path), command }
}
