import { compileGoRegexp } from './go-regexp.ts'

/**
 * Compiles one cleaned pattern of an ignore file, without its `!`, to a test of whole paths, as
 * https://github.com/moby/patternmatcher does. `undefined` means that builders call it a syntax error.
 */
export function compileIgnorePattern(pattern: string): ((path: string) => boolean) | undefined {
  if (!isGoMatchPattern([...pattern])) return undefined
  const { kind, regexp } = translate([...pattern])
  if (kind === 'exact') return (path) => path === pattern
  if (kind === 'prefix') {
    const prefix = pattern.slice(0, -2)
    return (path) => path.startsWith(prefix)
  }
  if (kind === 'suffix') {
    const suffix = pattern.slice(2)
    const whole = suffix.startsWith('/') ? suffix.slice(1) : undefined
    return (path) => path.endsWith(suffix) || path === whole
  }
  return compileGoRegexp(regexp)
}

interface Translation {
  readonly kind: 'exact' | 'prefix' | 'suffix' | 'regexp'
  readonly regexp: string
}

function translate(chars: readonly string[]): Translation {
  let kind: Translation['kind'] = 'exact'
  let regexp = '^'
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i] ?? ''
    if (char === '*' && chars[i + 1] === '*') {
      const isFirst = i === 0
      i += chars[i + 2] === '/' ? 2 : 1
      if (i + 1 < chars.length) {
        regexp += '(.*/)?'
        kind = 'regexp'
      } else if (kind === 'exact') kind = 'prefix'
      else {
        regexp += '.*'
        kind = 'regexp'
      }
      if (isFirst) kind = 'suffix'
    } else if (char === '*' || char === '?') {
      regexp += char === '*' ? '[^/]*' : '[^/]'
      kind = 'regexp'
    } else if ('.+()|{}$'.includes(char)) regexp += `\\${char}`
    else if (char === '\\') {
      i++
      regexp += `\\${chars[i] ?? ''}`
      kind = 'regexp'
    } else {
      regexp += char
      if (char === '[' || char === ']') kind = 'regexp'
    }
  }
  return { kind, regexp: `${regexp}$` }
}

/**
 * Whether Go's `filepath.Match` accepts the pattern (https://pkg.go.dev/path/filepath#Match): builders ask it
 * before they compile, and its classes are stricter than those of regular expressions.
 */
function isGoMatchPattern(chars: readonly string[]): boolean {
  for (let i = 0; i < chars.length; i++) {
    if (chars[i] === '\\') {
      i++
      if (i >= chars.length) return false
    } else if (chars[i] === '[') {
      const end = endOfClass(chars, i)
      if (end === undefined) return false
      i = end
    }
  }
  return true
}

/** Index of the `]`; `undefined` when the class is malformed. */
function endOfClass(chars: readonly string[], start: number): number | undefined {
  let i = start + (chars[start + 1] === '^' ? 2 : 1)
  for (let members = 0; chars[i] !== ']' || members === 0; members++) {
    const low = endOfMember(chars, i)
    if (low === undefined) return undefined
    i = low
    if (chars[i] === '-') {
      const high = endOfMember(chars, i + 1)
      if (high === undefined) return undefined
      i = high
    }
  }
  return i
}

function endOfMember(chars: readonly string[], i: number): number | undefined {
  const char = chars[i]
  if (char === undefined || char === '-' || char === ']') return undefined
  const end = char === '\\' ? i + 2 : i + 1
  // A class that ends with its last member is unclosed.
  return end < chars.length ? end : undefined
}
