import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findPatchRoot, isInside, widenRoot } from '../../src/commands/patch-root.ts'

const base = realpathSync(mkdtempSync(join(tmpdir(), 'dockerfix-root-')))
mkdirSync(join(base, 'repository/.git'), { recursive: true })
mkdirSync(join(base, 'repository/api'), { recursive: true })
mkdirSync(join(base, 'plain/api'), { recursive: true })
afterAll(() => rmSync(base, { recursive: true }))

test('is the repository, from any of its folders, and the working directory elsewhere', () => {
  expect(findPatchRoot(join(base, 'repository'))).toBe(join(base, 'repository'))
  expect(findPatchRoot(join(base, 'repository/api'))).toBe(join(base, 'repository'))
  expect(findPatchRoot(join(base, 'plain/api'))).toBe(join(base, 'plain/api'))
})

test('goes up to what holds all files', () => {
  expect(widenRoot('/r/a', ['/r/a/Dockerfile'])).toBe('/r/a')
  expect(widenRoot('/r/a', ['/r/a/Dockerfile', '/r/b/Dockerfile'])).toBe('/r')
  expect(widenRoot('/r/a', ['/x/Dockerfile'])).toBe('/')
  expect(widenRoot('/', ['/x/Dockerfile'])).toBe('/')
})

test('a name that begins with dots does not lead out', () => {
  expect(isInside('/r', '/r/..hidden/Dockerfile')).toBe(true)
  expect(isInside('/r', '/r')).toBe(true)
  expect(isInside('/r', '/')).toBe(false)
  expect(isInside('/r', '/rest')).toBe(false)
})
