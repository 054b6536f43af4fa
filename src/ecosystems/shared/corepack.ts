import { joinPath } from '../../model/paths.ts'
import { ancestorsOf } from './workspaces.ts'
import { isReason } from './outcome.ts'
import { cacheHome } from './scene.ts'
import { readPackage, type PackageInfo } from './read-package.ts'
import { spellVersions, type Invocation } from './match-manager.ts'
import type { Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

const ENV = ['COREPACK_*', 'npm_config_registry', 'NODE_*', 'XDG_CACHE_HOME']

/** Where `corepack enable` puts its shims; that they were written tells later commands who answers them. */
const SHIMS = ['yarn', 'yarnpkg', 'pnpm', 'pnpx'].map((name) => `/usr/local/bin/${name}`)

/** https://github.com/nodejs/corepack#utility-commands */
export function resolveCorepack(command: Command, files: ImageFiles): Effect {
  const args = spellVersions(command)
  if (args.includes(undefined)) return { known: false }
  const words = args.filter((arg) => arg !== undefined && !arg.startsWith('-'))
  const flags = args.filter((arg) => arg?.startsWith('-'))
  const [action, ...rest] = words
  const download: WriteEffect = { tree: corepackHome(command), mode: 'merge' }
  if (action === undefined && flags.every((flag) => /^(--version|-v|--help|-h)$/.test(flag ?? ''))) {
    return { known: true, role: 'none', writes: [], env: ENV }
  }
  if (action === 'enable' || action === 'disable') {
    if (flags.some((flag) => flag?.startsWith('--install-directory'))) return { known: false }
    const shims = action === 'enable' ? SHIMS.map((path) => ({ path })) : []
    return { known: true, role: 'tool', writes: [{ system: true }, ...shims], env: ENV }
  }
  if (action === 'cache') {
    return { known: true, role: 'none', writes: [{ ...download, allow: 'cache' }], env: ENV }
  }
  if (action !== 'prepare' && action !== 'install') return { known: false }
  if (flags.some((flag) => /^(-o|--output)/.test(flag ?? ''))) return { known: false }
  const global = flags.some((flag) => /^(-g|--global)$/.test(flag ?? ''))
  // Without a version they take it from the nearest package.json.
  if (rest.length === 0 && !global) lookAtNearestPackage(files, command.cwd)
  if (action === 'install' && rest.some((word) => word?.endsWith('.tgz'))) return { known: false }
  return { known: true, role: 'tool', writes: [download], env: ENV }
}

/** The nearest package.json, which corepack and pnpm take the manager's version from. */
export function lookAtNearestPackage(files: ImageFiles, dir: string): void {
  for (const at of [dir, ...ancestorsOf(dir)]) {
    if (readPackage(files, at) !== undefined) return
  }
}

/**
 * What corepack writes before a manager runs: the manager itself, and, in versions that do so, a `packageManager`
 * field in a manifest that has none (https://github.com/nodejs/corepack, COREPACK_ENABLE_AUTO_PIN).
 */
export function corepackWrites(
  command: Command,
  files: ImageFiles,
  manager: 'yarn' | 'pnpm',
  invocation: Invocation,
  dir: string,
): readonly WriteEffect[] {
  const shim = files.peekKind(`/usr/local/bin/${manager}`) === 'unknown'
  if (invocation.via === 'npx' || (invocation.via === undefined && !shim)) return []
  const writes: WriteEffect[] = [{ tree: corepackHome(command), mode: 'merge' }]
  if (command.env.get('COREPACK_ENABLE_AUTO_PIN') === '0' || invocation.version !== undefined) return writes
  const nearest = [dir, ...ancestorsOf(dir)].map((at) => readPackage(files, at)).find(isPackage)
  if (nearest !== undefined && nearest.json['packageManager'] === undefined) {
    writes.push({ path: nearest.path, allow: 'lockfile' })
  }
  return writes
}

function corepackHome(command: Command): string {
  return joinPath(command.cwd, command.env.get('COREPACK_HOME') || `${cacheHome(command)}/node/corepack`)
}

function isPackage(info: ReturnType<typeof readPackage>): info is PackageInfo {
  return info !== undefined && !isReason(info)
}
