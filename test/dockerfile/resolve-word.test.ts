import { describe, expect, it } from 'vitest'
import { parseScript, resolveWord } from '../../src/dockerfile/shell.ts'
import type { SimpleCommand } from '../../src/dockerfile/shell-types.ts'

describe('resolveWord', () => {
  const values: Readonly<Record<string, string>> = { X: 'x', E: '', S: 'a b', V: '1.2.3', G: '*' }
  const resolve = (raw: string): string | undefined => {
    const [, word] = first(`c ${raw}`).words
    return word && resolveWord(word, (key) => values[key])
  }

  it.each([
    ['abc', 'abc'],
    ['a\\ b', 'a b'],
    ['"a b"', 'a b'],
    ["'$X'", '$X'],
    ["'it'\\''s'", "it's"],
    ['"a\\$b\\n"', 'a$b\\n'],
    ['$X', 'x'],
    ['${X}/y', 'x/y'],
    ['"${X}y$X"', 'xyx'],
    ['"$S"', 'a b'],
    ['$S', undefined],
    ['$G', undefined],
    ['$E', undefined],
    ['"$E"', ''],
    ['a$E', 'a'],
    ['""', ''],
    ["''", ''],
    ['$U', undefined],
    ['${U:-d}', undefined],
    ['${E:-d}', 'd'],
    ['${E-d}', undefined],
    ['"${E-d}"', ''],
    ['${X:+y}', 'y'],
    ['${X:?e}', 'x'],
    ['${E:=e}', undefined],
    ['${V%.*}', '1.2'],
    ['${V%%.*}', '1'],
    ['${V#*.}', '2.3'],
    ['${V##*.}', '3'],
    ['${V/1/2}', undefined],
    ['${#V}', undefined],
    ['${V:0:1}', undefined],
    ['$(a)', undefined],
    ['`a`', undefined],
    ['$((1+2))', undefined],
    ['{a,b}', undefined],
    ["$'a'", undefined],
    ['$1', undefined],
    ['$@', undefined],
    ['"$?"', undefined],
    ['{}', '{}'],
    ['*.c', '*.c'],
    ['~/a', '~/a'],
  ])('%s', (raw, value) => expect(resolve(raw)).toBe(value))

  it('flags wildcards and the tilde, outside quotes only', () => {
    const flags = first('c *.c "*.c" \\* [ab] ~/x "~" a~').words.map(({ hasGlob, tilde }) => [hasGlob, tilde])
    expect(flags.slice(1)).toEqual([
      [true, false],
      [false, false],
      [false, false],
      [true, false],
      [false, true],
      [false, false],
      [false, false],
    ])
  })

  it('does not split assignments', () => {
    const [assignment] = first('A=$S').assignments
    expect(assignment && resolveWord(assignment.value, (key) => values[key])).toBe('a b')
    const empty = first('A= c').assignments[0]
    expect(empty && resolveWord(empty.value, () => undefined)).toBe('')
    const array = first('A=(1 2)').assignments[0]
    expect(array && resolveWord(array.value, () => undefined)).toBeUndefined()
    const appended = first('A+=1').assignments[0]
    expect(appended && resolveWord(appended.value, () => undefined)).toBeUndefined()
  })

  it('reads the arguments of export as words', () => {
    const [, word, other] = first('export A="$S" B').words
    expect(word && resolveWord(word, (key) => values[key])).toBe('A=a b')
    expect(other?.raw).toBe('B')
  })
})

function first(source: string): SimpleCommand {
  const node = parseScript(source)?.statements[0]?.node
  if (node?.kind !== 'command') throw new Error(`no command: ${source}`)
  return node
}
