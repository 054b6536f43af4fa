import { isReason } from '../shared/outcome.ts'
import { leadingAssignments } from '../shared/leading-assignments.ts'
import { checkScript, matchWrapper, spellProgram } from '../shared/match-wrapper.ts'
import { spellWords } from '../shared/spell-words.ts'
import { readProject } from './read-project.ts'
import { LIGHT, taskOf } from './resolve-lein.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, FetchStep, ImageFiles } from '../../model/types.ts'

const FETCH_ENV = ['LEIN_*', 'JAVA_*', 'JVM_OPTS', 'HTTP_CLIENT', 'HOME']

/** `lein deps` before a build. It also gets what development needs, which the build may do without: it is let fail. */
export function findFetchStep(command: Command, files: ImageFiles): FetchStep | Reason | undefined {
  const call = matchWrapper(command, 'lein', 'lein')
  if (call === undefined) return undefined
  const task = taskOf(call.args)
  const assignments = leadingAssignments(command.text, FETCH_ENV)
  if (task === undefined || assignments === undefined) return { code: 'unknown-argument', text: command.text }
  if (LIGHT.test(task) || task === 'deps' || task === 'classpath' || call.args.includes('-o'))
    return undefined
  const reason = checkScript(call, command, files, true)
  if (reason !== undefined) return reason
  const project = readProject(command, files)
  if (isReason(project)) return project
  const at = call.args.findIndex((arg) => arg === 'with-profile' || arg === 'with-profiles')
  const profiles = at < 0 ? [] : call.args.slice(at, at + 2).map(String)
  const words = spellWords([...profiles, 'deps'])
  return { command: `${assignments}${spellProgram(call, files)} ${words} || true`, cwd: command.cwd }
}
