import { joinPath } from '../../model/paths.ts'
import { cacheHome } from '../shared/scene.ts'
import { hasFlag, lastValue, parseKnownOptions, type ParsedOptions } from '../shared/parse-known-options.ts'
import { isInstalled } from '../shared/is-installed.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { lookAt, lookInto } from '../shared/look.ts'
import { OPTIONS } from './options.ts'
import { runsCode } from '../shared/runs-code.ts'
import { scanBrewfile } from './scan-brewfile.ts'
import { tells } from '../shared/tells.ts'
import type { Command, Effect, EnvEffect, ImageFiles, Role, WriteEffect } from '../../model/types.ts'

/** Where Homebrew installs on Linux: https://docs.brew.sh/Homebrew-on-Linux */
const PREFIX = '/home/linuxbrew/.linuxbrew'

/** Subcommands that take names and change what is installed. */
const CHANGES =
  /^(?:install|reinstall|upgrade|update|uninstall|remove|rm|tap|untap|link|unlink|pin|unpin|cleanup|autoremove|trust|developer|analytics|fetch|postinstall|completions)$/
const TELLS =
  /^(?:list|ls|info|search|outdated|deps|uses|leaves|doctor|config|shellenv|--prefix|--cellar|--cache|--repository|--version)$/

/** What a brew command does. */
export function resolveBrew(command: Command, files: ImageFiles): Effect | undefined {
  if (!isInstalled(command, files, ['brew'])) return undefined
  const { args, text } = command
  const [first] = args
  if (first !== undefined && TELLS.test(first)) return tells(['HOMEBREW_*'])
  const options = parseKnownOptions(args, OPTIONS)
  if (options === undefined)
    return args.includes('bundle') ? refuseInstall({ code: 'unknown-argument', text }) : { known: false }
  const [verb, ...names] = options.operands
  if (verb === 'bundle') return resolveBundle(command, files, options, names)
  if (verb === undefined || !CHANGES.test(verb)) return { known: false }
  // A formula of the project, or a tap that is a repository on the disk.
  if (names.some((name) => /^(?:\.{0,2}\/|~|file:)|\.rb$/.test(name))) return { known: false }
  return known(command, 'tool', [], 'all-but-stamps')
}

function known(command: Command, role: Role, own: readonly WriteEffect[], env: EnvEffect): Effect {
  const prefix = command.env.get('HOMEBREW_PREFIX') || PREFIX
  const cache = command.env.get('HOMEBREW_CACHE') || `${cacheHome(command)}/Homebrew`
  return {
    known: true,
    role,
    writes: [
      { tree: joinPath(command.cwd, prefix), mode: 'merge' },
      // Services and completions of some formulae.
      { system: true },
      ...own,
      { tree: joinPath(command.cwd, cache), mode: 'merge', allow: 'cache' },
    ],
    env,
  }
}

/** https://docs.brew.sh/Brew-Bundle-and-Brewfile */
function resolveBundle(
  command: Command,
  files: ImageFiles,
  options: ParsedOptions,
  words: readonly string[],
): Effect {
  const { cwd, env, home, text } = command
  const [action = 'install', ...more] = words
  if (action !== 'install' || more.length > 0 || hasFlag(options, '--cleanup')) return { known: false }
  const set = env.has('HOMEBREW_BUNDLE_FILE') ? env.get('HOMEBREW_BUNDLE_FILE') : ''
  const named = lastValue(options, '--file') ?? set
  if (named === undefined) return refuseInstall({ code: 'unknown-argument', text: 'HOMEBREW_BUNDLE_FILE' })
  // `-` is the standard input.
  if (named === '-' || hasFlag(options, '--global')) return { known: false }
  const path = joinPath(cwd, named === '' ? 'Brewfile' : named.replace(/^~(?=\/)/, home))
  const content = lookInto(files, path)
  if (isReason(content)) return refuseInstall(content)
  if (content === undefined)
    return refuseInstall({ code: 'missing-file', file: files.origin(path), command: text })
  const scan = scanBrewfile(content)
  if (scan === undefined || scan.access !== undefined)
    return refuseInstall(runsCode(files, path, scan?.access))
  if (scan.local !== undefined) {
    return refuseInstall({ code: 'local-dependency', file: files.origin(path), dependency: scan.local })
  }
  const lock = `${path}.lock.json`
  const kind = lookAt(files, lock)
  if (isReason(kind)) return refuseInstall(kind)
  // Until 4.4 a bundle wrote down the versions that it found.
  const locks: readonly WriteEffect[] = hasFlag(options, '--no-lock')
    ? []
    : [kind === 'file' ? { path: lock, allow: 'lockfile' } : { path: lock }]
  return known(command, 'install', locks, scan.usesEnvironment ? 'all' : 'all-but-stamps')
}
