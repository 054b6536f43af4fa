import { parse } from 'smol-toml'
import { joinPath } from '../../model/paths.ts'
import { createConfig, parseNpmrc, toEnvConfig, type Config } from '../shared/config.ts'
import { isReason } from '../shared/outcome.ts'
import { lookAtAll, lookInto } from '../shared/look.ts'
import { readUserNpmrc } from '../shared/user-config.ts'
import { toObject, type JsonObject } from '../shared/json-object.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** The settings of an install, by the names of its options. */
export interface BunConfig {
  readonly config: Config
  /** `install.cache` of a bunfig. */
  readonly cache: string | undefined
  /** A security scanner that is a file of the project. */
  readonly scanner: string | undefined
}

/** Bun loads these before any command, and settings may name their variables. https://bun.com/docs/runtime/environment-variables */
const ENV_FILES = ['', '.production', '.development', '.test'].flatMap((mode) => [
  `.env${mode}`,
  ...(mode === '.test' ? [] : ['.env.local']),
  `.env${mode}.local`,
])

/** Reads bunfig.toml, .npmrc and .env files of the project and of the user. https://bun.com/docs/runtime/bunfig */
export function readConfig(
  command: Command,
  files: ImageFiles,
  flags: ReadonlyMap<string, string>,
  root: string,
): BunConfig | Reason {
  const environment = lookAtEnvFiles(files, flags, command, root)
  if (environment !== undefined) return environment
  const named = flags.get('config')
  const own = readBunfig(
    files,
    named === undefined ? joinPath(root, 'bunfig.toml') : joinPath(command.cwd, named),
  )
  if (isReason(own)) return own
  const home = command.env.get('XDG_CONFIG_HOME') || command.home
  files.kind(joinPath(home, '.bunfig.toml'))
  files.kind(joinPath(command.home, '.bunfig.toml'))
  const npmrc = lookInto(files, joinPath(root, '.npmrc'))
  if (isReason(npmrc)) return npmrc
  const config = createConfig([
    flags,
    toSettings(own),
    toEnvConfig(command),
    parseNpmrc(npmrc ?? '', command.env),
    readUserNpmrc(files, command),
  ])
  const { cache } = own
  const scanner = toObject(own['security'])['scanner']
  const directory = typeof cache === 'string' ? cache : toObject(cache)['dir']
  return {
    config,
    cache: typeof directory === 'string' ? directory : undefined,
    scanner: typeof scanner === 'string' && /^\.{0,2}\//.test(scanner) ? scanner : undefined,
  }
}

function lookAtEnvFiles(
  files: ImageFiles,
  flags: ReadonlyMap<string, string>,
  command: Command,
  root: string,
): Reason | undefined {
  const value = flags.get('env-file')
  if (value === 'false') return undefined
  if (value === undefined) return lookAtAll(files, root, ENV_FILES)
  return lookAtAll(
    files,
    '/',
    value.split(',').map((name) => joinPath(command.cwd, name).slice(1)),
  )
}

/** The `[install]` table. */
function readBunfig(files: ImageFiles, path: string): JsonObject | Reason {
  const text = lookInto(files, path)
  if (text === undefined) return {}
  if (isReason(text)) return text
  try {
    return toObject(toObject(parse(text))['install'])
  } catch (error) {
    const problem = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    return { code: 'unreadable-manifest', file: files.origin(path), problem }
  }
}

function toSettings(install: JsonObject): ReadonlyMap<string, string> {
  const settings = new Map<string, string>()
  const put = (key: string, value: unknown): void => {
    if (typeof value === 'string' || typeof value === 'boolean') settings.set(key, String(value))
  }
  put('frozen-lockfile', install['frozenLockfile'])
  put('production', install['production'])
  put('cafile', install['cafile'])
  put('global-store', install['globalStore'])
  put('save', toObject(install['lockfile'])['save'])
  put('yarn', toObject(install['lockfile'])['print'] === 'yarn' ? true : undefined)
  return settings
}
