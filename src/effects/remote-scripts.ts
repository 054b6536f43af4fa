import { joinPath } from '../model/paths.ts'
import { hasOption, parseOptions } from './options.ts'
import { installRust } from './rust.ts'
import { OPAQUE, toEffect } from './work.ts'
import { words } from './words.ts'
import { APT_ENV } from './package-managers.ts'
import type { Command, Effect, ImageFiles } from '../model/types.ts'

/**
 * `curl URL | sh` as one command: scripts that set up a tool, known by their address. What they do was read from their sources; the
 * arguments are the address and those that the script gets.
 */
export function resolveRemoteScript(command: Command, files: ImageFiles): Effect {
  const [url = '', ...args] = command.args
  if (/^https:\/\/(deb|rpm)\.nodesource\.com\/setup_(\d+|lts|current)\.x$/.test(url) && args.length === 0)
    return addNodeSource(command, files)
  return /^https:\/\/sh\.rustup\.rs\/?$/.test(url) ? installRustup(command, files, args) : OPAQUE
}

/** Adds the repository of NodeSource and its key: https://github.com/nodesource/distributions/tree/master/scripts */
function addNodeSource({ home }: Command, files: ImageFiles): Effect {
  return toEffect(files, {
    role: 'system',
    writes: [{ system: true }, { tree: joinPath(home, '.gnupg'), mode: 'merge' }],
    env: [...APT_ENV, 'DNF_*', 'YUM_*', 'CURL_*', 'NETRC'],
    system: true,
  })
}

const RUSTUP_VALUED = words(`
  --default-host --default-toolchain --profile -c --component -t --target
`)
const PROFILES = ['.profile', '.bash_profile', '.bash_login', '.bashrc', '.zshenv', '.config/fish']

/** Downloads rustup-init, which installs a toolchain and extends PATH: https://rust-lang.github.io/rustup/installation/ */
function installRustup(command: Command, files: ImageFiles, args: Command['args']): Effect {
  const options = parseOptions(args, RUSTUP_VALUED)
  if (args.includes(undefined) || options.operands.length > 0 || !hasOption(options, '-y')) return OPAQUE
  const effect = installRust(command, files, [])
  if (!effect.known || hasOption(options, '--no-modify-path')) return effect
  const profiles = PROFILES.map((name) => joinPath(command.home, name))
  for (const path of profiles) files.kind(path)
  return {
    ...effect,
    writes: [
      ...effect.writes,
      ...profiles.map((path) =>
        path.endsWith('fish') ? ({ tree: path, mode: 'merge' } as const) : { path },
      ),
    ],
  }
}
