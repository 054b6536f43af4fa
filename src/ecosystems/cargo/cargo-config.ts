import { upwards } from '../../effects/targets.ts'
import { joinPath, parentPath } from '../../model/paths.ts'
import { isReason } from '../shared/outcome.ts'
import { lookAt } from '../shared/look.ts'
import { readToml } from '../shared/read-toml.ts'
import { isObject, toObject, toTexts, type JsonObject } from '../shared/json-object.ts'
import { cargoHomes } from './cargo-places.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** What the settings of a directory say about where packages come from. */
export interface CargoConfig {
  /** Local packages that `[patch]` puts in place of others. */
  readonly patches: readonly string[]
  /** The directory that packages are taken from in place of the registry; absent when they are downloaded. */
  readonly vendored: string | undefined
}

/**
 * Reads `.cargo/config.toml` of the directory and of those above it, and the user's.
 * https://doc.rust-lang.org/cargo/reference/config.html
 */
export function readConfig(command: Command, files: ImageFiles): CargoConfig | Reason {
  const patches: string[] = []
  let vendored: string | undefined
  const queue = upwards(command.cwd).flatMap((dir) => [
    joinPath(dir, '.cargo/config'),
    joinPath(dir, '.cargo/config.toml'),
  ])
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const file = readToml(files, path)
    if (file === undefined) continue
    if (isReason(file)) return file
    const { toml } = file
    const dir = parentPath(path)
    const reason = checkSettings(toml, dir, path, files)
    if (reason !== undefined) return reason
    for (const name of includesOf(toml)) queue.push(joinPath(dir, name))
    vendored ??= vendoredDir(toml, parentPath(dir))
    patches.push(...patchedDirs(toml, parentPath(dir)))
  }
  // Those of the user are believed to name no files of the project when a command of the Dockerfile wrote them.
  for (const home of cargoHomes(command) ?? []) {
    const path = joinPath(home, 'config.toml')
    const kind = lookAt(files, path)
    const file = kind === 'file' ? readToml(files, path) : undefined
    if (isReason(file)) return file
    if (file !== undefined) vendored ??= vendoredDir(file.toml, home)
  }
  return { patches, vendored }
}

/** Settings that make cargo run a program of the project, or read packages in a way that is not followed. */
function checkSettings(toml: JsonObject, dir: string, path: string, files: ImageFiles): Reason | undefined {
  if (toml['paths'] !== undefined) return { code: 'unknown-argument', text: `paths in ${files.origin(path)}` }
  const programs = ['rustc', 'rustc-wrapper', 'rustc-workspace-wrapper'].map((key) =>
    toTexts(toml['build']).get(key),
  )
  for (const program of programs) {
    if (program === undefined || !program.includes('/')) continue
    const kind = lookAt(files, joinPath(parentPath(dir), program))
    if (isReason(kind)) return kind
  }
  const certificate = toTexts(toml['http']).get('cainfo')
  const kind = certificate === undefined ? 'absent' : lookAt(files, joinPath(parentPath(dir), certificate))
  if (isReason(kind)) return kind
  const registries = [toml['registry'], ...Object.values(toObject(toml['registries']))].map(toObject)
  const providers = registries.flatMap((registry) => [
    registry['credential-provider'],
    registry['global-credential-providers'],
  ])
  return providers.some((provider) => JSON.stringify(provider ?? '').includes('/'))
    ? { code: 'unknown-argument', text: `credential-provider in ${files.origin(path)}` }
    : undefined
}

function includesOf({ include }: JsonObject): readonly string[] {
  const entries: readonly unknown[] = Array.isArray(include) ? include : [include]
  return entries.flatMap((entry) => {
    const path = isObject(entry) ? entry['path'] : entry
    return typeof path === 'string' ? [path] : []
  })
}

/** The directory of the source that replaces crates.io, when it is one. */
function vendoredDir(toml: JsonObject, base: string): string | undefined {
  for (const source of Object.values(toObject(toml['source']))) {
    const place = toTexts(source).get('directory') ?? toTexts(source).get('local-registry')
    if (place !== undefined) return joinPath(base, place)
  }
  return undefined
}

function patchedDirs(toml: JsonObject, base: string): readonly string[] {
  return Object.values(toObject(toml['patch'])).flatMap((table) =>
    Object.values(toObject(table)).flatMap((spec) => {
      const path = toTexts(spec).get('path')
      return path === undefined ? [] : [joinPath(base, path)]
    }),
  )
}
