import { parseAllDocuments } from 'yaml'

/** The documents of a YAML text as plain values; the problem as a text when it cannot be parsed. */
export function parseYaml(text: string): readonly unknown[] | string {
  try {
    const documents = parseAllDocuments(text, { logLevel: 'error' })
    const values: unknown[] = []
    for (const document of documents) {
      const [error] = document.errors
      if (error !== undefined) return firstLine(error.message)
      values.push(document.toJS())
    }
    return values
  } catch (error) {
    // Too many aliases are only found when the values are made.
    return firstLine(error instanceof Error ? error.message : String(error))
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? ''
}
