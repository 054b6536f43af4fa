import type { Argument } from '../model/types.ts'

/** The arguments of a command, sorted into options and operands. */
export interface Options {
  /** Options without a value: `-r`, `--no-cache`. */
  readonly flags: ReadonlySet<string>
  /** Options with a value, every occurrence in order. */
  readonly values: ReadonlyMap<string, readonly Argument[]>
  /** What is no option. An argument that is not known counts as an operand. */
  readonly operands: readonly Argument[]
}

/**
 * Reads arguments as getopt does: `-rf`, `-ofile`, `-o file`, `--output=file`, `--output file`, `--`. Options may stand
 * between operands. `valued` lists the options that take a value.
 */
export function parseOptions(args: readonly Argument[], valued: readonly string[]): Options {
  const wanted = new Set(valued)
  const flags = new Set<string>()
  const values = new Map<string, Argument[]>()
  const operands: Argument[] = []
  const put = (name: string, value: Argument): void => {
    values.set(name, [...(values.get(name) ?? []), value])
  }
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]
    if (arg === '--') {
      operands.push(...args.slice(index + 1))
      break
    }
    if (arg === undefined || arg === '-' || !arg.startsWith('-')) operands.push(arg)
    else if (arg.startsWith('--')) {
      const equals = arg.indexOf('=')
      if (equals >= 0) put(arg.slice(0, equals), arg.slice(equals + 1))
      else if (wanted.has(arg)) put(arg, args[++index])
      else flags.add(arg)
    } else {
      for (let at = 1; at < arg.length; at++) {
        const name = `-${arg[at] ?? ''}`
        if (!wanted.has(name)) {
          flags.add(name)
          continue
        }
        put(name, at + 1 < arg.length ? arg.slice(at + 1) : args[++index])
        break
      }
    }
  }
  return { flags, values, operands }
}

/** Whether one of the options is there, with a value or without. */
export function hasOption(options: Options, ...names: readonly string[]): boolean {
  return names.some((name) => options.flags.has(name) || options.values.has(name))
}

/** Every value of the options, in the order of `names`. */
export function optionValues(options: Options, ...names: readonly string[]): readonly Argument[] {
  return names.flatMap((name) => options.values.get(name) ?? [])
}
