import { joinPath, parentPath } from '../../model/paths.ts'
import { BUILDS, tells } from '../shared/tells.ts'
import { cacheHome } from '../shared/scene.ts'
import { checkFolder } from './check-folder.ts'
import { hasFlag, lastValue, parseKnownOptions, type ParsedOptions } from '../shared/parse-known-options.ts'
import { ignoreBelow } from '../shared/ignore-pattern.ts'
import { isInstalled } from '../shared/is-installed.ts'
import { isReason, refuseInstall, knownEffect } from '../shared/outcome.ts'
import { lookUpwards } from '../shared/look-upwards.ts'
import { OPTIONS } from './options.ts'
import { readManifest } from './read-manifest.ts'
import { toolchainSource } from './toolchain-source.ts'
import { vcpkgRoots } from './vcpkg-roots.ts'
import type { Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

/** What a vcpkg command does. */
export function resolveVcpkg(command: Command, files: ImageFiles): Effect | undefined {
  if (isInstalled(command, files, ['cmake'])) {
    return toolchainSource(command) === undefined ? undefined : BUILDS
  }
  if (isInstalled(command, files, ['bootstrap-vcpkg.sh'])) return resolveBootstrap(command, files)
  if (!isInstalled(command, files, ['vcpkg'])) return undefined
  const { args, text } = command
  const verb = args.find((arg) => arg === undefined || !arg.startsWith('-'))
  if (verb === 'version' || verb === 'help' || verb === 'search' || verb === 'list') return tells(['VCPKG_*'])
  const options = parseKnownOptions(args, OPTIONS)
  if (options === undefined)
    return verb === 'install' ? refuseInstall({ code: 'unknown-argument', text }) : { known: false }
  const roots = vcpkgRoots(command, options)
  const inside = roots.find((root) => isOfProject(files, root))
  const [, ...names] = options.operands
  if (verb === 'install') {
    if (roots.length === 0) return refuseInstall({ code: 'unknown-argument', text: 'VCPKG_ROOT' })
    if (inside !== undefined)
      return refuseInstall({ code: 'reads-sources', text, path: files.origin(inside) })
    // Ports and tools are there, and what was built before.
    for (const root of roots) files.readTree(root)
    return names.length > 0
      ? installNames(command, files, options, roots, names)
      : installManifest(command, files, options, roots)
  }
  if (roots.length === 0 || inside !== undefined) return { known: false }
  if (verb === 'integrate' && names[0] === 'install') {
    return knownEffect('tool', [{ tree: joinPath(command.home, '.vcpkg'), mode: 'merge' }])
  }
  if (verb === 'update') return knownEffect('none', [])
  if (verb === 'add' || verb === 'new' || verb === 'x-update-baseline') {
    const file = files.origin(joinPath(command.cwd, 'vcpkg.json'))
    return refuseInstall({ code: 'edits-manifest', command: text, file })
  }
  return { known: false }
}

/** The script that downloads the program, of a clone; one of the project may be any. */
function resolveBootstrap(command: Command, files: ImageFiles): Effect | undefined {
  const { program = '', cwd } = command
  const options = parseKnownOptions(command.args, OPTIONS)
  const root = parentPath(joinPath(cwd, program))
  if (options === undefined || !program.includes('/') || isOfProject(files, root)) return undefined
  files.readTree(root)
  return knownEffect('tool', [{ tree: root, mode: 'merge' }, cacheWrite(command)])
}

/** A submodule, or a copy of vcpkg in the repository: thousands of files, which a checkout may lack. */
function isOfProject(files: ImageFiles, root: string): boolean {
  return files.origin(root) !== root
}

/** Packages that were built before, and registries: https://learn.microsoft.com/vcpkg/users/binarycaching */
function cacheWrite(command: Command): WriteEffect {
  return { tree: `${cacheHome(command)}/vcpkg`, mode: 'merge', allow: 'cache' }
}

/** Outside of a project, packages by name go to vcpkg's own directory; inside of one it takes no names. */
function installNames(
  command: Command,
  files: ImageFiles,
  options: ParsedOptions,
  roots: readonly string[],
  names: readonly string[],
): Effect {
  const { cwd, text } = command
  const found = lookUpwards(files, cwd, ['vcpkg.json'])
  const elsewhere = ['--x-install-root', '--overlay-ports', '--overlay-triplets', '--x-manifest-root']
  const isPlain = names.every((name) => /^[a-z0-9][a-z0-9[\],*-]*(:[\w-]+)?$/.test(name))
  if (found !== undefined || !isPlain || elsewhere.some((name) => options.values.has(name)))
    return refuseInstall({ code: 'unknown-argument', text })
  return knownEffect('tool', [...roots.map(merge), cacheWrite(command)])
}

function merge(tree: string): WriteEffect {
  return { tree, mode: 'merge' }
}

function installManifest(
  command: Command,
  files: ImageFiles,
  options: ParsedOptions,
  roots: readonly string[],
): Effect {
  const { cwd, env, text } = command
  const named = lastValue(options, '--x-manifest-root')
  const dir = named === undefined ? lookUpwards(files, cwd, ['vcpkg.json']) : joinPath(cwd, named)
  if (isReason(dir)) return refuseInstall(dir)
  const manifest = dir === undefined ? undefined : readManifest(files, dir)
  if (isReason(manifest)) return refuseInstall(manifest)
  if (dir === undefined || manifest === undefined) {
    const file = files.origin(joinPath(dir ?? cwd, 'vcpkg.json'))
    return refuseInstall({ code: 'missing-file', file, command: text })
  }
  const given = ['--overlay-ports', '--overlay-triplets'].flatMap((name) => options.values.get(name) ?? [])
  const set = ['VCPKG_OVERLAY_PORTS', 'VCPKG_OVERLAY_TRIPLETS'].flatMap(
    (name) => env.get(name)?.split(':') ?? [],
  )
  const here = [...given, ...set].filter((folder) => folder !== '').map((folder) => joinPath(cwd, folder))
  for (const folder of new Set([...manifest.folders, ...here])) {
    const reason = checkFolder(files, folder, dir, files.origin(joinPath(dir, 'vcpkg.json')), text)
    if (reason !== undefined) return refuseInstall(reason)
  }
  const sources = [...(options.values.get('--binarysource') ?? []), env.get('VCPKG_BINARY_SOURCES') ?? '']
  if (sources.some((source) => /\bfiles,(?!\/)/.test(source)))
    return refuseInstall({ code: 'unknown-argument', text: '--binarysource' })
  if (hasFlag(options, '--editable', '--dry-run')) return { known: false }
  const installed = lastValue(options, '--x-install-root')
  const tree = installed === undefined ? joinPath(dir, 'vcpkg_installed') : joinPath(cwd, installed)
  files.readTree(tree)
  return knownEffect('install', [
    {
      tree,
      mode: 'merge',
      ...(installed === undefined
        ? { ignore: '**/vcpkg_installed' }
        : ignoreBelow(files, joinPath(dir, 'vcpkg.json'), tree)),
    },
    ...roots.map(merge),
    ...placesOf(command, options, sources),
    cacheWrite(command),
  ])
}

/** Other places that options and variables name. */
function placesOf(
  command: Command,
  options: ParsedOptions,
  sources: readonly string[],
): readonly WriteEffect[] {
  const { cwd, env } = command
  const roots = ['--downloads-root', '--x-buildtrees-root', '--x-packages-root'].flatMap(
    (name) => options.values.get(name) ?? [],
  )
  const set = ['VCPKG_DOWNLOADS', 'VCPKG_DEFAULT_BINARY_CACHE'].flatMap((name) => env.get(name) || [])
  const caches = sources.flatMap((source) =>
    [...source.matchAll(/\bfiles,(\/[^,;]+)/g)].map(([, path = '']) => path),
  )
  return [...roots, ...set, ...caches].map((path) => ({ tree: joinPath(cwd, path), mode: 'merge' }))
}
