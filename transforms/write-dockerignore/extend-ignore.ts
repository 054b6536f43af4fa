const HEADING = '# Added by dockerfix: what no build needs.'

/** The ignore file's text with patterns added under one heading; existing lines keep their bytes and order. */
export function extendIgnore(text: string | undefined, patterns: readonly string[]): string {
  if (text === undefined || text.trim() === '') return `${patterns.join('\n')}\n`
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const ended = text.endsWith('\n') ? text : `${text}${eol}`
  const heading = text.includes(HEADING) ? '' : `${eol}${HEADING}${eol}`
  return `${ended}${heading}${patterns.join(eol)}${eol}`
}
