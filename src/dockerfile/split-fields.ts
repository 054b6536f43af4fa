/**
 * The comma-separated fields of one CSV line, as BuildKit reads `--mount`; `undefined` when it is malformed or
 * empty. A field in double quotes may hold commas, and `""` for a quote.
 */
export function splitFields(text: string): readonly string[] | undefined {
  if (text === '') return undefined
  const fields: string[] = []
  let at = 0
  for (;;) {
    const quoted = text[at] === '"'
    const field = quoted ? readQuoted(text, at) : readPlain(text, at)
    if (field === undefined) return undefined
    fields.push(field.value)
    if (field.end === text.length) return fields
    if (text[field.end] !== ',') return undefined
    at = field.end + 1
  }
}

function readPlain(text: string, start: number): { value: string; end: number } | undefined {
  const comma = text.indexOf(',', start)
  const end = comma < 0 ? text.length : comma
  const value = text.slice(start, end)
  return value.includes('"') ? undefined : { value, end }
}

function readQuoted(text: string, start: number): { value: string; end: number } | undefined {
  let value = ''
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] !== '"') value += text.charAt(at)
    else if (text[at + 1] === '"') {
      value += '"'
      at++
    } else return { value, end: at + 1 }
  }
  return undefined
}
