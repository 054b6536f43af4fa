import type { Argument } from '../../model/types.ts'

/** The options that a command is understood with, spelled with their dashes. */
export interface KnownOptions {
  readonly flags: readonly string[]
  /** Options with a value, `--x=value`, `--x value` or, for single letters, `-xvalue`. */
  readonly valued: readonly string[]
  /** Prefixes whose rest is a value that matters to nobody but the tool: `-D` of `-Doptimize=Debug`. */
  readonly prefixes?: readonly string[]
}

export interface ParsedOptions {
  readonly flags: ReadonlySet<string>
  /** Every value of each option, in order. */
  readonly values: ReadonlyMap<string, readonly string[]>
  readonly operands: readonly string[]
}

/** Reads arguments of which all options are known; `undefined` when one is not, or when an argument is not known. */
export function parseKnownOptions(args: readonly Argument[], known: KnownOptions): ParsedOptions | undefined {
  const flags = new Set<string>()
  const values = new Map<string, string[]>()
  const operands: string[] = []
  const put = (name: string, value: string): void =>
    void values.set(name, [...(values.get(name) ?? []), value])
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]
    if (arg === undefined) return undefined
    if (arg === '--') {
      const rest = args.slice(index + 1)
      if (rest.includes(undefined)) return undefined
      operands.push(...rest.map(String))
      break
    }
    const equals = arg.indexOf('=')
    const name = arg.startsWith('--') && equals > 0 ? arg.slice(0, equals) : arg
    const letter = arg.slice(0, 2)
    const next = args[index + 1]
    if (!arg.startsWith('-') || arg === '-') operands.push(arg)
    else if (name !== arg && known.valued.includes(name)) put(name, arg.slice(equals + 1))
    else if (known.valued.includes(arg)) {
      if (next === undefined) return undefined
      put(arg, next)
      index++
    } else if (known.flags.includes(name)) {
      // Some flags may have a value: `--frozen=false`, `--node-modules-dir=auto`.
      if (name !== arg) put(name, arg.slice(equals + 1))
      if (name === arg || arg.slice(equals + 1) !== 'false') flags.add(name)
    } else if (known.prefixes?.some((prefix) => arg.startsWith(prefix)) === true) flags.add(arg)
    else if (!arg.startsWith('--') && known.valued.includes(letter)) put(letter, arg.slice(2))
    else if (
      /^-[A-Za-z]{2,}$/.test(arg) &&
      arg
        .slice(1)
        .split('')
        .every((char) => known.flags.includes(`-${char}`))
    ) {
      for (const char of arg.slice(1)) flags.add(`-${char}`)
    } else return undefined
  }
  return { flags, values, operands }
}

/** The last value of an option, under any of its names. */
export function lastValue(options: ParsedOptions, ...names: readonly string[]): string | undefined {
  return names.flatMap((name) => options.values.get(name) ?? []).at(-1)
}

/** Whether a flag is there, under any of its names. */
export function hasFlag(options: ParsedOptions, ...names: readonly string[]): boolean {
  return names.some((name) => options.flags.has(name))
}
