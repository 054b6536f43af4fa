import { leadingAssignments } from '../shared/leading-assignments.ts'
import { spellWords } from '../shared/spell-words.ts'
import { isFetch } from './resolve-clojure.ts'
import { matchClojure } from './match-clojure.ts'
import { readDeps } from './read-deps.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, FetchStep, ImageFiles } from '../../model/types.ts'

const FETCH_ENV = ['CLJ_*', 'GITLIBS', 'JAVA_*', 'XDG_*', 'GIT_*', 'HOME']

/**
 * `clojure -P` before a build, with its aliases. A tool (`-T`) works on the project, whose own dependencies it resolves in its
 * turn: they are fetched too. It is let fail, because a tool need not do that.
 */
export function findFetchStep(command: Command, files: ImageFiles): FetchStep | Reason | undefined {
  const call = matchClojure(command)
  if (call === undefined || isFetch(call)) return undefined
  const assignments = leadingAssignments(command.text, FETCH_ENV)
  if (call.unusual || assignments === undefined) return { code: 'unknown-argument', text: command.text }
  const reason = readDeps(call, command, files)
  if (reason !== undefined) return reason
  const program = `${assignments}${command.program ?? 'clojure'}`
  const extra = call.extra === undefined ? [] : ['-Sdeps', call.extra]
  const own = `${program} ${spellWords([...extra, '-P', ...call.selectors])}`
  const isTool = call.selectors.some((selector) => selector.startsWith('-T'))
  return { command: `${isTool ? `${program} -P && ` : ''}${own} || true`, cwd: command.cwd }
}
