import { parse } from 'smol-toml'
import type { JsonObject } from './json-object.ts'

/** Lockfiles are large and are read again for every model build. */
const cache = new Map<string, JsonObject | string>()
const CACHED = 16

/** A TOML text as plain values; the problem as a text when it cannot be parsed. */
export function parseToml(text: string): JsonObject | string {
  const known = cache.get(text)
  if (known !== undefined) return known
  const parsed = parseAnew(text)
  const [oldest] = cache.keys()
  if (cache.size >= CACHED && oldest !== undefined) cache.delete(oldest)
  cache.set(text, parsed)
  return parsed
}

function parseAnew(text: string): JsonObject | string {
  try {
    return parse(text)
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
  }
}
