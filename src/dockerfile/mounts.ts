import { splitFields } from './split-fields.ts'
import type { Flag } from './types.ts'

/**
 * The options of a `--mount` flag: lower-case name to value, empty for `readonly` and its like. A name that occurs
 * twice has its last value. Values may hold variables.
 */
export function mountOptions(flag: Pick<Flag, 'value'>): ReadonlyMap<string, string> {
  const options = new Map<string, string>()
  for (const field of splitFields(flag.value ?? '') ?? []) {
    const equals = field.indexOf('=')
    const name = equals < 0 ? field : field.slice(0, equals)
    options.set(name.toLowerCase(), equals < 0 ? '' : field.slice(equals + 1))
  }
  return options
}
