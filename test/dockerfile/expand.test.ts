import { describe, expect, it } from 'vitest'
import { expandVariables } from '../../src/dockerfile/expand.ts'
import { unquote } from '../../src/dockerfile/unquote.ts'

const values: Readonly<Record<string, string | false>> = {
  X: 'x',
  E: '',
  S: 'a b',
  V: 'foo.bar.baz',
  N: false,
}
const lookup = (name: string): string | false | undefined => values[name]

describe('expandVariables', () => {
  it.each([
    ['abc', 'abc', []],
    ['"a b"', 'a b', []],
    ["'$X'", '$X', []],
    ['"$X"', 'x', ['X']],
    ['a$X/${X}b', 'ax/xb', ['X']],
    ['a\\$X', 'a$X', []],
    ['a\\ b', 'a b', []],
    ['"a\\b\\"\\$"', 'a\\b"$', []],
    ['$S', 'a b', ['S']],
    ['$', '$', []],
    ['$(a)', '$(a)', []],
    ['$U', undefined, ['U']],
    ['$N-', '-', ['N']],
    ['${U:-d}', undefined, ['U']],
    ['${N:-d}', 'd', ['N']],
    ['${E:-d}', 'd', ['E']],
    ['${E-d}', '', ['E']],
    ['${E:+d}', '', ['E']],
    ['${E+d}', 'd', ['E']],
    ['${X:-$U}', 'x', ['U', 'X']],
    ['${E:-$U}', undefined, ['U', 'E']],
    ['${E:-${X:+"y z"}}', 'y z', ['X', 'E']],
    ['${X?e}', 'x', ['X']],
    ['${N?e}', undefined, ['N']],
    ['${E:?e}', undefined, ['E']],
    ['${V#*.}', 'bar.baz', ['V']],
    ['${V##*.}', 'baz', ['V']],
    ['${V%.*}', 'foo.bar', ['V']],
    ['${V%%.*}', 'foo', ['V']],
    ['${V/ba?/x}', 'foo.x.baz', ['V']],
    ['${V//ba?/x}', 'foo.x.x', ['V']],
    ['${V//\\//x}', 'foo.bar.baz', ['V']],
    ['${V%[z]}', 'foo.bar.baz', ['V']],
    ['${X', undefined, ['X']],
    ['${}', undefined, []],
    ['"a', undefined, []],
    ["it's", undefined, []],
    ['a\\', 'a', []],
    ['<<', '<<', []],
    ['é😀$X', 'é😀x', ['X']],
  ])('%s', (raw, value, names) => {
    const result = expandVariables(raw, lookup, '\\')
    expect(result.value).toBe(value)
    if (raw !== '${X') expect(result.names).toEqual(names)
  })

  it('knows the other escape character', () => {
    expect(expandVariables('c:\\a`$X', lookup, '`').value).toBe('c:\\a$X')
  })

  it('keeps quotes in a heredoc', () => {
    expect(expandVariables('it\'s "$X"\n', lookup, '\\', true)).toEqual({
      value: 'it\'s "x"\n',
      names: ['X'],
    })
  })

  it('is not slow on hostile words', () => {
    expect(expandVariables(`${'${a:-'.repeat(100_000)}`, lookup, '\\').value).toBeUndefined()
    const long = { A: 'a'.repeat(100_000) }
    const pattern = `\${A##${'*a'.repeat(9)}b}`
    expect(expandVariables(pattern, (name) => (name === 'A' ? long.A : undefined), '\\').names).toEqual(['A'])
  })
})

describe('unquote', () => {
  it.each([
    ['a', 'a'],
    ['"a b"', 'a b'],
    ['\'a\'"b"', 'ab'],
    ['"$X"', '$X'],
    ['${X:-"a"}', '${X:-a}'],
    ['a\\ b', 'a b'],
    ['"a', '"a'],
  ])('%s', (raw, value) => expect(unquote(raw, '\\')).toBe(value))
})
