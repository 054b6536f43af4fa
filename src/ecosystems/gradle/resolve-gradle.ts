import { toPath } from '../../effects/targets.ts'
import { joinPath } from '../../model/paths.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { ignoreBelow } from '../shared/ignore-pattern.ts'
import { lookAtAll } from '../shared/look.ts'
import { checkScript, matchWrapper, type WrapperCall } from '../shared/match-wrapper.ts'
import { parseGradleOptions, type GradleOptions } from './gradle-options.ts'
import { readBuild, type GradleBuild } from './read-build.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

/** Tasks of Gradle's own that configure the build and build nothing; a task of the project may do anything. */
const FETCHES = /^(.*:)?(dependencies|buildEnvironment|help|tasks|projects)$/

/** What a Gradle command does. */
export function resolveGradle(command: Command, files: ImageFiles): Effect | undefined {
  const call = matchWrapper(command, 'gradle', 'gradlew')
  if (call === undefined) return undefined
  const options = parseGradleOptions(call.args, command.text)
  if (options === undefined) return { known: false, role: 'build' }
  if (isVersion(options)) return resolveVersion(call, options, command, files)
  if (isFetch(options)) return resolveFetch(call, options, command, files)
  return { known: false, role: 'build' }
}

/** Whether all tasks only resolve dependencies; without one it is `help`, unless a script names others. */
export function isFetch({ tasks }: GradleOptions): boolean {
  return tasks.every((task) => FETCHES.test(task))
}

/** `--version`: all that a wrapper does is to download Gradle. */
export function isVersion({ tasks, flags }: GradleOptions): boolean {
  return tasks.length === 0 && (flags.has('--version') || flags.has('-v'))
}

function resolveVersion(
  call: WrapperCall,
  options: GradleOptions,
  command: Command,
  files: ImageFiles,
): Effect {
  const homes = userHomes(options, command)
  const reason = checkWrapper(call, command, files, false)
  if (reason !== undefined || homes === undefined) return refuseInstall(reason ?? unknown(command))
  return { known: true, role: 'fetch', writes: homes.map(cached), env: 'all-but-stamps' }
}

/** The script, its jar and its properties; where it is strict, no command may have changed the script. */
export function checkWrapper(
  call: WrapperCall,
  command: Command,
  files: ImageFiles,
  isStrict: boolean,
): Reason | undefined {
  if (call.script === undefined) return undefined
  const dir = joinPath(call.script, '..')
  files.readTree(joinPath(dir, 'gradle/wrapper'))
  return (
    checkScript(call, command, files, isStrict) ??
    lookAtAll(files, dir, ['gradle.properties', 'gradle/gradle-daemon-jvm.properties'])
  )
}

function resolveFetch(
  call: WrapperCall,
  options: GradleOptions,
  command: Command,
  files: ImageFiles,
): Effect {
  const locks = ['--write-locks', '--update-locks', '-M'].some(
    (name) => options.flags.has(name) || options.values.has(name),
  )
  if (locks) return refuseInstall({ code: 'edits-manifest', command: command.text, file: 'gradle.lockfile' })
  const homes = userHomes(options, command)
  if (options.flags.has('--offline') || options.values.has('--project-cache-dir') || homes === undefined) {
    return refuseInstall(unknown(command))
  }
  const reason = checkWrapper(call, command, files, false)
  if (reason !== undefined) return refuseInstall(reason)
  const build = readBuild(options, command, files)
  if (isReason(build)) return refuseInstall(build)
  return {
    known: true,
    role: 'fetch',
    writes: [...homes.map(cached), ...projectWrites(build, files)],
    env: build.readsEnvironment ? 'all' : 'all-but-stamps',
    wantsAll: true,
  }
}

function unknown(command: Command): Reason {
  return { code: 'unknown-argument', text: command.text }
}

function cached(tree: string): WriteEffect {
  return { tree, mode: 'merge', allow: 'cache' }
}

/** `~/.gradle`, which the official image keeps elsewhere; `undefined` when it cannot be known. */
export function userHomes(options: GradleOptions, command: Command): readonly string[] | undefined {
  const given = options.values.get('-g')?.at(-1) ?? command.env.get('GRADLE_USER_HOME')
  if (given === undefined) {
    return command.env.has('GRADLE_USER_HOME')
      ? undefined
      : [joinPath(command.home, '.gradle'), '/home/gradle/.gradle']
  }
  const path = toPath(command, given)
  return path === undefined ? undefined : [path]
}

/** Gradle's notes on the project, and the plugins that it compiles: every later build brings them up to date by content. */
function projectWrites({ dir, inner }: GradleBuild, files: ImageFiles): readonly WriteEffect[] {
  const notes = [dir, ...inner].flatMap((build) => [
    { ...cached(joinPath(build, '.gradle')), ignore: '**/.gradle' },
    { ...cached(joinPath(build, '.kotlin')), ignore: '**/.kotlin' },
  ])
  const outputs = inner.map((build) => joinPath(build, 'build'))
  return [
    ...notes,
    ...outputs.map((path) => ({
      ...cached(path),
      ...ignoreBelow(files, joinPath(dir, 'build.gradle'), path),
    })),
    cached(joinPath(dir, 'build/reports')),
  ]
}
