import { toPath } from '../../effects/targets.ts'
import { joinPath } from '../../model/paths.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { lookInto } from '../shared/look.ts'
import { ednAt, ednString, ednWalk, parseEdn } from '../shared/parse-edn.ts'
import { matchClojure, type ClojureCall } from './match-clojure.ts'
import { readDeps } from './read-deps.ts'
import type { Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

/** What `clojure` and `clj` do. */
export function resolveClojure(command: Command, files: ImageFiles): Effect | undefined {
  const call = matchClojure(command)
  if (call === undefined) return undefined
  if (!call.prepares && !call.prints) return { known: false, role: 'build' }
  const reason = readDeps(call, command, files)
  if (reason !== undefined) return refuseInstall(reason)
  const writes = cacheWrites(command, files)
  if (writes === undefined || call.unusual || command.args.includes(undefined)) {
    return refuseInstall({ code: 'unknown-argument', text: command.text })
  }
  return { known: true, role: 'fetch', writes, env: 'all-but-stamps' }
}

/** The local Maven repository, git libraries, settings that are made, and the computed class path. */
function cacheWrites(command: Command, files: ImageFiles): readonly WriteEffect[] | undefined {
  const { env, home, cwd } = command
  const config =
    env.get('CLJ_CONFIG') ??
    (env.get('XDG_CONFIG_HOME') ? `${env.get('XDG_CONFIG_HOME') ?? ''}/clojure` : joinPath(home, '.clojure'))
  const own = joinPath(cwd, `${config}/deps.edn`)
  const user = lookInto(files, own)
  // Settings that a command of the Dockerfile made are believed to name no files of the project.
  if (isReason(user) && user.code !== 'changed-input') return undefined
  const texts = [typeof user === 'string' ? user : '', files.peek(joinPath(cwd, 'deps.edn')) ?? '']
  const given = texts
    .flatMap((text) => parseEdn(text) ?? [])
    .flatMap(ednWalk)
    .map((form) => ednString(ednAt(form, ':mvn/local-repo')))
  const repository = toPath(
    command,
    given.find((path) => path !== undefined) ?? joinPath(home, '.m2/repository'),
  )
  if (repository === undefined || env.has('CLJ_CACHE')) return undefined
  files.kind(joinPath(home, '.m2/settings.xml'))
  files.kind(joinPath(home, '.gitconfig'))
  files.readTree(joinPath(home, '.ssh'))
  const trees = [
    repository,
    joinPath(cwd, env.get('GITLIBS') ?? joinPath(home, '.gitlibs')),
    joinPath(cwd, config),
  ]
  return [
    ...trees.map((tree): WriteEffect => ({ tree, mode: 'merge', allow: 'cache' })),
    { tree: joinPath(cwd, '.cpcache'), mode: 'merge', allow: 'cache', ignore: '**/.cpcache' },
  ]
}

/** Whether a call does nothing but look after dependencies. */
export function isFetch({ prepares, prints }: ClojureCall): boolean {
  return prepares || prints
}
