import { joinPath } from '../../model/paths.ts'
import { BUILDS, tells } from '../shared/tells.ts'
import { cacheHome } from '../shared/scene.ts'
import { isInstalled } from '../shared/is-installed.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { lastValue, parseKnownOptions, type ParsedOptions } from '../shared/parse-known-options.ts'
import { OPTIONS } from './options.ts'
import { readPackage } from './read-package.ts'
import type { Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

/** What a zig command does. */
export function resolveZig(command: Command, files: ImageFiles): Effect | undefined {
  if (!isInstalled(command, files, ['zig'])) return undefined
  const [verb, ...rest] = command.args
  if (verb === 'version' || verb === 'env' || verb === 'targets') return tells(['ZIG_*'])
  if (verb === 'fetch') return resolveFetch(command, files, rest)
  if (verb !== 'build') return /^(build-\w+|test|run|cc|c\+\+)$/.test(verb ?? '') ? BUILDS : { known: false }
  if (!rest.some((arg) => arg !== undefined && /^--fetch(=|$)/.test(arg))) return BUILDS
  const options = parseKnownOptions(rest, OPTIONS)
  if (options === undefined) return refuseInstall({ code: 'unknown-argument', text: command.text })
  const found = readPackage(command, files, lastValue(options, '--build-file'))
  if (isReason(found)) return refuseInstall(found)
  if (found === undefined) {
    return refuseInstall({
      code: 'missing-file',
      file: files.origin(joinPath(command.cwd, 'build.zig')),
      command: command.text,
    })
  }
  return {
    known: true,
    role: 'fetch',
    writes: cacheWrites(command, options, found.dir),
    env: 'all-but-stamps',
  }
}

/** Packages go to the global cache; some versions also note them below the project. */
function cacheWrites(command: Command, options: ParsedOptions, dir: string): readonly WriteEffect[] {
  const { cwd, env } = command
  const global =
    lastValue(options, '--global-cache-dir') ??
    (env.get('ZIG_GLOBAL_CACHE_DIR') || `${cacheHome(command)}/zig`)
  const local = lastValue(options, '--cache-dir') ?? env.get('ZIG_LOCAL_CACHE_DIR')
  const inside = ['.zig-cache', 'zig-cache', 'zig-pkg'].map((name): WriteEffect => ({
    tree: joinPath(dir, name),
    mode: 'merge',
    allow: name === 'zig-pkg' ? 'warm-up' : 'cache',
    ignore: `**/${name}`,
  }))
  return [
    { tree: joinPath(cwd, global), mode: 'merge', allow: 'cache' },
    ...(local === undefined || local === ''
      ? inside
      : [{ tree: joinPath(cwd, local), mode: 'merge', allow: 'cache' } as const]),
  ]
}

/** `zig fetch URL` downloads one package; with `--save` it adds it to build.zig.zon. */
function resolveFetch(command: Command, files: ImageFiles, args: Command['args']): Effect {
  if (args.some((arg) => arg === undefined || arg.startsWith('--save'))) {
    const file = files.origin(joinPath(command.cwd, 'build.zig.zon'))
    return refuseInstall({ code: 'edits-manifest', command: command.text, file })
  }
  const options = parseKnownOptions(args, OPTIONS)
  const [url, ...others] = options?.operands ?? []
  if (options === undefined || others.length > 0 || !/^(git\+)?https?:/.test(url ?? ''))
    return { known: false }
  const [global] = cacheWrites(command, options, command.cwd)
  return {
    known: true,
    role: 'download',
    writes: global === undefined ? [] : [global],
    env: 'all-but-stamps',
  }
}
