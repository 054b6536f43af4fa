import stripJsonComments from 'strip-json-comments'

/** The value of a JSON text with comments and trailing commas, in a list of its own; the problem as a text otherwise. */
export function parseJsonc(text: string): readonly unknown[] | string {
  try {
    return [JSON.parse(stripJsonComments(text, { trailingCommas: true }))]
  } catch (error) {
    return String(error instanceof Error ? error.message : error).split('\n')[0] ?? ''
  }
}
