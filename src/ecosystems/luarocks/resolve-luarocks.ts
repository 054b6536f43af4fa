import { joinPath } from '../../model/paths.ts'
import { cacheHome } from '../shared/scene.ts'
import {
  hasFlag,
  lastValue,
  parseKnownOptions,
  type KnownOptions,
  type ParsedOptions,
} from '../shared/parse-known-options.ts'
import { isInstalled } from '../shared/is-installed.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { lookAt } from '../shared/look.ts'
import { tells } from '../shared/tells.ts'
import { upwards } from '../../effects/targets.ts'
import { words } from '../../effects/words.ts'
import type { Command, Effect, ImageFiles, Role, WriteEffect } from '../../model/types.ts'

/** https://github.com/luarocks/luarocks/blob/main/docs/luarocks_install.md */
const OPTIONS: KnownOptions = {
  flags: words(`
    --only-deps --deps-only --local --global --force --force-fast --pin --no-doc --dev --verbose --keep --no-manifest
    --force-lock --no-project --verify --version --help -h
  `),
  valued: words(`
    --tree --to --server --from --only-server --only-from --only-sources --only-sources-from --lua-version --lua-dir
    --namespace --branch --project-tree --deps-mode --timeout
  `),
}

/** What a luarocks command does. */
export function resolveLuarocks(command: Command, files: ImageFiles): Effect | undefined {
  if (!isInstalled(command, files, ['luarocks', 'luarocks-admin']) || command.name !== 'luarocks')
    return undefined
  const { text, cwd } = command
  const options = parseKnownOptions(command.args, OPTIONS)
  const restricted = command.args.some((arg) => arg === '--only-deps' || arg === '--deps-only')
  if (options === undefined)
    return restricted ? refuseInstall({ code: 'unknown-argument', text }) : { known: false }
  // `OPENSSL_DIR=/usr` tells where a library is.
  const variables = options.operands.filter((word) => /^[A-Z]\w*=/.test(word))
  const [verb, name] = options.operands.filter((word) => !variables.includes(word))
  if (hasFlag(options, '--version') || /^(path|list|show|search|which)$/.test(verb ?? ''))
    return tells(['LUA_*', 'LUAROCKS_*'])
  if (verb !== 'install' && verb !== 'build' && verb !== 'make') return { known: false }
  const servers = [
    '--server',
    '--from',
    '--only-server',
    '--only-from',
    '--only-sources',
    '--only-sources-from',
  ].flatMap((option) => options.values.get(option) ?? [])
  const paths = variables
    .map((word) => word.slice(word.indexOf('=') + 1))
    .filter((value) => !value.startsWith('/'))
  if (servers.some((server) => !/^https?:/.test(server)) || paths.length > 0) {
    return refuseInstall({ code: 'unknown-argument', text })
  }
  const local = name !== undefined && /\.(rockspec|rock)$/.test(name) && !/^[a-z+]+:/.test(name)
  if (verb !== 'make' && !local) {
    return name === undefined || /^\.{0,2}\//.test(name)
      ? { known: false }
      : finish(command, files, options, 'tool')
  }
  if (verb === 'make' && !restricted) {
    return refuseInstall({ code: 'installs-project', file: name ?? '*.rockspec', text })
  }
  const specs = name === undefined ? files.find(cwd, '*.rockspec') : [joinPath(cwd, name)]
  if (specs.length === 0) return refuseInstall({ code: 'missing-file', file: '*.rockspec', command: text })
  for (const path of specs) {
    const kind = lookAt(files, path)
    if (isReason(kind)) return refuseInstall(kind)
    if (kind !== 'file')
      return refuseInstall({ code: 'missing-file', file: files.origin(path), command: text })
  }
  const lock = lookAt(files, joinPath(cwd, 'luarocks.lock'))
  if (isReason(lock)) return refuseInstall(lock)
  return finish(command, files, options, 'install')
}

/**
 * `.luarocks` and `lua_modules` in the directory or above make it a project, with its settings and a tree of its own.
 * Otherwise the system's tree is written, or that of the user: the version and the permissions decide.
 */
function finish(command: Command, files: ImageFiles, options: ParsedOptions, role: Role): Effect {
  const { cwd, home } = command
  const project = hasFlag(options, '--no-project') ? undefined : findProject(files, cwd)
  files.readTree(joinPath(home, '.luarocks'))
  const tree = lastValue(options, '--tree', '--to', '--project-tree')
  const modules = project === undefined ? undefined : joinPath(project, 'lua_modules')
  const user: WriteEffect = { tree: joinPath(home, '.luarocks'), mode: 'merge' }
  const own: readonly WriteEffect[] =
    modules === undefined ? [] : [{ tree: modules, mode: 'merge', ignore: '**/lua_modules' }]
  const places: readonly WriteEffect[] =
    tree !== undefined
      ? [{ tree: joinPath(cwd, tree), mode: 'merge' }]
      : hasFlag(options, '--local')
        ? [user]
        : [{ system: true }, user, ...(hasFlag(options, '--global') ? [] : own)]
  const lock = joinPath(cwd, 'luarocks.lock')
  const pins = hasFlag(options, '--pin')
    ? [files.peekKind(lock) === 'file' ? ({ path: lock, allow: 'lockfile' } as const) : { path: lock }]
    : []
  return {
    known: true,
    role,
    writes: [...places, ...pins, { tree: `${cacheHome(command)}/luarocks`, mode: 'merge', allow: 'cache' }],
    env: 'all-but-stamps',
  }
}

function findProject(files: ImageFiles, cwd: string): string | undefined {
  for (const dir of upwards(cwd)) {
    if (dir === '/') return undefined
    if (files.kind(joinPath(dir, '.luarocks-no-project')) !== 'absent') return undefined
    const settings = joinPath(dir, '.luarocks')
    files.readTree(settings)
    files.kind(joinPath(dir, 'lua_modules'))
    if (files.peekKind(settings) === 'dir') return dir
  }
  return undefined
}
