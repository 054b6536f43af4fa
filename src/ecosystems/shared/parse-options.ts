import type { Argument } from '../../model/types.ts'

/** The options of a program, long names without dashes. */
export interface OptionTable {
  readonly booleans: ReadonlySet<string>
  readonly valued: ReadonlySet<string>
  /** Short option to long name, with the value it implies: `-D` is `save-dev`. */
  readonly shorts: Readonly<Record<string, string>>
}

export interface Options {
  readonly words: readonly string[]
  /** The last value of each option; `true` and `false` for booleans. */
  readonly flags: ReadonlyMap<string, string>
}

/**
 * Splits arguments into options and words. `undefined` when an argument is not known, or when a word may be the
 * value of an unknown option.
 */
export function parseOptions(args: readonly Argument[], table: OptionTable): Options | undefined {
  const words: string[] = []
  const flags = new Map<string, string>()
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]
    if (arg === undefined) return undefined
    if (arg === '--') {
      const rest = args.slice(index + 1)
      return rest.includes(undefined) ? undefined : { words: [...words, ...rest.map(String)], flags }
    }
    if (!arg.startsWith('-') || arg === '-') {
      words.push(arg)
      continue
    }
    const equals = arg.indexOf('=')
    const name = toName(equals < 0 ? arg : arg.slice(0, equals), table)
    const next = args[index + 1]
    if (equals >= 0) flags.set(name, arg.slice(equals + 1))
    else if (table.valued.has(name)) {
      if (next === undefined) return undefined
      flags.set(name, next)
      index++
    } else if (name.startsWith('no-') && !table.booleans.has(name)) flags.set(name.slice(3), 'false')
    else if (next === 'true' || next === 'false') {
      flags.set(name, next)
      index++
    } else if (!table.booleans.has(name) && next !== undefined && !next.startsWith('-')) return undefined
    else flags.set(name, 'true')
  }
  return { words, flags }
}

function toName(option: string, table: OptionTable): string {
  return table.shorts[option] ?? option.replace(/^--?/, '')
}
