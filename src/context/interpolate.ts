/**
 * Puts the defaults of `${NAME:-default}` into a compose file's text
 * (https://docs.docker.com/reference/compose-file/interpolation/). Absent when a variable without a default decides
 * the result, since its value is the user's own.
 */
export function interpolate(text: string): string | undefined {
  // `$$` is a dollar sign; it is kept apart, for it may stand before a brace.
  let rest = text.replaceAll('$$', '\0')
  // Defaults may hold variables themselves: the innermost goes first.
  for (let round = 0; round < 10; round++) {
    const next = rest.replace(/\$\{[A-Za-z_]\w*(:?[-+])([^{}]*)\}/g, (_, operator: string, word: string) =>
      operator.endsWith('-') ? word : '',
    )
    if (next === rest) break
    rest = next
  }
  return /\$[A-Za-z_{]/.test(rest) ? undefined : rest.replaceAll('\0', '$')
}
