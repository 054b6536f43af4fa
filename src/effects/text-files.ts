import { hasOption, optionValues, parseOptions } from './options.ts'
import { toTargets, toWrite } from './targets.ts'
import { IDLE, OPAQUE, toEffect } from './work.ts'
import { words } from './words.ts'
import type { Command, Effect, ImageFiles, Resolve } from '../model/types.ts'

/** Commands that read text files and print, and those that change text files in place. */
export const textFiles: Readonly<Record<string, Resolve>> = {
  echo: () => IDLE,
  printf: () => IDLE,
  yes: () => IDLE,
  seq: () => IDLE,
  basename: () => IDLE,
  dirname: () => IDLE,
  cat: readAll([]),
  tac: readAll([]),
  sort: (command, files) =>
    command.args.some((argument) => /^(-[a-zA-Z]*o|--(output|files0-from))/.test(argument ?? '-o'))
      ? OPAQUE
      : readAll(['-k', '-t', '-S', '-T'])(command, files),
  // A second operand is an output.
  uniq: (command, files) => (command.args.length > 1 ? OPAQUE : readAll([])(command, files)),
  head: readAll(['-n', '-c', '--lines', '--bytes']),
  tail: readAll(['-n', '-c', '--lines', '--bytes']),
  wc: (command, files) =>
    command.args.some((argument) => argument?.startsWith('--files0-from'))
      ? OPAQUE
      : readAll([])(command, files),
  cut: readAll(['-d', '-f', '-c', '-b', '--delimiter', '--fields']),
  tr: () => IDLE,
  base64: readAll(['-w', '--wrap']),
  cmp: readAll([]),
  diff: readAll([]),
  grep: resolveGrep,
  egrep: resolveGrep,
  fgrep: resolveGrep,
  tee: resolveTee,
  sed: resolveSed,
}

function readAll(valued: readonly string[]): Resolve {
  return (command, files) => {
    const { operands } = parseOptions(command.args, valued)
    return readOperands(command, files, operands)
  }
}

function readOperands(command: Command, files: ImageFiles, operands: Command['args']): Effect {
  const targets = toTargets(
    command,
    operands.filter((operand) => operand !== '-'),
  )
  if (targets === undefined) return OPAQUE
  return toEffect(files, { role: 'none', reads: targets.map((target) => target.path) })
}

function resolveGrep(command: Command, files: ImageFiles): Effect {
  const options = parseOptions(command.args, words('-e -f -m -A -B -C --regexp --file --include'))
  const [first, ...rest] = options.operands
  const given = hasOption(options, '-e', '-f', '--regexp', '--file')
  const recursive = hasOption(options, '-r', '-R', '--recursive')
  const operands = given ? options.operands : rest
  if (!given && first === undefined && options.operands.length !== 1) return OPAQUE
  const inputs = recursive && operands.length === 0 ? ['.'] : operands
  return readOperands(command, files, [...inputs, ...optionValues(options, '-f', '--file')])
}

function resolveTee(command: Command, files: ImageFiles): Effect {
  const targets = toTargets(command, parseOptions(command.args, []).operands)
  if (targets === undefined || targets.some((target) => target.spread)) return OPAQUE
  const paths = targets.map((target) => target.path).filter((path) => !path.startsWith('/dev/'))
  return toEffect(files, { role: 'files', looks: paths, writes: paths.map((path) => ({ path })) })
}

/** In a sed script `r`, `w` and `e` read, write and execute; a word of the text that looks like them is no harm. */
const SED_FILE_COMMAND = /(^|[;{}\n/$\d])\s*[rRwWe](\s+\S|\s*$)|\/[gpiI\d]*[we][gpiI\d]*(\s|$)/

function resolveSed(command: Command, files: ImageFiles): Effect {
  // The suffix of -i is attached; a space starts the next argument.
  const inPlace = command.args.some(
    (argument) => argument !== undefined && /^(-[nErsuz]*i|--in-place)/.test(argument),
  )
  const suffixed = command.args.some(
    (argument) => argument !== undefined && /^(-[nErsuz]*i.|--in-place=)/.test(argument),
  )
  const args = command.args.filter(
    (argument) => argument === undefined || !/^(-[nErsuz]*i|--in-place)/.test(argument),
  )
  const options = parseOptions(args, ['-e', '-f', '-l', '--expression', '--file'])
  const given = hasOption(options, '-e', '-f', '--expression', '--file')
  const scripts = given ? optionValues(options, '-e', '--expression') : options.operands.slice(0, 1)
  const targets = toTargets(command, given ? options.operands : options.operands.slice(1))
  const models = toTargets(command, optionValues(options, '-f', '--file'))
  if (targets === undefined || models === undefined || suffixed) return OPAQUE
  if (scripts.some((script) => script !== undefined && SED_FILE_COMMAND.test(script))) return OPAQUE
  const whole = targets.filter((target) => target.spread || !inPlace)
  return toEffect(files, {
    role: inPlace ? 'files' : 'none',
    looks: targets.filter((target) => !whole.includes(target)).map((target) => target.path),
    reads: [...whole, ...models].map((target) => target.path),
    writes: inPlace ? targets.map(toWrite) : [],
  })
}
