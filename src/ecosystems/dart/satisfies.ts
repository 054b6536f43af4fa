/** Whether a version fits a constraint of pub: https://dart.dev/tools/pub/dependencies#version-constraints */
export function satisfies(version: string, constraint: string): boolean {
  const text = constraint.trim()
  if (text === 'any' || text === '') return true
  if (text.startsWith('^')) {
    const low = text.slice(1).trim()
    const [major = 0, minor = 0, patch = 0] = numbers(low)
    const high = major > 0 ? [major + 1] : minor > 0 ? [0, minor + 1] : [0, 0, patch + 1]
    // What comes before a release of the next version is left out too.
    return compare(version, low) >= 0 && compare(version.split(/[-+]/)[0] ?? '', high.join('.')) < 0
  }
  const parts = [...text.matchAll(/(>=|<=|>|<)?\s*([^\s<>=]+)/g)]
  return parts.every(([, operator, wanted = '']) => {
    const order = compare(version, wanted)
    if (operator === '>=') return order >= 0
    if (operator === '<=') return order <= 0
    if (operator === '>') return order > 0
    return operator === '<' ? order < 0 : order === 0
  })
}

function numbers(version: string): readonly number[] {
  return (version.split(/[-+]/)[0] ?? '').split('.').map(Number)
}

function compare(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)]
  for (let index = 0; index < 3; index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0)
    if (difference !== 0) return difference
  }
  const [before, after] = [a, b].map((text) => /^[^-+]*-([^+]*)/.exec(text)?.[1])
  if (before === after) return 0
  if (before === undefined) return 1
  return after === undefined || before < after ? -1 : 1
}
