import type { Fault } from './fault.ts'

/**
 * The strings of a JSON (exec) form; `undefined` when the text is none and so is the shell form. An array that
 * holds something else than strings is an error for the builder.
 */
export function parseJsonForm(text: string): readonly string[] | Fault | undefined {
  if (!text.startsWith('[')) return undefined
  const value = parse(text)
  if (!Array.isArray(value)) return undefined
  const strings = value.filter((item) => typeof item === 'string')
  if (strings.length < value.length) {
    return { fault: 'when using JSON array syntax, arrays must be comprised of strings only' }
  }
  return strings.map(replaceLoneSurrogates)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Go has no lone surrogates: it reads `"\ud800"` as U+FFFD. */
function replaceLoneSurrogates(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD')
}
