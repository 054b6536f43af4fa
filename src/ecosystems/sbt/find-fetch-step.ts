import { isReason } from '../shared/outcome.ts'
import { leadingAssignments } from '../shared/leading-assignments.ts'
import { checkScript, matchWrapper, spellProgram } from '../shared/match-wrapper.ts'
import { spellWords } from '../shared/spell-words.ts'
import { readDefinition } from './read-definition.ts'
import { cachePlaces, isFetch } from './resolve-sbt.ts'
import { parseSbtOptions } from './sbt-options.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, FetchStep, ImageFiles } from '../../model/types.ts'

const FETCH_ENV = ['SBT_*', 'COURSIER_*', 'JAVA_*', 'JVM_OPTS', 'HOME']

/** `sbt update` before a build: sbt itself, its plugins and the dependencies. The definition is a program: it is let fail. */
export function findFetchStep(command: Command, files: ImageFiles): FetchStep | Reason | undefined {
  const call = matchWrapper(command, 'sbt', 'sbt')
  if (call === undefined) return undefined
  const options = parseSbtOptions(call.args)
  const assignments = leadingAssignments(command.text, FETCH_ENV)
  if (options === undefined || assignments === undefined || cachePlaces(options, command) === undefined) {
    return { code: 'unknown-argument', text: command.text }
  }
  if (isFetch(options) || options.commands.every((text) => /^(clean|new\s.*)$/.test(text))) return undefined
  const reason = checkScript(call, command, files, true)
  if (reason !== undefined) return reason
  const definition = readDefinition(command, files)
  if (isReason(definition)) return definition
  const flags = options.flags.length === 0 ? '' : ` ${spellWords(options.flags)}`
  return { command: `${assignments}${spellProgram(call, files)}${flags} update || true`, cwd: command.cwd }
}
