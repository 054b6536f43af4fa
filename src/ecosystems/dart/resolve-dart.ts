import { toPath } from '../../effects/targets.ts'
import { isWithin, joinPath } from '../../model/paths.ts'
import { checkLockfile } from './check-lockfile.ts'
import { hasFlag, lastValue, parseKnownOptions } from '../shared/parse-known-options.ts'
import { ignoreBelow } from '../shared/ignore-pattern.ts'
import { isInstalled } from '../shared/is-installed.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { lookAt } from '../shared/look.ts'
import { readDartPackage } from './read-package.ts'
import { toObject } from '../shared/json-object.ts'
import { words } from '../../effects/words.ts'
import type { Pubspec } from './pubspec.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Argument, Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

const OPTIONS = {
  flags: words(
    '--offline --no-offline --dry-run -n --enforce-lockfile --precompile --no-precompile --example --no-example --verbose -v --suppress-analytics --no-version-check --disable-analytics --quiet -q',
  ),
  valued: words('-C --directory --color'),
}
const EDITS = new Set(words('add remove upgrade downgrade unpack'))
const ENV = ['PUB_*', 'DART_*', 'FLUTTER_*']

/** Directories into which Flutter generates code for its plugins. */
const PLATFORMS = words('android ios linux macos windows')

/** https://dart.dev/tools/pub/cmd and https://docs.flutter.dev/reference/flutter-cli */
export function resolveDart(command: Command, files: ImageFiles): Effect | undefined {
  if (!isInstalled(command, files, ['dart', 'flutter', 'pub'])) return undefined
  const flutter = command.name === 'flutter'
  const args = command.args.filter(
    (arg) => !/^(--(suppress|disable)-analytics|--no-version-check)$/.test(arg ?? ''),
  )
  const [first, ...rest] = command.name === 'pub' ? ['pub', ...args] : args
  if (first === '--version' && !flutter) return { known: true, role: 'none', writes: [], env: ENV }
  if (flutter && first === 'config') return { known: true, role: 'tool', writes: settings(command), env: ENV }
  // `flutter packages get` is its older spelling.
  if (first !== 'pub' && !(flutter && first === 'packages')) return { known: false, role: 'build' }
  const [verb, ...more] = rest
  if (verb === 'get') return resolveGet(command, files, more, flutter)
  if (verb === 'global' || verb === 'token') return resolveTool(command, verb, more)
  if (EDITS.has(verb ?? '')) {
    return refuseInstall({
      code: 'edits-manifest',
      command: command.text,
      file: files.origin(joinPath(command.cwd, 'pubspec.yaml')),
    })
  }
  return { known: false }
}

function resolveGet(
  command: Command,
  files: ImageFiles,
  args: readonly Argument[],
  flutter: boolean,
): Effect {
  const options = parseKnownOptions(args, OPTIONS)
  const dir =
    options === undefined
      ? undefined
      : toPath(command, lastValue(options, '-C', '--directory') ?? options.operands[0] ?? '.')
  const cache = cacheWrites(command)
  if (
    options === undefined ||
    dir === undefined ||
    options.operands.length > (flutter ? 1 : 0) ||
    hasFlag(options, '--dry-run', '-n')
  ) {
    return refuseInstall({ code: 'unknown-argument', text: command.text })
  }
  if (cache === undefined) return refuseInstall({ code: 'unknown-argument', text: 'PUB_CACHE' })
  const writes: WriteEffect[] = []
  const example = joinPath(dir, 'example')
  const also =
    !hasFlag(options, '--no-example') && lookAt(files, joinPath(example, 'pubspec.yaml')) !== 'absent'
  for (const place of also ? [dir, example] : [dir]) {
    const found = readDartPackage(command, files, place)
    if (isReason(found)) return refuseInstall(found)
    const lock = checkLockfile(command, files, found, hasFlag(options, '--enforce-lockfile'))
    const generated = flutter ? checkFlutter(command, files, found.root) : undefined
    if (isReason(lock)) return refuseInstall(lock)
    if (generated !== undefined) return refuseInstall(generated)
    writes.push(...outputs(files, found.root, flutter), ...lock)
  }
  return { known: true, role: 'install', writes: [...writes, ...cache], env: 'all-but-stamps' }
}

/** Flutter generates translations and code for plugins beside the sources. */
function checkFlutter({ text }: Command, files: ImageFiles, { dir, yaml }: Pubspec): Reason | undefined {
  if (toObject(yaml['flutter'])['generate'] === true)
    return { code: 'reads-sources', text, path: 'l10n.yaml' }
  for (const name of ['l10n.yaml', ...PLATFORMS]) {
    const path = joinPath(dir, name)
    if (files.peekKind(path) !== 'absent') return { code: 'reads-sources', text, path: files.origin(path) }
    files.kind(path)
  }
  files.kind(joinPath(dir, '.metadata'))
  return undefined
}

function outputs(files: ImageFiles, { dir, path }: Pubspec, flutter: boolean): readonly WriteEffect[] {
  const tools = joinPath(dir, '.dart_tool')
  const names = ['.packages', ...(flutter ? ['.flutter-plugins', '.flutter-plugins-dependencies'] : [])]
  return [
    { tree: tools, mode: 'merge', ignore: '**/.dart_tool' },
    ...names.map((name): WriteEffect => ({
      path: joinPath(dir, name),
      ...ignoreBelow(files, path, joinPath(dir, name)),
    })),
  ]
}

/** Programs of packages, and credentials: https://dart.dev/tools/pub/cmd/pub-global */
function resolveTool(command: Command, verb: string, args: readonly Argument[]): Effect {
  const cache = cacheWrites(command)
  const path = args.some((arg) => /^(-s|--source)?=?(path|git)$|^\.{0,2}\/|^-s/.test(arg ?? ''))
  const known = verb === 'token' ? args[0] === 'add' : args[0] === 'activate' && !args.includes(undefined)
  if (cache === undefined || path || !known) return { known: false }
  return {
    known: true,
    role: 'tool',
    writes: [...cache.map(({ tree }): WriteEffect => ({ tree, mode: 'merge' })), ...settings(command)],
    env: 'all-but-stamps',
  }
}

function settings({ home }: Command): readonly WriteEffect[] {
  const paths = ['.flutter', '.flutter_settings'].map((name) => joinPath(home, name))
  return [
    ...paths.map((path): WriteEffect => ({ path })),
    ...['dart', 'flutter'].map((name): WriteEffect => ({
      tree: joinPath(home, `.config/${name}`),
      mode: 'merge',
    })),
  ]
}

/** `PUB_CACHE`, and where images put Flutter, which downloads its own tools on the way. */
function cacheWrites(command: Command): readonly (WriteEffect & { readonly tree: string })[] | undefined {
  const { env, home, cwd } = command
  const given = env.has('PUB_CACHE') ? toPath(command, env.get('PUB_CACHE')) : joinPath(home, '.pub-cache')
  if (given === undefined || isWithin(given, cwd)) return undefined
  const flutter =
    command.name === 'flutter' ? words('/flutter /sdks/flutter /opt/flutter /usr/local/flutter') : []
  const trees = [given, joinPath(home, '.dart-tool'), joinPath(home, '.dart'), ...flutter]
  return trees.map((tree) => ({ tree, mode: 'merge', allow: 'cache' }))
}
