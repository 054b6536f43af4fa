import { words } from '../../effects/words.ts'
import type { Argument, Command } from '../../model/types.ts'

/** The options of `bundle install`: https://bundler.io/man/bundle-install.1.html */
export interface BundleOptions {
  /** Options to their value; `''` for those without one. */
  readonly flags: ReadonlyMap<string, string>
  readonly operands: readonly string[]
}

const FLAGS = new Set(
  words(`
  --local --frozen --deployment --quiet --verbose --no-cache --no-prune --prune --clean --full-index --force
  --redownload --prefer-local --no-color --system --no-deployment --no-frozen --no-clean --no-quiet --no-prefer-local
  --no-local --dry-run
`),
)
const VALUED = new Set(words('--jobs --retry --path --gemfile --shebang --trust-policy --target-rbconfig'))

/** They take every word that follows. */
const LISTS = new Set(['--without', '--with'])

const SHORT: Readonly<Record<string, string>> = { '-j': '--jobs', '-P': '--trust-policy', '-V': '--verbose' }

/** Reads the options; `undefined` when one is not known, or writes into the project (`--binstubs`, `--standalone`). */
export function parseBundleOptions(command: Command, args: readonly Argument[]): BundleOptions | undefined {
  const flags = new Map<string, string>()
  const operands: string[] = []
  const hidden = hasOnlyNumbers(command)
  let list: string | undefined
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? (hidden ? '--jobs=1' : undefined)
    if (arg === undefined) return undefined
    if (!arg.startsWith('-')) {
      if (list === undefined) operands.push(arg)
      continue
    }
    const [, letter = '', glued = ''] = /^(-[A-Za-z])(.*)$/.exec(arg) ?? []
    const [name = '', value] =
      letter === '' ? split(arg) : [SHORT[letter] ?? letter, glued === '' ? undefined : glued]
    list = LISTS.has(name) ? name : undefined
    if (list !== undefined || FLAGS.has(name)) flags.set(name, value ?? '')
    else if (!VALUED.has(name)) return undefined
    else {
      const given = value ?? args[++index] ?? (hidden && /jobs|retry/.test(name) ? '1' : undefined)
      if (given === undefined) return undefined
      flags.set(name, given)
    }
  }
  return { flags, operands }
}

function split(arg: string): readonly [string, string | undefined] {
  const equals = arg.indexOf('=')
  return equals < 0 ? [arg, undefined] : [arg.slice(0, equals), arg.slice(equals + 1)]
}

/** `--jobs $(nproc)`: the variables and substitutions of the command are numbers that nobody needs to know. */
function hasOnlyNumbers({ text }: Command): boolean {
  const marked = text.replace(/\$\([^()]*\)|`[^`]*`|\$\{?\w+\}?/g, '$')
  return marked.replace(/(?:-j|--jobs|--retry)[= ]*"?\$"?(?=\s|$)/g, '').includes('$') === false
}
