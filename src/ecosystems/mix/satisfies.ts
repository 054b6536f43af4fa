/** Whether a version fits a requirement of Elixir: https://hexdocs.pm/elixir/Version.html#module-requirements */
export function satisfies(version: string, requirement: string): boolean {
  return requirement
    .split(/\s+or\s+/)
    .some((part) => part.split(/\s+and\s+/).every((one) => satisfiesOne(version, one)))
}

function satisfiesOne(version: string, text: string): boolean {
  const [, operator = '', wanted = ''] = /^\s*(~>|>=|<=|==|!=|>|<)?\s*v?(\S+)\s*$/.exec(text) ?? []
  const order = compare(version, wanted)
  switch (operator) {
    case '~>': {
      const parts = (wanted.split(/[-+]/)[0] ?? '').split('.').map(Number)
      const bound = [...parts.slice(0, -2), (parts.at(-2) ?? 0) + 1]
      return order >= 0 && compare(version, bound.join('.')) < 0
    }
    case '>=':
      return order >= 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '<':
      return order < 0
    case '!=':
      return order !== 0
    default:
      return order === 0
  }
}

/** A version before a release (`1.0.0-rc.1`) comes before the release itself. */
function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => {
    const [numbers = '', tag] = text.split('+')[0]?.split(/-(.*)/) ?? []
    return { numbers: numbers.split('.').map(Number), tag }
  }) as [{ numbers: number[]; tag?: string }, { numbers: number[]; tag?: string }]
  for (let index = 0; index < 3; index++) {
    const difference = (left.numbers[index] ?? 0) - (right.numbers[index] ?? 0)
    if (difference !== 0) return difference
  }
  if (left.tag === right.tag) return 0
  if (left.tag === undefined) return 1
  if (right.tag === undefined) return -1
  return left.tag < right.tag ? -1 : 1
}
