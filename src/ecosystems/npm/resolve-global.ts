import { joinPath } from '../../model/paths.ts'
import { createConfig, toEnvConfig } from '../shared/config.ts'
import { parseLocalSpec } from '../shared/local-spec.ts'
import { readUserNpmrc } from '../shared/user-config.ts'
import type { Command, Effect, ImageFiles } from '../../model/types.ts'

/** Settings that change where packages come from, and nothing about what is read of the project. */
const HARMLESS_KEYS =
  /^(registry|fetch-.*|maxsockets|strict-ssl|unsafe-perm|audit|fund|loglevel|progress|update-notifier|always-auth|proxy|https-proxy|noproxy|python|legacy-peer-deps|engine-strict|cache|timeout|color|sass_binary_site|.*_mirror|@[^:]+:registry|\/\/.*:_(authToken|auth|password)|\/\/.*:(username|email|always-auth)|_authToken|_auth|email)$/

/** `npm install -g x` reads nothing of the project: not even the `.npmrc` of its directory. */
export function resolveGlobal(command: Command, files: ImageFiles, packages: readonly string[]): Effect {
  // Without a package, or with a path, it installs what is in the directory.
  if (packages.length === 0 || packages.some((spec) => parseLocalSpec(spec) !== undefined))
    return { known: false }
  const config = createConfig([toEnvConfig(command), readUserNpmrc(files, command)])
  const prefix = config('prefix')
  return {
    known: true,
    role: 'tool',
    writes: [
      prefix === undefined ? { system: true } : { tree: joinPath(command.cwd, prefix), mode: 'merge' },
      {
        tree: joinPath(command.cwd, config('cache') ?? `${command.home}/.npm`),
        mode: 'merge',
        allow: 'cache',
      },
    ],
    env: 'all-but-stamps',
  }
}

/** `npm config set`, `npm cache clean` and the like; everything else may do anything. */
export function resolveConfig(
  command: Command,
  files: ImageFiles,
  words: readonly string[],
  flags: ReadonlyMap<string, string>,
): Effect {
  const env = ['npm_config_*', 'NODE_*']
  const [first, ...rest] = words
  if (first === 'cache') {
    const config = createConfig([flags, toEnvConfig(command), readUserNpmrc(files, command)])
    const cache = joinPath(command.cwd, config('cache') ?? `${command.home}/.npm`)
    if (!/^(clean|clear|rm|verify)$/.test(rest[0] ?? '')) return { known: false }
    return { known: true, role: 'none', writes: [{ tree: cache, mode: 'merge', allow: 'cache' }], env }
  }
  const pairs =
    first === 'config' || first === 'c'
      ? rest[0] === 'set'
        ? rest.slice(1)
        : undefined
      : first === 'set'
        ? rest
        : undefined
  if (pairs === undefined || pairs.length === 0) return { known: false }
  const keys =
    pairs[0]?.includes('=') === true ? pairs.map((pair) => pair.split('=')[0] ?? '') : pairs.slice(0, 1)
  if (!keys.every((key) => HARMLESS_KEYS.test(key)) || flags.has('userconfig')) return { known: false }
  const location = flags.get('location') ?? (flags.get('global') === 'true' ? 'global' : 'user')
  readUserNpmrc(files, command)
  if (location === 'global') return { known: true, role: 'tool', writes: [{ system: true }], env }
  if (location !== 'user') return { known: false }
  return { known: true, role: 'tool', writes: [{ path: joinPath(command.home, '.npmrc') }], env }
}
