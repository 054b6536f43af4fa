import { joinPath } from '../model/paths.ts'
import { merges, places } from './places.ts'
import { upwards } from './targets.ts'
import { toEffect, unknownArgument } from './work.ts'
import type { Command, Effect, ImageFiles } from '../model/types.ts'

/** rustup's proxies pick the toolchain that a file in the directory or above it names. */
export function installRust(command: Command, files: ImageFiles, roots: readonly string[]): Effect {
  const names = ['rust-toolchain', 'rust-toolchain.toml']
  const toolchains = upwards(command.cwd).flatMap((dir) => names.map((name) => joinPath(dir, name)))
  const cargo = places(command, 'CARGO_HOME', ['/usr/local/cargo', joinPath(command.home, '.cargo')])
  const rustup = places(command, 'RUSTUP_HOME', ['/usr/local/rustup', joinPath(command.home, '.rustup')])
  if (cargo === undefined || rustup === undefined) return unknownArgument(command, 'tool')
  const home = ['.gitconfig', '.netrc'].map((name) => joinPath(command.home, name))
  return toEffect(files, {
    role: 'tool',
    looks: [...toolchains, ...home],
    writes: merges([...cargo, ...rustup, ...roots]),
    env: 'all-but-stamps',
    system: true,
  })
}
