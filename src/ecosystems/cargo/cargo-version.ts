interface Version {
  readonly numbers: readonly number[]
  readonly prerelease: string
}

/**
 * Whether a locked version satisfies a requirement of a manifest. Says no in doubt, also for pre-releases that are not
 * named exactly. https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html
 */
export function satisfiesCargo(requirement: string, version: string): boolean {
  const found = parseVersion(version)
  if (found === undefined) return false
  return requirement.split(',').every((part) => satisfiesPart(part.trim(), found, version))
}

function satisfiesPart(part: string, version: Version, spelled: string): boolean {
  if (part === '*') return version.prerelease === ''
  const match = /^(\^|~|=|>=|<=|>|<)?\s*v?(.+)$/.exec(part)
  const operator = match?.[1] ?? '^'
  const wanted = parseVersion((match?.[2] ?? '').replace(/(\.[*xX])+$/, ''))
  if (wanted === undefined) return false
  if (version.prerelease !== '' || wanted.prerelease !== '') {
    return (
      (operator === '=' || operator === '^') &&
      spelled.replace(/\+.*/, '') === (match?.[2] ?? '').replace(/\+.*/, '')
    )
  }
  const starts = startsWith(version.numbers, wanted.numbers)
  const order = compareNumbers(version.numbers, wanted.numbers)
  // `1.2.*` is all of 1.2; a bare `1.2` is `^1.2`.
  if (/\.[*xX]$/.test(part)) return starts
  switch (operator) {
    case '=':
      return starts
    case '>':
      return order > 0 && !starts
    case '<':
      return order < 0
    case '>=':
      return order >= 0
    case '<=':
      return order <= 0 || starts
    case '~':
      return order >= 0 && startsWith(version.numbers, wanted.numbers.slice(0, 2))
    default:
      return order >= 0 && startsWith(version.numbers, caretPrefix(wanted.numbers))
  }
}

/** What must stay the same: up to the first number that is not zero. */
function caretPrefix(numbers: readonly number[]): readonly number[] {
  const first = numbers.findIndex((number) => number !== 0)
  return first < 0 ? numbers : numbers.slice(0, first + 1)
}

function startsWith(numbers: readonly number[], prefix: readonly number[]): boolean {
  return prefix.every((number, index) => numbers[index] === number)
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < 3; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function parseVersion(text: string): Version | undefined {
  const match = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([\w.-]+))?(?:\+[\w.-]+)?$/.exec(text)
  if (match === null) return undefined
  const numbers = [match[1], match[2], match[3]].filter((part) => part !== undefined).map(Number)
  return { numbers, prerelease: match[4] ?? '' }
}
