import { toPath } from '../../effects/targets.ts'
import { isWithin, joinPath } from '../../model/paths.ts'
import { cacheWrites, composerHomes } from './composer-home.ts'
import { checkAllowedPlugins, checkPlugins } from './plugins.ts'
import { firstReason } from '../shared/first-reason.ts'
import { hasFlag, lastValue, type ParsedOptions } from '../shared/parse-known-options.ts'
import { ignoreBelow } from '../shared/ignore-pattern.ts'
import { isReason } from '../shared/outcome.ts'
import { lookAt, lookAtAll } from '../shared/look.ts'
import { readPackage, type PackageInfo } from '../shared/read-package.ts'
import { readRepositories } from './repositories.ts'
import { toTexts } from '../shared/json-object.ts'
import { lookAtDownloadHome } from '../shared/download-home.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles, WriteEffect } from '../../model/types.ts'

/** A project as an install without scripts and autoloader finds it. */
export interface Project {
  readonly root: PackageInfo
  /** Whether it has a lockfile: without one the first install is an update, and makes it. */
  readonly locked: boolean
  /** Where its packages and their programs go. */
  readonly writes: readonly WriteEffect[]
}

const VARIABLES = ['', '_HOME', '_CACHE_DIR', '_VENDOR_DIR', '_BIN_DIR', '_MIRROR_PATH_REPOS'].map(
  (end) => `COMPOSER${end}`,
)

/** Reads everything that `composer install` reads besides the sources, or says why it reads more. */
export function readProject(command: Command, files: ImageFiles, options: ParsedOptions): Project | Reason {
  const { env } = command
  const hidden = VARIABLES.find((name) => env.has(name) && env.get(name) === undefined)
  if (hidden !== undefined) return { code: 'unknown-argument', text: hidden }
  const dir = toPath(command, lastValue(options, '-d', '--working-dir') ?? '.')
  const name = env.get('COMPOSER') || 'composer.json'
  if (dir === undefined || name.includes('/')) return { code: 'unknown-argument', text: command.text }
  const root = readPackage(files, dir, name)
  if (isReason(root)) return root
  if (root === undefined) return missing(command, files, joinPath(dir, name))
  const lockName = name.replace(/(\.json)?$/, '.lock')
  const lock = readPackage(files, dir, lockName)
  if (isReason(lock)) return lock
  const lockfile = joinPath(dir, lockName)
  const reason =
    lookAtHome(command, files) ??
    lookAtAll(files, dir, ['auth.json']) ??
    lookAtCertificates(files, root) ??
    readRepositories(files, root) ??
    (hasFlag(options, '--no-plugins')
      ? undefined
      : lock === undefined
        ? checkAllowedPlugins(files, root, files.origin(lockfile))
        : checkPlugins(files, root, lock, !hasFlag(options, '--no-dev')))
  if (reason !== undefined) return reason
  const places = outputs(command, files, root)
  if (isReason(places)) return places
  const generated: readonly WriteEffect[] = lock === undefined ? [{ path: lockfile, allow: 'warm-up' }] : []
  return { root, locked: lock !== undefined, writes: [...places, ...generated, ...cacheWrites(command)] }
}

function missing(command: Command, files: ImageFiles, path: string): Reason {
  return { code: 'missing-file', file: files.origin(path), command: command.text }
}

function lookAtHome(command: Command, files: ImageFiles): Reason | undefined {
  lookAtDownloadHome(command, files)
  // Settings that a command made are believed to hold addresses and credentials.
  for (const dir of composerHomes(command)) {
    for (const name of ['config.json', 'auth.json', 'composer.json']) files.kind(joinPath(dir, name))
  }
  return undefined
}

function lookAtCertificates(files: ImageFiles, { dir, json }: PackageInfo): Reason | undefined {
  const settings = toTexts(json['config'])
  return firstReason(['cafile', 'capath'], (key) => {
    const value = settings.get(key)
    if (value === undefined) return undefined
    if (/[$~]/.test(value)) return { code: 'unknown-argument', text: key }
    const path = joinPath(dir, value)
    const kind = lookAt(files, path)
    if (isReason(kind)) return kind
    if (kind === 'dir') files.readTree(path)
    return undefined
  })
}

/** Where packages and the links to their programs go. https://getcomposer.org/doc/06-config.md#vendor-dir */
function outputs(command: Command, files: ImageFiles, root: PackageInfo): readonly WriteEffect[] | Reason {
  const settings = toTexts(root.json['config'])
  const vendor = command.env.get('COMPOSER_VENDOR_DIR') || (settings.get('vendor-dir') ?? 'vendor')
  const given = command.env.get('COMPOSER_BIN_DIR') || settings.get('bin-dir')
  const bin = given?.replace(/^(\{\$vendor-dir\}|\$vendor-dir)/, vendor)
  const trees: string[] = []
  for (const [key, value] of [
    ['vendor-dir', vendor],
    ['bin-dir', bin],
  ] as const) {
    if (value === undefined) continue
    const path = joinPath(root.dir, value)
    if (/[~$]/.test(value) || isWithin(root.dir, path)) return { code: 'unknown-argument', text: key }
    // Programs among the sources: which of two files of a name is kept depends on which came first.
    if (
      key === 'bin-dir' &&
      !trees.some((tree) => isWithin(path, tree)) &&
      files.peekKind(path) !== 'absent'
    ) {
      return { code: 'tracked-output', path: files.origin(path) }
    }
    if (!trees.some((tree) => isWithin(path, tree))) trees.push(path)
  }
  // Packages that are there already are not installed again.
  for (const tree of trees) files.readTree(tree)
  return trees.map((tree) => ({
    tree,
    mode: 'merge',
    allow: 'warm-up',
    ...ignoreBelow(files, root.path, tree),
  }))
}
