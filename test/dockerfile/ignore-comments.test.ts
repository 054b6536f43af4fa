import { expect, it } from 'vitest'
import { readIgnoreComments, type IgnoreComments } from '../../src/dockerfile/ignore-comments.ts'
import { isDockerfileError } from '../../src/dockerfile/is-dockerfile-error.ts'
import { parseDockerfile } from '../../src/dockerfile/scan.ts'

it('reads comments directly above an instruction', () => {
  const text = [
    '# dockerfix-ignore',
    'FROM a',
    '# dockerfix-ignore the order matters ',
    '# why',
    'RUN b',
    '',
    '# dockerfix-ignore',
    '',
    'RUN c',
    '# dockerfix-ignored',
    'RUN d',
    '#dockerfix-ignore: e',
    'RUN e',
  ].join('\r\n')
  expect(read(text)).toEqual({
    instructions: new Map([
      [0, ''],
      [1, 'the order matters'],
      [4, 'e'],
    ]),
  })
})

it('reads the comment for the whole file before the first instruction only', () => {
  expect(read('# syntax=x\n\n# dockerfix-ignore-file generated\n\nFROM a\n').file).toBe('generated')
  expect(read('\uFEFF# dockerfix-ignore-file\nFROM a\n').file).toBe('')
  expect(read('FROM a\n# dockerfix-ignore-file\nRUN b\n')).toEqual({ instructions: new Map() })
})

function read(text: string): IgnoreComments {
  const dockerfile = parseDockerfile(text)
  if (isDockerfileError(dockerfile)) throw new Error(dockerfile.message)
  return readIgnoreComments(dockerfile)
}
