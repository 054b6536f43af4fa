import { isSystemPath, joinPath } from '../model/paths.ts'
import { hasOption, optionValues, parseOptions } from './options.ts'
import { merges, places } from './places.ts'
import { installRust } from './rust.ts'
import { toPath, toTarget } from './targets.ts'
import { hasOnlyNameVariables } from './variables.ts'
import { OPAQUE, toEffect, unknownArgument } from './work.ts'
import { words } from './words.ts'
import type { Argument, Command, Effect, ImageFiles, Resolve } from '../model/types.ts'

/** Tools that are installed by name, wherever the command is called. */
export const tools: Readonly<Record<string, Resolve>> = {
  gem: resolveGem,
  cargo: resolveCargo,
  rustup: resolveRustup,
  pipx: resolvePipx,
}

/** RubyGems takes a local `name*.gem` before the one of the registry. https://guides.rubygems.org/command-reference/#gem-install */
function resolveGem(command: Command, files: ImageFiles): Effect | undefined {
  const valued = words('-v --version -i --install-dir -n --bindir -s --source -P -p --platform')
  const options = parseOptions(command.args, [...valued, '--http-proxy', '--file', '-g', '--build-root'])
  const [verb, ...names] = options.operands
  if (verb === undefined || !['install', 'update', 'uninstall', 'cleanup', 'i'].includes(verb))
    return undefined
  if (hasOption(options, '-g', '--file', '--build-root')) return OPAQUE
  if (names.includes(undefined) && !hasOnlyNameVariables(command)) return unknownArgument(command, 'tool')
  const reads: string[] = []
  for (const name of names) {
    if (name === undefined) continue
    if (name.endsWith('.gem') || name.includes('/')) {
      const target = toTarget(command, name)
      if (target === undefined) return unknownArgument(command, 'tool')
      reads.push(target.path)
    } else files.find(command.cwd, `${name.replace(/:.*$/, '')}*.gem`)
  }
  const dirs = optionValues(options, '-i', '--install-dir', '-n', '--bindir').map((dir) =>
    toPath(command, dir),
  )
  const home = places(command, 'GEM_HOME', ['/usr/local/bundle'])
  if (home === undefined || !dirs.every((dir) => dir !== undefined)) return unknownArgument(command, 'tool')
  const own = ['.gem', '.local/share/gem', '.cache/gem'].map((name) => joinPath(command.home, name))
  return toEffect(files, {
    role: 'tool',
    reads,
    looks: [joinPath(command.home, '.gemrc')],
    writes: [{ system: true }, ...merges([...home, ...own, ...dirs])],
    env: 'all-but-stamps',
    system: true,
  })
}

const CARGO_VALUED = words(`
  --version --vers --features -F --root --git --branch --tag --rev --registry --index --target -j
  --jobs --profile --bin --example --color --config -Z --target-dir --message-format --path
  --lockfile-path
`)

/** `cargo install name` looks at the directory only for the toolchain. https://doc.rust-lang.org/cargo/commands/cargo-install.html */
function resolveCargo(command: Command, files: ImageFiles): Effect | undefined {
  const toolchain = command.args[0]?.startsWith('+') === true
  const options = parseOptions(toolchain ? command.args.slice(1) : command.args, CARGO_VALUED)
  const [verb, ...names] = options.operands
  if (verb !== 'install' && verb !== 'binstall') return undefined
  if (hasOption(options, '--path')) return undefined
  const unusual = ['--target-dir', '--config', '-Z', '--index', '--lockfile-path']
  const [url] = optionValues(options, '--git')
  const local = hasOption(options, '--git') && !/^(https?|ssh|git):\/\//.test(url ?? '')
  if (hasOption(options, ...unusual) || local) return OPAQUE
  if (names.length === 0 && !hasOption(options, '--git')) return OPAQUE
  if (names.includes(undefined) && !hasOnlyNameVariables(command)) return unknownArgument(command, 'tool')
  const roots = optionValues(options, '--root').map((root) => toPath(command, root))
  if (!roots.every((root) => root !== undefined)) return unknownArgument(command, 'tool')
  return installRust(command, files, roots)
}

function resolveRustup(command: Command, files: ImageFiles): Effect {
  const [verb, next] = command.args
  const known = ['target', 'component', 'toolchain', 'default', 'update', 'set', 'show']
  if (verb === '--version') return toEffect(files, { role: 'none', system: true })
  if (verb === undefined || !known.includes(verb) || next === 'link' || command.args.includes('--path'))
    return OPAQUE
  return command.args.includes(undefined) ? unknownArgument(command, 'tool') : installRust(command, files, [])
}

/** https://pipx.pypa.io/stable/docs/ */
function resolvePipx(command: Command, files: ImageFiles): Effect {
  const valued = words('--python --suffix --index-url -i --pip-args --fetch-missing-python --spec')
  const [verb, ...names] = parseOptions(command.args, valued).operands
  const known = ['install', 'inject', 'ensurepath', 'upgrade', 'uninstall', 'list']
  const local = (name: Argument): boolean =>
    name !== undefined && /^\.|\/|\.whl$|\.tar\.gz$/.test(name) && !name.includes('://')
  if (verb === undefined || !known.includes(verb) || names.some(local)) return OPAQUE
  if (command.text.includes('--pip-args') || command.text.includes('--requirement')) return OPAQUE
  if (names.includes(undefined) && !hasOnlyNameVariables(command)) return unknownArgument(command, 'tool')
  const share = [joinPath(command.home, '.local'), joinPath(command.home, '.cache/pipx')]
  const home = places(command, 'PIPX_HOME', share)
  const bin = places(command, 'PIPX_BIN_DIR', share)
  if (home === undefined || bin === undefined) return unknownArgument(command, 'tool')
  const rc = verb === 'ensurepath' ? ['.bashrc', '.profile', '.bash_profile', '.zshrc'] : []
  const trees = [...new Set([...home, ...bin, ...share])]
  return toEffect(files, {
    role: 'tool',
    looks: ['.config/pip/pip.conf', '.pip/pip.conf'].map((name) => joinPath(command.home, name)),
    writes: [
      ...(trees.some(isSystemPath) ? [{ system: true as const }] : []),
      ...merges(trees),
      ...rc.map((name) => ({ path: joinPath(command.home, name) })),
    ],
    env: 'all-but-stamps',
    system: true,
  })
}
