import { toPath } from '../../effects/targets.ts'
import { words } from '../../effects/words.ts'
import { joinPath } from '../../model/paths.ts'
import { lookAtDownloadHome } from '../shared/download-home.ts'
import type { Command, ImageFiles, WriteEffect } from '../../model/types.ts'

/** Variables that decide what is fetched and how; not those of the build (RUSTFLAGS). */
export const FETCH_ENV: readonly string[] = words(`
  CARGO_HOME CARGO_NET_* CARGO_HTTP_* CARGO_REGISTRIES_* CARGO_REGISTRY_* CARGO_SOURCE_* CARGO_RESOLVER_*
  CARGO_UNSTABLE_* CARGO_BUILD_TARGET CARGO_BUILD_RUSTC* RUSTC RUSTC_* RUSTUP_* GIT_* SSH_* NETRC XDG_*
`)

/** Where cargo keeps what it downloads: /usr/local/cargo in the official image, ~/.cargo elsewhere. */
export function cargoHomes(command: Command): readonly string[] | undefined {
  return places(command, 'CARGO_HOME', ['/usr/local/cargo', joinPath(command.home, '.cargo')])
}

/** The downloads, and the toolchain that rustup's `cargo` installs on the way; a rewrite may add to them. */
export function cacheWrites(command: Command): readonly WriteEffect[] | undefined {
  const homes = cargoHomes(command)
  const toolchains = places(command, 'RUSTUP_HOME', ['/usr/local/rustup', joinPath(command.home, '.rustup')])
  if (homes === undefined || toolchains === undefined) return undefined
  const caches = homes.flatMap((home) => ['registry', 'git'].map((name) => joinPath(home, name)))
  const notes = homes.flatMap((home) =>
    ['.package-cache', '.package-cache-mutate', '.global-cache'].map((name) => joinPath(home, name)),
  )
  return [
    ...[...caches, ...toolchains].map((tree): WriteEffect => ({ tree, mode: 'merge', allow: 'cache' })),
    ...notes.map((path): WriteEffect => ({ path, allow: 'cache' })),
  ]
}

/** Records files of the user's home that decide how packages are fetched. */
export function lookAtHome(command: Command, files: ImageFiles): void {
  lookAtDownloadHome(command, files)
  for (const home of cargoHomes(command) ?? []) files.kind(joinPath(home, 'credentials.toml'))
}

function places(
  command: Command,
  variable: string,
  defaults: readonly string[],
): readonly string[] | undefined {
  if (!command.env.has(variable) || command.env.get(variable) === '') return defaults
  const path = toPath(command, command.env.get(variable))
  return path === undefined ? undefined : [path]
}
