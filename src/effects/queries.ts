import { isSystemPath } from '../model/paths.ts'
import { hasOption, optionValues, parseOptions } from './options.ts'
import { toPath, toTargets, toWrite } from './targets.ts'
import { IDLE, OPAQUE, toEffect } from './work.ts'
import { words } from './words.ts'
import type { Argument, Command, Effect, ImageFiles, Resolve } from '../model/types.ts'

/** Commands that answer a question about text, files or the system, and two that change line ends. */
export const queries: Readonly<Record<string, Resolve>> = {
  jq: resolveJq,
  envsubst: resolveEnvsubst,
  awk: resolveAwk,
  gawk: resolveAwk,
  mawk: resolveAwk,
  sysctl: (command) => (command.args[0] === '-n' && !hasEquals(command.args) ? IDLE : OPAQUE),
  getconf: () => IDLE,
  'pkg-config': resolvePkgConfig,
  pkgconf: resolvePkgConfig,
  'xx-info': () => ({ ...IDLE, env: ['TARGET*', 'BUILD*', 'XX_*'] }),
  visudo: resolveVisudo,
  dos2unix: resolveLineEnds,
  unix2dos: resolveLineEnds,
  ...Object.fromEntries(
    words('md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum cksum').map(
      (name): [string, Resolve] => [name, resolveChecksum],
    ),
  ),
}

function hasEquals(args: readonly Argument[]): boolean {
  return args.some((argument) => argument === undefined || argument.includes('='))
}

/** https://jqlang.github.io/jq/manual/#invoking-jq */
function resolveJq(command: Command, files: ImageFiles): Effect {
  // Options with two values are taken apart first: `--arg name value`, `--slurpfile name file`.
  const rest: Argument[] = []
  const named: Argument[] = []
  for (let index = 0; index < command.args.length; index++) {
    const argument = command.args[index]
    if (argument === '--args' || argument === '--jsonargs' || argument === '--run-tests') return OPAQUE
    if (/^--(arg|argjson)$/.test(argument ?? '')) index += 2
    else if (/^--(slurpfile|rawfile)$/.test(argument ?? '')) named.push(command.args[(index += 2)])
    else rest.push(argument)
  }
  const options = parseOptions(rest, ['-f', '--from-file', '-L', '--indent'])
  if (hasOption(options, '-L')) return OPAQUE
  const filters = hasOption(options, '-f', '--from-file') ? 0 : 1
  const targets = toTargets(command, [
    ...options.operands.slice(filters),
    ...named,
    ...optionValues(options, '-f', '--from-file'),
  ])
  // Modules of filters lie in the home.
  if (targets === undefined) return OPAQUE
  return toEffect(files, {
    role: 'none',
    reads: targets.map(({ path }) => path),
    env: 'all-but-stamps',
    system: true,
  })
}

/** Without a list of variables it replaces all of them. */
function resolveEnvsubst(command: Command, files: ImageFiles): Effect {
  const [list, ...others] = command.args.filter((argument) => argument !== '--')
  if (others.length > 0 || list?.startsWith('-') === true) return OPAQUE
  return toEffect(files, { role: 'none', env: list === undefined ? 'all' : [], system: true })
}

/** A program that neither writes files nor runs commands, as far as its text tells. */
function resolveAwk(command: Command, files: ImageFiles): Effect {
  const options = parseOptions(command.args, ['-F', '-v', '--field-separator', '--assign', '-f', '--file'])
  const [program, ...operands] = options.operands
  if (program === undefined || hasOption(options, '-f', '--file', '-i', '-E', '-l', '--include', '--exec'))
    return OPAQUE
  if (/[|@]|>|getline|system|ENVIRON|close|fflush/.test(program)) return OPAQUE
  const targets = toTargets(
    command,
    operands.filter((operand) => operand !== '-' && !/^[A-Za-z_]\w*=/.test(operand ?? '')),
  )
  if (targets === undefined) return OPAQUE
  return toEffect(files, { role: 'none', reads: targets.map(({ path }) => path) })
}

/** Reads the `.pc` files of packages, and of the directories that its variables name. */
function resolvePkgConfig(command: Command, files: ImageFiles): Effect {
  if (command.args.some((argument) => argument === undefined || argument.includes('/'))) return OPAQUE
  const names = ['PKG_CONFIG_PATH', 'PKG_CONFIG_LIBDIR', 'PKG_CONFIG_SYSROOT_DIR']
  const values = names.flatMap((name) => (command.env.has(name) ? [command.env.get(name)] : []))
  const dirs = values.flatMap((value) => value?.split(':') ?? [undefined]).filter((dir) => dir !== '')
  const paths = dirs.map((dir) => toPath(command, dir))
  if (!paths.every((path) => path !== undefined)) return OPAQUE
  return toEffect(files, {
    role: 'none',
    reads: paths.filter((path) => !isSystemPath(path)),
    env: ['PKG_CONFIG*'],
    system: true,
  })
}

/** `visudo -c` checks files and changes none. */
function resolveVisudo(command: Command, files: ImageFiles): Effect {
  const options = parseOptions(command.args, ['-f', '--file'])
  const targets = toTargets(command, [...options.operands, ...optionValues(options, '-f', '--file')])
  if (targets === undefined || !hasOption(options, '-c', '--check')) return OPAQUE
  return toEffect(files, { role: 'none', looks: targets.map(({ path }) => path), system: true })
}

/** They change files in their place, unless they are told of another. */
function resolveLineEnds(command: Command, files: ImageFiles): Effect {
  const options = parseOptions(command.args, ['-c', '-ic', '--convmode'])
  const targets = toTargets(command, options.operands)
  if (targets === undefined || hasOption(options, '-n', '--newfile', '-O', '--to-stdout')) return OPAQUE
  return toEffect(files, {
    role: 'files',
    looks: targets.filter(({ spread }) => !spread).map(({ path }) => path),
    reads: targets.filter(({ spread }) => spread).map(({ path }) => path),
    writes: targets.map(toWrite),
    system: true,
  })
}

/** `-c` reads the files that its list names: known where the list is a file of the project. */
function resolveChecksum(command: Command, files: ImageFiles): Effect {
  const options = parseOptions(command.args, ['-a', '-l'])
  const targets = toTargets(command, options.operands)
  if (targets === undefined) return OPAQUE
  const reads = targets.map(({ path }) => path)
  if (!hasOption(options, '-c', '--check')) return toEffect(files, { role: 'none', reads })
  const lists = reads.map((path) => files.read(path))
  if (reads.length === 0 || !lists.every((list) => list !== undefined)) return OPAQUE
  const names = lists
    .flatMap((list) => list.split('\n'))
    .filter((line) => line.trim() !== '')
    .map((line) => /^\\?[\da-fA-F]+ [ *](.+?)\r?$/.exec(line)?.[1])
  const listed = toTargets(command, names)
  if (listed === undefined) return OPAQUE
  return toEffect(files, { role: 'none', reads: [...reads, ...listed.map(({ path }) => path)] })
}
