import { toPath } from '../../effects/targets.ts'
import { joinPath } from '../../model/paths.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { checkScript, matchWrapper } from '../shared/match-wrapper.ts'
import { readDefinition } from './read-definition.ts'
import { parseSbtOptions, type SbtOptions } from './sbt-options.ts'
import type { Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

/** Commands that load the build and resolve, and no more. */
const FETCHES =
  /^(([\w-]+\s*[:/]\s*)*(update|updateClassifiers)|reload|about|sbtVersion|exit|project\s+[\w-]+)$/i

/** What an sbt command does. */
export function resolveSbt(command: Command, files: ImageFiles): Effect | undefined {
  const call = matchWrapper(command, 'sbt', 'sbt')
  if (call === undefined) return undefined
  const options = parseSbtOptions(call.args)
  if (options === undefined || !isFetch(options)) return { known: false, role: 'build' }
  const reason = checkScript(call, command, files, false)
  if (reason !== undefined) return refuseInstall(reason)
  const definition = readDefinition(command, files)
  if (isReason(definition)) return refuseInstall(definition)
  const caches = cachePlaces(options, command)
  if (caches === undefined) return refuseInstall({ code: 'unknown-argument', text: command.text })
  return {
    known: true,
    role: 'fetch',
    writes: [...caches.map(cached), ...projectWrites(command.cwd)],
    env: definition.readsEnvironment ? 'all' : 'all-but-stamps',
    wantsAll: true,
  }
}

/** Whether sbt is only told to resolve. */
export function isFetch({ commands }: SbtOptions): boolean {
  return commands.length > 0 && commands.every((text) => FETCHES.test(text))
}

/** Where sbt, Coursier and Ivy keep what they download; `undefined` when options lead elsewhere. */
export function cachePlaces(
  { flags }: SbtOptions,
  { env, home, cwd }: Command,
): readonly string[] | undefined {
  const settings = [...flags, env.get('SBT_OPTS') ?? '', env.get('JAVA_OPTS') ?? ''].join(' ')
  if (
    /-ivy|-sbt-dir|-sbt-boot|sbt\.ivy\.home|sbt\.boot\.directory|sbt\.global\.base|coursier\.cache/.test(
      settings,
    )
  )
    return undefined
  const cache =
    env.get('COURSIER_CACHE') ?? joinPath(env.get('XDG_CACHE_HOME') || joinPath(home, '.cache'), 'coursier')
  const path = toPath({ cwd, home } as Command, cache)
  if (path === undefined) return undefined
  return [path, ...['.sbt', '.ivy2', '.coursier', '.cache/sbt'].map((name) => joinPath(home, name))]
}

function cached(tree: string): WriteEffect {
  return { tree, mode: 'merge', allow: 'cache' }
}

/** The compiled build definition and notes on the resolution, which later builds check by content. */
function projectWrites(dir: string): readonly WriteEffect[] {
  const trees = ['target', 'project/target', 'project/project/target'].map((name) => joinPath(dir, name))
  return [
    ...trees.map((tree) => ({ ...cached(tree), ignore: '**/target' })),
    { path: joinPath(dir, 'project/project'), directory: true, allow: 'cache' },
  ]
}
