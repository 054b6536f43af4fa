import { toPath } from '../../effects/targets.ts'
import { joinPath } from '../../model/paths.ts'
import { checkLockfile } from './check-lockfile.ts'
import { ignoreBelow } from '../shared/ignore-pattern.ts'
import { isInstalled } from '../shared/is-installed.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { readMixProject, type MixProject } from './read-project.ts'
import { splitTasks, type Task } from './tasks.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, Effect, FetchStep, ImageFiles, WriteEffect } from '../../model/types.ts'

const OPTIONS =
  /^(--only|--check-locked|--no-archives-check|--no-deps-check|--force|--if-missing|--no-compile|--all|--include-children|--skip-umbrella-children|--skip-local-deps|--no-color|[a-z]\w*)$/
const BUILDS =
  /^(compile|release|phx\.|assets\.|test|run|escript\.|tailwind|esbuild|ecto\.|gettext|deps\.|sentry\.|setup)/

/** https://hexdocs.pm/mix/Mix.Tasks.Deps.Get.html */
export function resolveMix(command: Command, files: ImageFiles): Effect | undefined {
  if (!isInstalled(command, files, ['mix'])) return undefined
  const tasks = splitTasks(command.args)
  if (tasks === undefined) return { known: false }
  const effects = tasks.map((task) => resolveTask(task, command, files))
  const opaque =
    effects.find((effect) => !effect.known && effect.reason !== undefined) ??
    effects.find((effect) => !effect.known)
  const last = effects.findLast((effect) => effect.known)
  if (opaque !== undefined || last === undefined) return opaque ?? { known: false }
  const known = effects.filter((effect) => effect.known)
  const fetches = known.some((effect) => effect.role === 'install')
  // Such a step may be added above the one that stays, which installs Hex again.
  const writes = known.flatMap((effect): readonly WriteEffect[] =>
    fetches && effect.role === 'tool'
      ? effect.writes.map((write) => ({ ...write, allow: 'warm-up' }))
      : effect.writes,
  )
  return { known: true, role: fetches ? 'install' : last.role, writes, env: 'all-but-stamps' }
}

/** For `mix do deps.get, compile`: the tasks up to the last that needs no sources, if they fetch. They may run twice. */
export function findFetchStep(command: Command, files: ImageFiles): FetchStep | Reason | undefined {
  if (!isInstalled(command, files, ['mix'])) return undefined
  const tasks = splitTasks(command.args) ?? []
  const stop = tasks.findIndex(
    (task) => task.name === 'deps.compile' || !resolveTask(task, command, files).known,
  )
  const early = tasks.slice(0, stop)
  const refused = tasks.find((task) => task.name === 'deps.get')
  const words =
    command.text
      .replace(/\\\r?\n/g, ' ')
      .trim()
      .match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? []
  if (stop < 0 || refused === undefined || tasks.length < 2) return undefined
  if (!early.includes(refused)) {
    const effect = resolveTask(refused, command, files)
    return effect.known ? undefined : effect.reason
  }
  const before = words.length - command.args.length
  const end = early.at(-1)?.end ?? 0
  if (before < 1 || /[<>|&;()`#]/.test(command.text)) return { code: 'unknown-argument', text: command.text }
  const kept = words
    .slice(0, before + end)
    .join(' ')
    .replace(/[\s,+]+$/, '')
  return { command: early.length === 1 ? kept.replace(/\bdo\s+(?=deps\.get)/, '') : kept, cwd: command.cwd }
}

function resolveTask(task: Task, command: Command, files: ImageFiles): Effect {
  const { name, args } = task
  if (/^(local\.(hex|rebar)|archive\.install|hex\.(organization|repo|config))$/.test(name))
    return installTool(task, command)
  if (/^(--version|-v|help|--help|hex\.info)$/.test(name)) {
    return { known: true, role: 'none', writes: [], env: ['MIX_*', 'HEX_*'] }
  }
  if (/^deps\.(update|unlock|clean)$/.test(name)) {
    return refuseInstall({
      code: 'edits-manifest',
      command: command.text,
      file: files.origin(joinPath(command.cwd, 'mix.lock')),
    })
  }
  const compiles = name === 'deps.compile'
  if (!compiles && name !== 'deps.get' && name !== 'deps.loadpaths')
    return { known: false, ...(BUILDS.test(name) ? { role: 'build' } : {}) }
  // The value of `--only` picks among dependencies, nothing else.
  const given = args.map((arg, index) => arg ?? (args[index - 1] === '--only' ? 'prod' : undefined))
  if (name === 'deps.loadpaths' || !given.every((arg) => arg !== undefined && OPTIONS.test(arg))) {
    return refuseInstall({ code: 'unknown-argument', text: command.text })
  }
  const project = findProject(command, files)
  if (isReason(project)) return refuseInstall(project)
  // What is compiled by path are sources of the repository.
  if (compiles && project.local !== undefined) {
    return refuseInstall({
      code: 'local-dependency',
      file: files.origin(project.path),
      dependency: project.local,
    })
  }
  const lock = checkLockfile(files, project, compiles || given.includes('--check-locked'))
  if (isReason(lock)) return refuseInstall(lock)
  const { deps, build, path } = project
  const outputs = [deps, build].map((tree): WriteEffect => ({
    tree,
    mode: 'merge',
    // A fetch may be added above the one that stays; a compilation is never added.
    ...(compiles ? {} : { allow: 'warm-up' as const }),
    ...ignoreBelow(files, path, tree),
  }))
  for (const tree of [deps, build]) files.readTree(tree)
  // Hex itself is there, and what it has been told about organizations.
  for (const { tree } of homeTrees(command)) files.readTree(tree)
  return {
    known: true,
    role: 'install',
    writes: [
      ...outputs,
      ...lock,
      ...homeTrees(command).map((write) => ({ ...write, allow: 'cache' as const })),
    ],
    env: 'all-but-stamps',
  }
}

function findProject(command: Command, files: ImageFiles): MixProject | Reason {
  const { env } = command
  const hidden = [
    'MIX_EXS',
    'MIX_DEPS_PATH',
    'MIX_BUILD_PATH',
    'MIX_BUILD_ROOT',
    'MIX_HOME',
    'HEX_HOME',
  ].find((name) => env.has(name) && env.get(name) === undefined)
  if (hidden !== undefined) return { code: 'unknown-argument', text: hidden }
  const path = joinPath(command.cwd, env.get('MIX_EXS') || 'mix.exs')
  const project = readMixProject(files, path)
  if (isReason(project)) return project
  if (project === undefined) return { code: 'missing-file', file: files.origin(path), command: command.text }
  const place = (name: string): string | undefined =>
    env.get(name) ? toPath(command, env.get(name)) : undefined
  return {
    ...project,
    deps: place('MIX_DEPS_PATH') ?? project.deps,
    build: place('MIX_BUILD_PATH') ?? place('MIX_BUILD_ROOT') ?? project.build,
  }
}

/** Hex, rebar and archives go to the home. They load `./mix.exs` where there is one, and do not use it. */
function installTool({ name, args }: Task, command: Command): Effect {
  const local = args.some((arg) => arg !== undefined && /^\.{0,2}\/|\.ez$|^(git|path)$/.test(arg))
  const hidden = args.includes(undefined) && !name.startsWith('hex.')
  if (local || hidden || (name === 'archive.install' && args[0] !== 'hex')) return { known: false }
  return { known: true, role: 'tool', writes: homeTrees(command), env: 'all-but-stamps' }
}

/** `MIX_HOME` and `HEX_HOME`, which some images set to directories of /opt. */
function homeTrees({
  env,
  home,
  cwd,
}: Command): readonly { readonly tree: string; readonly mode: 'merge' }[] {
  const places = (name: string, usual: string): readonly string[] =>
    env.get(name) ? [joinPath(cwd, env.get(name) ?? '')] : [joinPath(home, `.${usual}`), `/opt/${usual}`]
  const trees = [...places('MIX_HOME', 'mix'), ...places('HEX_HOME', 'hex'), joinPath(home, '.cache/rebar3')]
  return trees.map((tree) => ({ tree, mode: 'merge' }))
}
