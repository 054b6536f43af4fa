/** A parsed JSON, YAML or TOML mapping. */
export type JsonObject = Readonly<Record<string, unknown>>

/** The value as a mapping; an empty one for anything else. */
export function toObject(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The strings of a list; empty for anything else. */
export function toStrings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** The entries of a mapping that have a string as value, own keys only. */
export function toTexts(value: unknown): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  for (const [key, text] of Object.entries(toObject(value)))
    if (typeof text === 'string') texts.set(key, text)
  return texts
}
