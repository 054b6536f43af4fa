/** Whether a locked version surely meets a requirement. https://crystal-lang.org/reference/man/shards/ */
export function satisfies(version: string, requirement: string): boolean {
  const locked = toNumbers(version)
  if (locked === undefined) return false
  return requirement.split(',').every((part) => {
    const [, operator = '', wanted = ''] = /^\s*(~>|>=|<=|>|<|=|)\s*([\d.]+)\s*$/.exec(part) ?? []
    const numbers = toNumbers(wanted)
    if (part.trim() === '*') return true
    if (numbers === undefined) return false
    const order = compare(locked, numbers)
    switch (operator) {
      case '>=':
        return order >= 0
      case '<=':
        return order <= 0
      case '>':
        return order > 0
      case '<':
        return order < 0
      case '~>':
        // All but the last number that is given must be the same.
        return order >= 0 && numbers.slice(0, -1).every((number, index) => number === (locked[index] ?? 0))
      default:
        return order === 0
    }
  })
}

function toNumbers(version: string): readonly number[] | undefined {
  return /^\d+(\.\d+)*$/.test(version) ? version.split('.').map(Number) : undefined
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
