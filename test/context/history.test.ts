import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readHistory } from '../../src/context/history.ts'
import { addFiles, git, makeDirectory, makeRepository } from './temporary-directory.ts'

function commit(root: string, files: Readonly<Record<string, string>>): void {
  addFiles(root, files)
  git(root, 'add', '-A')
  git(
    root,
    '-c',
    'user.name=test',
    '-c',
    'user.email=test@example.com',
    'commit',
    '-q',
    '--allow-empty',
    '-m',
    'a\n\nb',
  )
}

/** Four commits; the first has no parent. */
function makeHistory(): string {
  const root = makeRepository({ 'app/package.json': '{}', 'app/a.js': '1', 'docs/x': '1' })
  commit(root, {})
  commit(root, { 'app/a.js': '2', 'app/ü b\nc.js': '1' })
  commit(root, { 'docs/x': '2' })
  commit(root, { 'app/package.json': '{ }' })
  return root
}

it('gives the changed paths of each commit, the newest first', () => {
  expect(readHistory(makeHistory(), new Map())).toEqual([
    { paths: ['app/package.json'] },
    { paths: ['docs/x'] },
    { paths: ['app/a.js', 'app/ü b\nc.js'] },
  ])
})

it('is relative to the directory, and counts the commits that change nothing there', () => {
  const root = makeHistory()
  expect(readHistory(join(root, 'app'), new Map())).toEqual([
    { paths: ['package.json'] },
    { paths: [] },
    { paths: ['a.js', 'ü b\nc.js'] },
  ])
})

it('takes a merge for one commit, and renames for a removal and an addition', () => {
  const root = makeHistory()
  git(root, 'checkout', '-q', '-b', 'side')
  git(root, 'mv', 'app/a.js', 'app/b.js')
  commit(root, {})
  commit(root, { 'app/c.js': '1' })
  git(root, 'checkout', '-q', '-')
  commit(root, { 'docs/y': '1' })
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com']
  git(root, ...identity, 'merge', '-q', '--no-ff', '-m', 'merge', 'side')
  expect(readHistory(root, new Map()).slice(0, 2)).toEqual([
    { paths: ['app/a.js', 'app/b.js', 'app/c.js'] },
    { paths: ['docs/y'] },
  ])
})

it('asks git once for all directories of a repository, for a hundred commits', () => {
  const root = makeHistory()
  const repositories = new Map()
  for (let count = 0; count < 100; count++) commit(root, {})
  expect(readHistory(root, repositories)).toHaveLength(100)
  rmSync(join(root, '.git/HEAD'))
  expect(readHistory(join(root, 'app'), repositories)).toHaveLength(100)
})

it('knows nothing of the oldest commit of a shallow clone', () => {
  const clone = join(makeDirectory(), 'clone')
  execFileSync('git', ['clone', '-q', '--depth', '2', `file://${makeHistory()}`, clone])
  expect(readHistory(clone, new Map())).toEqual([{ paths: ['app/package.json'] }])
})

it('is empty where there is no repository, or one without a commit', () => {
  expect(readHistory(makeDirectory({ a: '' }), new Map())).toEqual([])
  expect(readHistory(makeRepository({ a: '' }), new Map())).toEqual([])
})
