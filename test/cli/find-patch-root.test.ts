import { mkdirSync, mkdtempSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findPatchRoot } from '../../src/commands/find-patch-root.ts'

const base = realpathSync(mkdtempSync(join(tmpdir(), 'dockerfix-root-')))
mkdirSync(join(base, 'repository/.git'), { recursive: true })
mkdirSync(join(base, 'repository/api'), { recursive: true })
mkdirSync(join(base, 'plain/api'), { recursive: true })

test.each([
  ['the repository, from its root', 'repository', ['repository/api/Dockerfile'], 'repository'],
  ['the repository, from a folder', 'repository/api', ['repository/api/Dockerfile'], 'repository'],
  ['the working directory outside git', 'plain', ['plain/api/Dockerfile'], 'plain'],
  ['what holds a file outside of it', 'plain/api', ['plain/Dockerfile', 'plain/api/Dockerfile'], 'plain'],
  ['what holds a file outside the repository', 'repository', ['plain/Dockerfile'], '.'],
  ['a name that begins with dots is no parent', 'plain', ['plain/..hidden/Dockerfile'], 'plain'],
])('%s', (_, cwd, files, expected) => {
  const absolute = files.map((file) => join(base, file))
  expect(findPatchRoot(join(base, cwd), absolute)).toBe(join(base, expected))
})
