import { toPath, upwards } from '../../effects/targets.ts'
import { isWithin, joinPath, parentPath } from '../../model/paths.ts'
import { checkLockfile, lockfilePath } from './check-lockfile.ts'
import { isInstalled } from '../shared/is-installed.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { lookAt } from '../shared/look.ts'
import { parseBundleOptions } from './options.ts'
import { gemWrites, readSettings, settingsWrites, USUAL_PLACES, type Known } from './places.ts'
import { readGemfile } from './read-gemfile.ts'
import { resolveConfig } from './resolve-config.ts'
import { ignoreBelow } from '../shared/ignore-pattern.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Argument, Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

const EDITS = new Set(['add', 'remove', 'update', 'lock', 'init', 'inject'])

/** https://bundler.io/man/bundle.1.html */
export function resolveBundler(command: Command, files: ImageFiles): Effect | undefined {
  if (!isInstalled(command, files, ['bundle', 'bundler'])) return undefined
  // `bundle _2.4.1_ install` picks a version.
  const args = command.args.filter((arg) => arg === undefined || !/^_[\d.]+_$/.test(arg))
  const [first, ...rest] = args
  if (first === '--version' || first === '-v' || first === 'version') {
    return { known: true, role: 'none', writes: [], env: ['BUNDLE_*', 'GEM_*', 'RUBY*'] }
  }
  // Behind `exec` the options are those of another program.
  const gemfile = findGemfile(command, files, first === 'exec' ? [] : args)
  if (first === 'config') return resolveConfig(command, files, rest, gemfile)
  if (EDITS.has(first ?? '')) {
    const file = isReason(gemfile) ? 'Gemfile' : files.origin(gemfile ?? joinPath(command.cwd, 'Gemfile'))
    return refuseInstall({ code: 'edits-manifest', command: command.text, file })
  }
  const bare = first === undefined || first.startsWith('-')
  if (bare || first === 'install' || first === 'check')
    return resolveInstall(command, files, bare ? args : rest, gemfile)
  if (first === 'exec' && isGemPrecompile(rest)) return precompile(command, files, gemfile)
  return { known: false }
}

/** The nearest `gems.rb` or `Gemfile` upwards, or where `BUNDLE_GEMFILE` or `--gemfile` says. */
function findGemfile(
  command: Command,
  files: ImageFiles,
  args: readonly Argument[],
): string | Reason | undefined {
  const at = args.findIndex((arg) => arg?.startsWith('--gemfile') === true)
  const option =
    at < 0
      ? undefined
      : args[at]?.includes('=') === true
        ? args[at]?.slice('--gemfile='.length)
        : args[at + 1]
  const given = at < 0 ? command.env.get('BUNDLE_GEMFILE') : option
  if (at >= 0 || (command.env.has('BUNDLE_GEMFILE') && given !== '')) {
    return (
      toPath(command, given) ?? { code: 'unknown-argument', text: at < 0 ? 'BUNDLE_GEMFILE' : command.text }
    )
  }
  for (const dir of upwards(command.cwd)) {
    for (const name of ['gems.rb', 'Gemfile']) {
      const path = joinPath(dir, name)
      const kind = lookAt(files, path)
      if (isReason(kind)) return kind
      if (kind === 'file') return path
    }
  }
  return undefined
}

function resolveInstall(
  command: Command,
  files: ImageFiles,
  args: readonly Argument[],
  found: string | Reason | undefined,
): Effect {
  const options = parseBundleOptions(command, args)
  if (options === undefined || options.operands.length > 0) {
    return refuseInstall({ code: 'unknown-argument', text: command.text })
  }
  if (isReason(found)) return refuseInstall(found)
  const gemfile = found === undefined ? undefined : readGemfile(files, found, command.cwd)
  if (isReason(gemfile)) return refuseInstall(gemfile)
  if (gemfile === undefined) {
    return refuseInstall({
      code: 'missing-file',
      file: found === undefined ? 'Gemfile' : files.origin(found),
      command: command.text,
    })
  }
  const root = parentPath(gemfile.path)
  const known = readSettings(command, files, root)
  if (isReason(known)) return refuseInstall(known)
  const places = installPlaces(
    command,
    root,
    known,
    options.flags.get('--path'),
    options.flags.has('--deployment'),
  )
  if (isReason(places)) return refuseInstall(places)
  const frozen = ['--frozen', '--deployment'].some((flag) => options.flags.has(flag)) || isFrozen(known)
  const lock = checkLockfile(command, files, gemfile, frozen)
  if (isReason(lock)) return refuseInstall(lock)
  // These are remembered in the settings.
  const remembers = [
    '--path',
    '--without',
    '--with',
    '--deployment',
    '--system',
    '--clean',
    '--frozen',
    '--shebang',
    '--jobs',
  ]
  // What `bundle config` left there before must not be overwritten either.
  const changes = known.open || remembers.some((flag) => options.flags.has(flag))
  const remembered = changes ? settingsWrites(command, files, gemfile.path) : []
  if (remembered === undefined) return refuseInstall({ code: 'unknown-argument', text: 'BUNDLE_APP_CONFIG' })
  return {
    known: true,
    role: 'install',
    writes: [...gemWrites(command, files, gemfile.path, places), ...remembered, ...lock],
    env: 'all-but-stamps',
  }
}

/** Where gems and their programs go besides the usual places. */
function installPlaces(
  command: Command,
  root: string,
  { settings, open }: Known,
  option: string | undefined,
  deployment: boolean,
): readonly string[] | Reason {
  const names = ['PATH', 'BIN', 'CACHE_PATH', 'DEPLOYMENT', 'FROZEN'].map((name) => `BUNDLE_${name}`)
  const hidden = names.find((name) => command.env.has(name) && command.env.get(name) === undefined)
  if (hidden !== undefined) return { code: 'unknown-argument', text: hidden }
  const places: string[] = open ? [...USUAL_PLACES] : []
  for (const [name, value = ''] of [
    ['BUNDLE_PATH', option ?? settings.get('PATH')],
    ['BUNDLE_BIN', settings.get('BIN')],
    ['BUNDLE_CACHE_PATH', settings.get('CACHE_PATH')],
  ] as const) {
    if (value === '') continue
    const path = toPath({ ...command, cwd: root }, value)
    const writesProject = path !== undefined && name !== 'BUNDLE_PATH' && isWithin(path, root)
    if (path === undefined || writesProject || isWithin(root, path))
      return { code: 'unknown-argument', text: name }
    places.push(path)
  }
  const vendored = open || deployment || isTrue(settings.get('DEPLOYMENT'))
  const placed = option !== undefined || (settings.get('PATH') ?? '') !== ''
  return vendored && !placed ? [...places, joinPath(root, 'vendor/bundle')] : places
}

function isFrozen({ settings }: Known): boolean {
  return isTrue(settings.get('FROZEN')) || isTrue(settings.get('DEPLOYMENT'))
}

function isTrue(value: string | undefined): boolean {
  return value !== undefined && !/^(false|f|no|n|0|)$/i.test(value)
}

/** `bundle exec bootsnap precompile --gemfile` without directories reads nothing but gems. */
function isGemPrecompile(args: readonly Argument[]): boolean {
  const [program, verb, ...rest] = args
  const known = /^(--gemfile|--no-yaml|--yaml|--no-json|--json|-j|--jobs|\d+)$/
  return (
    program === 'bootsnap' &&
    verb === 'precompile' &&
    rest.includes('--gemfile') &&
    rest.every((arg) => known.test(arg ?? ''))
  )
}

function precompile(command: Command, files: ImageFiles, gemfile: string | Reason | undefined): Effect {
  const install = resolveInstall(command, files, [], gemfile)
  if (!install.known || gemfile === undefined || isReason(gemfile)) return install
  files.kind(lockfilePath(gemfile))
  const given = command.env.get('BOOTSNAP_CACHE_DIR')
  if (command.env.has('BOOTSNAP_CACHE_DIR') && given === undefined) {
    return refuseInstall({ code: 'unknown-argument', text: 'BOOTSNAP_CACHE_DIR' })
  }
  const tree = joinPath(command.cwd, given ?? 'tmp/cache')
  const cache: WriteEffect = { tree, mode: 'merge', ...ignoreBelow(files, gemfile, tree) }
  return { ...install, writes: [cache, ...install.writes.filter((write) => !('path' in write))] }
}
