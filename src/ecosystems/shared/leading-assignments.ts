/**
 * The assignments in front of a command (`CARGO_NET_RETRY=5 cargo build`, also behind `env`) that matter to the program, as spelled, each
 * followed by a blank; `''` when there is none. `undefined` when they cannot be told apart from the command.
 */
export function leadingAssignments(text: string, names: readonly string[]): string | undefined {
  const kept: string[] = []
  let rest = text.replace(/^env\s+(?=[A-Za-z_]\w*=)/, '')
  for (;;) {
    const match = /^([A-Za-z_]\w*)=((?:[^\s"'`$()\\;&|<>]|\$\w+|\$\{\w+\}|"[^"`\\]*"|'[^']*')*)\s+/.exec(rest)
    if (match === null) break
    const [whole, name = ''] = match
    if (isNamed(name, names)) kept.push(whole.trimEnd())
    rest = rest.slice(whole.length)
  }
  if (/^[A-Za-z_]\w*=/.test(rest) || /^(env|sudo)\s/.test(rest)) return undefined
  return kept.map((assignment) => `${assignment} `).join('')
}

function isNamed(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
  )
}
