import { joinPath } from '../../model/paths.ts'
import { ignoreBelow } from '../shared/ignore-pattern.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { isSystemPath } from '../../model/paths.ts'
import { lookAt } from '../shared/look.ts'
import { readRebarProject, type RebarProject } from './read-project.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Argument, Command, Effect, FetchStep, ImageFiles, WriteEffect } from '../../model/types.ts'

/** A call of rebar3: `rebar3 as prod do compile, release`. */
interface RebarCall {
  /** Profiles that `as` names, as spelled; `undefined` for one that is not known. */
  readonly profiles: string | undefined
  readonly tasks: readonly (readonly Argument[])[]
}

/** Commands that fetch dependencies on the way, in the profiles that the call names. */
const BUILDS = new Set(['compile', 'release', 'tar', 'escriptize', 'bare', 'relup'])
const ENV = ['REBAR_*', 'HEX_*', 'ERL_*', 'DIAGNOSTIC', 'DEBUG']

/** https://www.rebar3.org/docs/commands/ */
export function resolveRebar3(command: Command, files: ImageFiles): Effect | undefined {
  const call = matchRebar3(command, files)
  if (call === undefined) return undefined
  const [task = [], ...others] = call.tasks
  const [name, ...options] = task
  if (name === undefined || others.length > 0 || call.profiles === undefined)
    return { known: false, role: 'build' }
  if (name === 'version' || name === '--version' || name === '-v' || name === 'help') {
    return { known: true, role: 'none', writes: [], env: ENV }
  }
  if (name === 'update') return { known: true, role: 'none', writes: homeWrites(command), env: ENV }
  if (name === 'upgrade' || name === 'unlock') {
    return refuseInstall({
      code: 'edits-manifest',
      command: command.text,
      file: files.origin(joinPath(command.cwd, 'rebar.lock')),
    })
  }
  const compiles =
    name === 'compile' && options.length === 1 && (options[0] === '--deps_only' || options[0] === '-d')
  if (!compiles && (name !== 'get-deps' || options.length > 0)) return { known: false, role: 'build' }
  const project = findProject(command, files, compiles)
  if (isReason(project)) return refuseInstall(project)
  const program = lookAtProgram(command, files)
  if (program !== undefined) return refuseInstall(program)
  return {
    known: true,
    role: 'install',
    writes: writesOf(command, files, project, compiles),
    env: 'all-but-stamps',
  }
}

/** `rebar3 get-deps` in the same profiles, above a build that fetches on the way. */
export function findFetchStep(command: Command, files: ImageFiles): FetchStep | Reason | undefined {
  const call = matchRebar3(command, files)
  const builds = call?.tasks.some(
    ([name, ...options]) =>
      BUILDS.has(name ?? '') && !options.includes('--deps_only') && !options.includes('-d'),
  )
  if (call === undefined || builds !== true) return undefined
  if (call.profiles === undefined) return { code: 'unknown-argument', text: command.text }
  const project = findProject(command, files, false)
  if (isReason(project)) return project.code === 'missing-file' ? undefined : project
  if (project.deps.size === 0) return undefined
  if (project.locked === undefined)
    return { code: 'missing-file', file: files.origin(project.lockfile), command: command.text }
  const program = lookAtProgram(command, files)
  if (program !== undefined) return program
  const words = [
    command.program ?? 'rebar3',
    ...(call.profiles === '' ? [] : ['as', call.profiles]),
    'get-deps',
  ]
  return { command: words.join(' '), cwd: command.cwd }
}

function matchRebar3(command: Command, files: ImageFiles): RebarCall | undefined {
  const { name, program, args } = command
  if (name !== 'rebar3' || program === undefined) return undefined
  const path = joinPath(command.cwd, program)
  const installed = !program.includes('/') || isSystemPath(path) || files.peekKind(path) === 'absent'
  if (!installed && !['file', 'unknown'].includes(files.peekKind(path))) return undefined
  const as = args[0] === 'as'
  const profiles = as ? args[1] : ''
  const rest = as ? args.slice(2) : args
  const words = rest[0] === 'do' ? rest.slice(1) : rest
  const tasks: Argument[][] = [[]]
  for (const word of words) {
    if (word !== ',') tasks.at(-1)?.push(word?.replace(/,$/, ''))
    if (word === ',' || word?.endsWith(',') === true) tasks.push([])
  }
  return {
    profiles: /^[\w,]*$/.test(profiles ?? '-') ? profiles : undefined,
    tasks: tasks.filter((task) => task.length > 0),
  }
}

/** A `./rebar3` of the project is needed for the call itself; one that a command has downloaded is as that left it. */
function lookAtProgram({ program = '', cwd }: Command, files: ImageFiles): Reason | undefined {
  if (!program.includes('/') || isSystemPath(joinPath(cwd, program))) return undefined
  const path = joinPath(cwd, program)
  if (files.peekKind(path) === 'unknown') {
    files.kind(path)
    return undefined
  }
  const kind = lookAt(files, path)
  return isReason(kind) ? kind : undefined
}

function findProject(command: Command, files: ImageFiles, compiles: boolean): RebarProject | Reason {
  const { env, cwd, home } = command
  const hidden = [
    'REBAR_CONFIG',
    'REBAR_BASE_DIR',
    'REBAR_CACHE_DIR',
    'REBAR_PROFILE',
    'REBAR_GLOBAL_CONFIG_DIR',
  ].find((name) => env.has(name) && env.get(name) === undefined)
  if (hidden !== undefined) return { code: 'unknown-argument', text: hidden }
  files.kind(joinPath(home, '.config/rebar3/rebar.config'))
  const path = joinPath(cwd, env.get('REBAR_CONFIG') || 'rebar.config')
  return (
    readRebarProject(files, path, compiles) ?? {
      code: 'missing-file',
      file: files.origin(path),
      command: command.text,
    }
  )
}

function writesOf(
  command: Command,
  files: ImageFiles,
  project: RebarProject,
  compiles: boolean,
): readonly WriteEffect[] {
  const { deps, locked, lockfile, path } = project
  const build = joinPath(command.cwd, command.env.get('REBAR_BASE_DIR') || '_build')
  files.readTree(build)
  const output: WriteEffect = {
    tree: build,
    mode: 'merge',
    // A fetch may be added above the build that stays; a compilation is never added.
    ...(compiles ? {} : { allow: 'warm-up' as const }),
    ...ignoreBelow(files, path, build),
  }
  const fits =
    locked !== undefined && locked.size === deps.size && [...deps].every((name) => locked.has(name))
  const locks: readonly WriteEffect[] =
    locked === undefined ? [{ path: lockfile }] : fits ? [] : [{ path: lockfile, allow: 'lockfile' }]
  return [output, ...locks, ...homeWrites(command)]
}

function homeWrites({ env, home, cwd }: Command): readonly WriteEffect[] {
  const trees = [
    joinPath(cwd, env.get('REBAR_CACHE_DIR') || joinPath(home, '.cache/rebar3')),
    joinPath(home, '.config/rebar3'),
  ]
  return trees.map((tree) => ({ tree, mode: 'merge', allow: 'cache' }))
}
