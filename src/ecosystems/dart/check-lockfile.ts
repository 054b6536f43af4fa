import { isReason, type Outcome } from '../shared/outcome.ts'
import { joinPath } from '../../model/paths.ts'
import { readPubspec } from './pubspec.ts'
import { satisfies } from './satisfies.ts'
import { toObject } from '../shared/json-object.ts'
import type { DartPackage } from './read-package.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** What `pub get` does to pubspec.lock: it writes one that is missing, and writes again what does not fit. */
export function checkLockfile(
  command: Command,
  files: ImageFiles,
  { root, wanted }: DartPackage,
  enforced: boolean,
): Outcome {
  const path = joinPath(root.dir, 'pubspec.lock')
  const lock = readPubspec(files, root.dir, 'pubspec.lock')
  if (isReason(lock)) return lock
  if (lock === undefined) {
    return enforced ? { code: 'missing-file', file: files.origin(path), command: command.text } : [{ path }]
  }
  const packages = toObject(lock.yaml['packages'])
  const fits = [...wanted].every(([name, constraint]) => {
    const { version } = toObject(packages[name])
    return typeof version === 'string' && (constraint === undefined || satisfies(version, constraint))
  })
  return fits || enforced ? [] : [{ path, allow: 'lockfile' }]
}
