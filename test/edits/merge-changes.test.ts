import { expect, test } from 'vitest'
import { mergeChanges } from '../../src/edits/merge-changes.ts'

test('folds the changes of one path: first before, last after', () => {
  const reports = [
    {
      changes: [
        { path: 'a.Dockerfile', before: 'a', after: 'A' },
        { path: '.dockerignore', after: 'one\n' },
      ],
    },
    { changes: [{ path: '.dockerignore', before: 'one\n', after: 'one\ntwo\n' }] },
  ]
  expect(mergeChanges(reports)).toEqual([
    { path: 'a.Dockerfile', before: 'a', after: 'A' },
    { path: '.dockerignore', after: 'one\ntwo\n' },
  ])
})

test('leaves out what ends as it began', () => {
  const reports = [
    { changes: [{ path: 'x', before: 'a', after: 'b' }] },
    { changes: [{ path: 'x', before: 'b', after: 'a' }] },
  ]
  expect(mergeChanges(reports)).toEqual([])
})
