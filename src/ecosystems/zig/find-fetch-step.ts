import { isInstalled } from '../shared/is-installed.ts'
import { isReason } from '../shared/outcome.ts'
import { leadingAssignments } from '../shared/leading-assignments.ts'
import { readPackage } from './read-package.ts'
import { spellWords } from '../shared/spell-words.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, FetchStep, ImageFiles } from '../../model/types.ts'

const KEPT = ['--build-file', '--cache-dir', '--global-cache-dir']

/**
 * `zig build --fetch` before a build. Versions before 0.12 do not know it, and it also fetches what the build may not
 * need, so that its failure is ignored: the build then downloads what it needs, as before.
 */
export function findFetchStep(command: Command, files: ImageFiles): FetchStep | Reason | undefined {
  const { args, text, cwd } = command
  if (!isInstalled(command, files, ['zig']) || args[0] !== 'build') return undefined
  const before = leadingAssignments(text, ['ZIG_*', 'XDG_*'])
  const values = KEPT.flatMap((name) => {
    const at = args.indexOf(name)
    return at < 0 ? [] : [name, args[at + 1]]
  })
  const known = values.filter((value) => value !== undefined)
  if (before === undefined || known.length < values.length) return { code: 'unknown-argument', text }
  const found = readPackage(command, files, known[known.indexOf('--build-file') + 1 || known.length])
  if (found === undefined || isReason(found)) return found
  if (found.remote === 0) return undefined
  const program = command.program?.startsWith('/') === true ? command.program : 'zig'
  return { command: `${before}${spellWords([program, 'build', '--fetch', ...known])} || true`, cwd }
}
