import { isReason } from '../shared/outcome.ts'
import { leadingAssignments } from '../shared/leading-assignments.ts'
import { checkScript, matchWrapper, spellProgram } from '../shared/match-wrapper.ts'
import { childrenAt } from '../shared/parse-xml.ts'
import { spellWords } from '../shared/spell-words.ts'
import { joinPath } from '../../model/paths.ts'
import { parseMavenOptions, type MavenOptions } from './maven-options.ts'
import { repositoryOf } from './maven-places.ts'
import { readReactor, type Reactor } from './read-reactor.ts'
import { isFetch } from './resolve-maven.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, FetchStep, ImageFiles } from '../../model/types.ts'

const FETCH_ENV = ['MAVEN_*', 'MVNW_*', 'M2_HOME', 'JAVA_*', 'JDK_JAVA_OPTIONS', 'HOME']

/** Goals that need no dependencies. */
const LIGHT = /^(pre-clean|clean|post-clean|clean:clean|wrapper:wrapper|help:.*|versions:.*|archetype:.*)$/

/**
 * `dependency:go-offline` before a build. It may fail where the build does not (a sibling module that is not built yet,
 * a plugin that the build does not use), so that `-fn` lets it pass. What was not found is forgotten again: Maven would
 * not ask for it a second time on the same day.
 */
export function findFetchStep(command: Command, files: ImageFiles): FetchStep | Reason | undefined {
  const call = matchWrapper(command, 'mvn', 'mvnw')
  const own = call && parseMavenOptions(call.args, command.text)
  if (call === undefined) return undefined
  const assignments = leadingAssignments(command.text, FETCH_ENV)
  if (own === undefined || assignments === undefined) return { code: 'unknown-argument', text: command.text }
  if (own.goals.every((goal) => LIGHT.test(goal)) || isFetch(own)) return undefined
  const reason = checkScript(call, command, files, true)
  if (reason !== undefined) return reason
  const reactor = readReactor({ ...own, flags: new Set([...own.flags, '-fn']) }, command, files)
  if (isReason(reactor)) return reactor
  // Without the network everything is there already.
  if (reactor.options.flags.has('-o')) return undefined
  if (!hasDependencies(reactor)) return undefined
  const repository = repositoryOf(reactor.options, command, files)
  if (repository === undefined) return { code: 'unknown-argument', text: command.text }
  const download = [
    `${assignments}${spellProgram(call, files)}`,
    '-B -fn',
    ...spellOptions(own, reactor),
    'dependency:go-offline',
  ]
  const forget = `find ${spellPlace(repository, command)} -name '*.lastUpdated' -delete`
  return { command: `${download.join(' ')} && ${forget} || true`, cwd: command.cwd }
}

function spellPlace(repository: string, { home }: Command): string {
  return repository === joinPath(home, '.m2/repository') ? '~/.m2' : repository
}

/** A project without plugins and dependencies has those of the lifecycle to download; one that only aggregates has not. */
function hasDependencies({ poms }: Reactor): boolean {
  return poms.some(({ xml }) => childrenAt(xml, 'packaging')[0]?.text !== 'pom')
}

/** The build's options as far as they decide what is resolved, and from where. */
function spellOptions(own: MavenOptions, { poms }: Reactor): readonly string[] {
  const names = ['-f', '-s', '-gs', '-t', '-gt', '-P', '-pl']
  const flags = ['-am', '-amd', '-N', '-ntp']
  const watched = new Set(
    poms.flatMap(({ xml }) =>
      childrenAt(xml, 'profiles', 'profile', 'activation', 'property', 'name').map(({ text }) =>
        text.replace(/^!/, ''),
      ),
    ),
  )
  return [
    ...names.flatMap((name) => {
      const value = own.values.get(name)
      return value === undefined ? [] : [spellWords(name === '-P' ? [`-P${value}`] : [name, value])]
    }),
    ...flags.filter((flag) => own.flags.has(flag)),
    // What only switches tests or checks off does not matter, unless a profile looks at it.
    ...[...own.properties]
      .filter(([name]) => watched.has(name) || !/skip/i.test(name))
      .map(([name, value]) => spellWords([value === 'true' ? `-D${name}` : `-D${name}=${value}`])),
  ]
}
