import { isReason, refuseInstall } from '../shared/outcome.ts'
import { checkScript, matchWrapper, type WrapperCall } from '../shared/match-wrapper.ts'
import { joinPath } from '../../model/paths.ts'
import { parseMavenOptions, type MavenOptions } from './maven-options.ts'
import { cacheWrites, repositoryOf } from './maven-places.ts'
import { readReactor } from './read-reactor.ts'
import type { Command, Effect, ImageFiles } from '../../model/types.ts'

/** `dependency:go-offline`, also with the plugin's full name and version. */
const FETCH =
  /^((org\.apache\.maven\.plugins:)?(maven-)?dependency(-plugin)?(:[\w.-]+)?:(go-offline|resolve|resolve-plugins|resolve-sources|sources|get)|de\.qaware\.maven:go-offline-maven-plugin(:[\w.-]+)?:resolve-dependencies)$/

/** Properties that make these goals write elsewhere. */
const OUTPUTS = /^(outputFile|outputDirectory|dest|destination|mdep\.outputFile)$/

/** What a Maven command does. */
export function resolveMaven(command: Command, files: ImageFiles): Effect | undefined {
  const call = matchWrapper(command, 'mvn', 'mvnw')
  if (call === undefined) return resolveCleanup(command)
  const options = parseMavenOptions(call.args, command.text)
  if (options === undefined) return { known: false, role: 'build' }
  if (isVersion(options) || isFetch(options)) return resolveFetch(call, options, command, files)
  return { known: false, role: options.goals.length === 0 ? 'none' : 'build' }
}

/** Whether all goals only download. */
export function isFetch({ goals }: MavenOptions): boolean {
  return goals.length > 0 && goals.every((goal) => FETCH.test(goal))
}

function isVersion({ flags, goals }: MavenOptions): boolean {
  return goals.length === 0 && flags.has('-v')
}

/** Reads POMs only: a goal that is called by name runs no lifecycle. */
function resolveFetch(call: WrapperCall, own: MavenOptions, command: Command, files: ImageFiles): Effect {
  const reason = checkScript(call, command, files, false)
  if (reason !== undefined) return refuseInstall(reason)
  const reactor = readReactor(own, command, files)
  if (isReason(reactor)) return refuseInstall(reactor)
  const { options, poms } = reactor
  const repository = repositoryOf(options, command, files)
  const unusual =
    [...options.properties.keys()].some((name) => OUTPUTS.test(name)) || options.values.has('-l')
  if (repository === undefined || unusual || options.flags.has('-o')) {
    return refuseInstall({ code: 'unknown-argument', text: command.text })
  }
  files.readTree(joinPath(command.home, '.ssh'))
  return {
    known: true,
    role: isVersion(own) ? 'tool' : 'fetch',
    writes: cacheWrites(repository, call, command),
    // POMs may name any variable: `${env.REVISION}`.
    env: poms.some(({ text }) => text.includes('${env.')) ? 'all' : 'all-but-stamps',
    ...(isVersion(own) ? {} : { wantsAll: true as const }),
  }
}

/** `find ~/.m2 -name '*.lastUpdated' -delete`: Maven forgets what it did not find, and asks again. */
function resolveCleanup({ name, args, cwd }: Command): Effect | undefined {
  const [dir, test, pattern, action, ...rest] = args
  if (name !== 'find' || test !== '-name' || pattern !== '*.lastUpdated' || action !== '-delete')
    return undefined
  if (rest.length > 0 || dir === undefined) return undefined
  return {
    known: true,
    role: 'fetch',
    writes: [{ tree: joinPath(cwd, dir), mode: 'merge', allow: 'cache' }],
    env: [],
  }
}
