import { isReason } from '../shared/outcome.ts'
import { leadingAssignments } from '../shared/leading-assignments.ts'
import { matchWrapper, spellProgram, type WrapperCall } from '../shared/match-wrapper.ts'
import { spellWords } from '../shared/spell-words.ts'
import { parseGradleOptions, type GradleOptions } from './gradle-options.ts'
import { readBuild } from './read-build.ts'
import { checkWrapper, isFetch, isVersion, userHomes } from './resolve-gradle.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, FetchStep, ImageFiles } from '../../model/types.ts'

const FETCH_ENV = ['GRADLE_*', 'ORG_GRADLE_*', 'JAVA_*', 'JDK_JAVA_OPTIONS', 'HOME']

/** Tasks that need no dependencies. */
const LIGHT = /^(.*:)?(clean|wrapper|init)$/

/**
 * `dependencies` before a build: Gradle itself, the plugins and what is known of the dependencies. Scripts are programs,
 * so that it is let fail. Where they read other files, a wrapper at least downloads Gradle.
 */
export function findFetchStep(command: Command, files: ImageFiles): FetchStep | Reason | undefined {
  const call = matchWrapper(command, 'gradle', 'gradlew')
  if (call === undefined) return undefined
  const options = parseGradleOptions(call.args, command.text)
  const assignments = leadingAssignments(command.text, FETCH_ENV)
  if (options === undefined || assignments === undefined || userHomes(options, command) === undefined) {
    return { code: 'unknown-argument', text: command.text }
  }
  if (options.tasks.every((task) => LIGHT.test(task)) || isFetch(options) || isVersion(options))
    return undefined
  if (options.flags.has('--offline')) return undefined
  const wrapper = checkWrapper(call, command, files, true)
  if (wrapper !== undefined) return wrapper
  const build = readBuild(options, command, files)
  const spell = (...words: readonly string[]): string =>
    [`${assignments}${spellProgram(call, files)}`, ...words].join(' ')
  if (!isReason(build)) {
    return {
      command: `${spell('--no-daemon', ...spellOptions(options), 'dependencies')} || true`,
      cwd: command.cwd,
    }
  }
  return hasWrapper(call, build)
    ? { command: spell(...spellHome(options), '--version'), cwd: command.cwd }
    : build
}

/** Whether a step that only downloads Gradle is worth while; not when the project itself is the obstacle. */
function hasWrapper({ script }: WrapperCall, { code }: Reason): boolean {
  return script !== undefined && code !== 'missing-file' && code !== 'changed-input'
}

/** The build's options as far as they decide what is resolved, and from where. */
function spellOptions(options: GradleOptions): readonly string[] {
  const names = ['-p', '-I', '--include-build']
  return [
    ...spellHome(options),
    ...names.flatMap((name) => (options.values.get(name) ?? []).map((value) => spellWords([name, value]))),
    ...options.properties.map((property) => spellWords([property])),
  ]
}

function spellHome({ values }: GradleOptions): readonly string[] {
  const [home] = values.get('-g') ?? []
  return home === undefined ? [] : [spellWords(['-g', home])]
}
