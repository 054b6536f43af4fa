import { joinPath } from '../../model/paths.ts'
import { isInstalled } from '../shared/is-installed.ts'
import { isReason } from '../shared/outcome.ts'
import { lastValue, parseKnownOptions } from '../shared/parse-known-options.ts'
import { leadingAssignments } from '../shared/leading-assignments.ts'
import { lookAt } from '../shared/look.ts'
import { OPTIONS, RESOLVE_FLAGS, RESOLVE_VALUED } from './options.ts'
import { readPackage } from './read-package.ts'
import { spellWords } from '../shared/spell-words.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, FetchStep, ImageFiles } from '../../model/types.ts'

/** Variables that git and the package manager take settings from; a manifest may ask for any. */
const ENV = ['*']

/** `swift build` begins with what `swift package resolve` does: both fetch every dependency that the manifest states. */
export function findFetchStep(command: Command, files: ImageFiles): FetchStep | Reason | undefined {
  const { cwd, text } = command
  if (!isInstalled(command, files, ['swift'])) return undefined
  if (!/^(build|test|run)$/.test(command.args[0] ?? '')) return undefined
  const options = parseKnownOptions(command.args, OPTIONS)
  if (options === undefined) return { code: 'unknown-argument', text }
  const dir = joinPath(cwd, lastValue(options, '--package-path') ?? '.')
  const found = readPackage(command, files, dir)
  if (found === undefined || isReason(found)) return found
  if (!found.remote) return undefined
  const resolved = joinPath(dir, 'Package.resolved')
  const lock = lookAt(files, resolved)
  if (isReason(lock)) return lock
  // Without it, the versions would stay those of the day when the step was cached.
  if (lock !== 'file') return { code: 'missing-file', file: files.origin(resolved), command: text }
  const flags = [...options.flags].filter((flag) => RESOLVE_FLAGS.includes(flag))
  const values = RESOLVE_VALUED.flatMap((name) => {
    const value = lastValue(options, name)
    return value === undefined ? [] : [name, value]
  })
  const before = leadingAssignments(text, ENV)
  if (before === undefined) return { code: 'unknown-argument', text }
  const program = command.program?.startsWith('/') === true ? command.program : 'swift'
  return { command: before + spellWords([program, 'package', 'resolve', ...flags, ...values]), cwd }
}
