import { expect, test } from 'vitest'
import { wantsColor } from '../../src/commands/wants-color.ts'

test.each([
  ['a terminal', undefined, {}, true, true],
  ['a pipe', undefined, {}, false, false],
  ['a dumb terminal', undefined, { TERM: 'dumb' }, true, false],
  ['NO_COLOR', undefined, { NO_COLOR: '1' }, true, false],
  ['an empty NO_COLOR', undefined, { NO_COLOR: '' }, true, true],
  ['FORCE_COLOR', undefined, { FORCE_COLOR: '1' }, false, true],
  ['FORCE_COLOR=0', undefined, { FORCE_COLOR: '0' }, true, false],
  ['--color', true, { NO_COLOR: '1' }, false, true],
  ['--no-color', false, { FORCE_COLOR: '1' }, true, false],
])('%s', (_, flag, env, isTTY, expected) => {
  expect(wantsColor(flag, { env, isTTY })).toBe(expected)
})
