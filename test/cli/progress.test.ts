import { expect, test } from 'vitest'
import { startProgress } from '../../src/commands/progress.ts'
import { createFakeIo } from './fake-io.ts'

test('shows a counter after half a second, at most ten times a second, and removes it', () => {
  const io = createFakeIo({ isErrorTTY: true })
  let time = 0
  const progress = startProgress(io, () => time)
  for (const at of [499, 500, 550, 620]) {
    time = at
    progress.tick(at, 1000)
  }
  progress.end()
  const line = '\r500 of 1000 Dockerfiles\r620 of 1000 Dockerfiles'
  expect(io.err()).toBe(`${line}\r${' '.repeat(23)}\r`)
})

test.each([
  ['no terminal', { isErrorTTY: false }],
  ['CI', { isErrorTTY: true, env: { CI: 'true' } }],
  ['NO_COLOR', { isErrorTTY: true, env: { NO_COLOR: '1' } }],
])('is silent: %s', (_, options) => {
  const io = createFakeIo(options)
  let time = 0
  const progress = startProgress(io, () => (time += 1000))
  progress.tick(1, 2)
  progress.end()
  expect(io.err()).toBe('')
})
