import { joinPath } from '../../model/paths.ts'
import { BUILDS, tells } from '../shared/tells.ts'
import { cacheHome } from '../shared/scene.ts'
import { collectOutcomes, isReason, refuseInstall, type Outcome } from '../shared/outcome.ts'
import { fillJobs } from '../shared/fill-jobs.ts'
import { hasFlag, parseKnownOptions, type ParsedOptions } from '../shared/parse-known-options.ts'
import { ignoreBelow } from '../shared/ignore-pattern.ts'
import { isInstalled } from '../shared/is-installed.ts'
import { OPTIONS } from './options.ts'
import { readLock, readShard, type Shard } from './read-shard.ts'
import { satisfies } from './satisfies.ts'
import type { Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

/** What a shards command does. */
export function resolveShards(command: Command, files: ImageFiles): Effect | undefined {
  if (!isInstalled(command, files, ['shards'])) return undefined
  const action = command.args.find((arg) => arg === undefined || !arg.startsWith('-'))
  if (action === 'build' || action === 'run') return BUILDS
  const lock = joinPath(command.cwd, 'shard.lock')
  if (action === 'update' || action === 'lock') {
    return refuseInstall({ code: 'edits-manifest', command: command.text, file: files.origin(lock) })
  }
  const options = parseKnownOptions(fillJobs(command, ['-j', '--jobs']), OPTIONS)
  if (options === undefined) {
    const unknown = command.args.includes(undefined)
    return action === 'install' || unknown
      ? refuseInstall({ code: 'unknown-argument', text: command.text })
      : { known: false }
  }
  if (hasFlag(options, '--version', '--help', '-h')) return tells(['SHARDS_*'])
  if (options.operands.length > 1 || (action !== undefined && action !== 'install')) return { known: false }
  return resolveInstall(command, files, options)
}

function resolveInstall(command: Command, files: ImageFiles, options: ParsedOptions): Effect {
  const { cwd, env } = command
  const manifest = joinPath(cwd, 'shard.yml')
  const own = readShard(files, manifest)
  if (isReason(own)) return refuseInstall(own)
  if (own === undefined) {
    return refuseInstall({ code: 'missing-file', file: files.origin(manifest), command: command.text })
  }
  const override = readShard(files, joinPath(cwd, env.get('SHARDS_OVERRIDE') || 'shard.override.yml'))
  if (isReason(override)) return refuseInstall(override)
  const shards = override === undefined ? [own] : [own, override]
  const outcome = collectOutcomes(
    [
      () => collectOutcomes(shards, (shard) => checkPaths(command, files, options, shard, cwd, new Set())),
      () => checkLock(command, files, options, shards),
    ],
    (check) => check(),
  )
  if (isReason(outcome)) return refuseInstall(outcome)
  const cache = env.get('SHARDS_CACHE_PATH') || `${cacheHome(command)}/shards`
  return {
    known: true,
    role: 'install',
    writes: [
      outputWrite(files, manifest, joinPath(cwd, env.get('SHARDS_INSTALL_PATH') || 'lib')),
      ...(hasFlag(options, '--skip-executables')
        ? []
        : [outputWrite(files, manifest, joinPath(cwd, env.get('SHARDS_BIN_PATH') || 'bin'))]),
      ...outcome,
      { tree: joinPath(cwd, cache), mode: 'merge', allow: 'cache' },
    ],
    env: 'all-but-stamps',
  }
}

/** `shards build` installs the same there, so that a rewrite may install it before. */
function outputWrite(files: ImageFiles, manifest: string, tree: string): WriteEffect {
  files.readTree(tree)
  return { tree, mode: 'merge', allow: 'warm-up', ...ignoreBelow(files, manifest, tree) }
}

function withoutDevelopment(options: ParsedOptions): boolean {
  return hasFlag(options, '--production', '--without-development')
}

/** A path dependency becomes a link; its manifest is read, and its scripts run in its sources. */
function checkPaths(
  command: Command,
  files: ImageFiles,
  options: ParsedOptions,
  shard: Shard,
  dir: string,
  seen: Set<string>,
): Outcome {
  const development = withoutDevelopment(options) ? [] : shard.development
  return collectOutcomes([...shard.dependencies, ...development], ({ path }) => {
    if (path === undefined) return []
    const at = joinPath(dir, path)
    if (seen.has(at)) return []
    seen.add(at)
    const other = readShard(files, joinPath(at, 'shard.yml'))
    if (isReason(other)) return other
    if (other === undefined) {
      return { code: 'missing-file', file: files.origin(joinPath(at, 'shard.yml')), command: command.text }
    }
    if (other.postinstall !== undefined && !hasFlag(options, '--skip-postinstall')) {
      return { code: 'lifecycle-script', file: other.file, script: 'postinstall', command: other.postinstall }
    }
    if (other.executables.length > 0 && !hasFlag(options, '--skip-executables')) {
      return { code: 'local-dependency', file: shard.file, dependency: path }
    }
    // Its own development dependencies are not installed.
    return checkPaths(command, files, options, { ...other, development: [] }, at, seen)
  })
}

function checkLock(
  command: Command,
  files: ImageFiles,
  options: ParsedOptions,
  shards: readonly Shard[],
): Outcome {
  const path = joinPath(command.cwd, 'shard.lock')
  const lock = readLock(files, path)
  if (isReason(lock)) return lock
  if (lock === undefined) {
    return hasFlag(options, '--production', '--frozen')
      ? { code: 'missing-file', file: files.origin(path), command: command.text }
      : [{ path }]
  }
  if (hasFlag(options, '--production', '--frozen')) return []
  const wanted = shards.flatMap((shard) => [
    ...shard.dependencies,
    ...(withoutDevelopment(options) ? [] : shard.development),
  ])
  const fits = wanted.every(({ name, version }) => {
    const locked = lock.get(name)
    return locked !== undefined && (version === undefined || satisfies(locked, version))
  })
  return fits ? [] : [{ path, allow: 'lockfile' }]
}
