import { expect, test } from 'vitest'
import { applyEdits } from '../../src/edits/text-edit.ts'

test('applies edits in any order and keeps the rest', () => {
  const edits = [
    { start: 6, end: 11, text: 'there' },
    { start: 0, end: 0, text: '> ' },
  ]
  expect(applyEdits('hello world\r\n', edits)).toBe('> hello there\r\n')
  expect(applyEdits('abc', [])).toBe('abc')
})

test('keeps the order of insertions at one place, before a replacement that starts there', () => {
  const edits = [
    { start: 1, end: 2, text: 'B' },
    { start: 1, end: 1, text: '1' },
    { start: 1, end: 1, text: '2' },
  ]
  expect(applyEdits('abc', edits)).toBe('a12Bc')
})

test('takes edits that touch', () => {
  const edits = [
    { start: 0, end: 1, text: 'A' },
    { start: 1, end: 2, text: 'B' },
    { start: 3, end: 3, text: '!' },
  ]
  expect(applyEdits('abc', edits)).toBe('ABc!')
})

test.each([
  [
    { start: 0, end: 2, text: '' },
    { start: 1, end: 3, text: '' },
  ],
  [
    { start: 0, end: 2, text: '' },
    { start: 1, end: 1, text: 'x' },
  ],
  [{ start: 2, end: 1, text: '' }],
  [{ start: 0, end: 4, text: '' }],
  [{ start: -1, end: 0, text: '' }],
])('throws on overlap and on ranges outside the text (%#)', (...edits) => {
  expect(() => applyEdits('abc', edits)).toThrow(/Edit/)
})
