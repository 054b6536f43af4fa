import { expect, it } from 'vitest'
import { parseShellCall } from '../../src/dockerfile/shell-call.ts'

it.each([
  ['sh -c x', { source: 'x', exitsOnError: false }],
  ['/bin/bash -lc x', { source: 'x', exitsOnError: false }],
  ['bash -e -o pipefail -c x', { source: 'x', exitsOnError: true }],
  ['bash -euo pipefail -lc x', { source: 'x', exitsOnError: true }],
  ['bash --login -o errexit -c x', { source: 'x', exitsOnError: true }],
  ['/usr/bin/dash -ec x', { source: 'x', exitsOnError: true }],
  ['bash', { exitsOnError: false }],
  ['bash -ex', { exitsOnError: true }],
])('reads %s', (text, call) => expect(parseShellCall(text.split(' '))).toEqual(call))

it.each([
  'npm ci',
  'sh script.sh',
  './sh -c x',
  'zsh -c x',
  'bash -',
  'sh -s -- -b /usr/local/bin',
  'bash -O extglob -c x',
  'bash --rcfile a -c x',
  'bash -c x name',
  'bash -c',
  'bash -o',
  'bash -nc x',
])('leaves %s alone', (text) => expect(parseShellCall(text.split(' '))).toBeUndefined())

it('knows no script that the shell computes', () => {
  expect(parseShellCall(['sh', '-c', undefined])).toBeUndefined()
  expect(parseShellCall(['sh', undefined, 'x'])).toBeUndefined()
})
