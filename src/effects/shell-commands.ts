import { parseOptions } from './options.ts'
import { toTarget, toTargets } from './targets.ts'
import { IDLE, OPAQUE, toEffect } from './work.ts'
import type { Argument, Command, Effect, ImageFiles, Resolve } from '../model/types.ts'

/** Commands that only look: conditions, listings, questions about the system. */
export const shellCommands: Readonly<Record<string, Resolve>> = {
  true: () => IDLE,
  false: () => IDLE,
  ':': () => IDLE,
  // Where they stand, what a loop does is not certain anyway.
  break: () => IDLE,
  continue: () => IDLE,
  sleep: () => IDLE,
  sync: () => IDLE,
  pwd: () => IDLE,
  // A failure ends the build; success would only end the script, so that what follows is not run.
  exit: (command) => (/^[1-9]\d*$/.test(command.args[0] ?? '') ? IDLE : OPAQUE),
  uname: () => IDLE,
  arch: () => IDLE,
  nproc: () => IDLE,
  // The time is different in every build: a result that keeps it must not be cached for longer.
  date: () => OPAQUE,
  test: (command, files) => resolveTest(command, files, command.args),
  '[': (command, files) =>
    command.args.at(-1) === ']' ? resolveTest(command, files, command.args.slice(0, -1)) : OPAQUE,
  ls: resolveList,
  stat: resolveList,
  file: resolveList,
  readlink: resolveList,
  realpath: resolveList,
  du: resolveList,
  id: askSystem,
  whoami: askSystem,
  groups: askSystem,
  getent: askSystem,
  which: askSystem,
  type: askSystem,
  hash: askSystem,
  command: askSystem,
  lsb_release: askSystem,
  locale: askSystem,
  env: (command) => (command.args.length === 0 ? { ...IDLE, env: 'all' } : OPAQUE),
  printenv: () => ({ ...IDLE, env: 'all' }),
}

const VERSION_FLAGS = new Set(['--version', '-v', '-V', '-version', 'version'])
const VERSIONED: Readonly<Record<string, string>> = {
  '--version':
    'node ruby php perl java javac gcc g++ cc make cmake ninja git curl wget tar bash openssl psql mysql ffmpeg chromium google-chrome google-chrome-stable chromedriver nginx docker kubectl helm terraform aws jq unzip clang protoc gem tini gosu',
  '-v': 'node ruby php perl nginx make',
  '-V': 'curl nginx bash',
  '-version': 'java javac ffmpeg',
  version: 'openssl helm',
}

/** `node --version`: proves that the tool is there. Tools that read the project to find their version are not among them. */
export function resolveVersion(command: Command, files: ImageFiles): Effect | undefined {
  const [flag, ...rest] = command.args
  if (flag === undefined || rest.length > 0 || !VERSION_FLAGS.has(flag)) return undefined
  if (!(VERSIONED[flag] ?? '').split(' ').includes(command.name ?? '')) return undefined
  return toEffect(files, { role: 'none', system: true, env: 'all-but-stamps' })
}

function askSystem(_command: Command, files: ImageFiles): Effect {
  return toEffect(files, { role: 'none', system: true })
}

function resolveList(command: Command, files: ImageFiles): Effect {
  const options = parseOptions(command.args, ['-c', '--format', '-I', '--ignore', '-d', '--max-depth'])
  const targets = toTargets(command, options.operands.length === 0 ? ['.'] : options.operands)
  if (targets === undefined) return OPAQUE
  return toEffect(files, { role: 'none', reads: targets.map((target) => target.path) })
}

const FILE_TESTS = /^-[abcdefghkprstuwxGLNOS]$/
const FILE_COMPARISONS = new Set(['-nt', '-ot', '-ef'])

/** `test -f x` looks at x; comparisons of strings and numbers look at nothing. */
function resolveTest(command: Command, files: ImageFiles, args: readonly Argument[]): Effect {
  const paths: string[] = []
  for (const [index, argument] of args.entries()) {
    if (argument !== undefined && FILE_COMPARISONS.has(argument)) return OPAQUE
    const before = args[index - 1]
    const starts = index === 0 || before === '!' || before === '-a' || before === '-o' || before === '('
    // An unknown word with one operand may be a test of a file.
    if (argument === undefined && starts && args.length - index === 2) return OPAQUE
    if (argument === undefined || !starts || !FILE_TESTS.test(argument) || index === args.length - 1) continue
    const target = toTarget(command, args[index + 1])
    if (target === undefined) return OPAQUE
    paths.push(target.path)
  }
  return toEffect(files, { role: 'none', looks: paths })
}
