import { chmodSync, mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { openContext } from '../../src/context/build-context.ts'
import { createCheckoutTree } from '../../src/context/checkout-tree.ts'
import { createDiskTree } from '../../src/context/disk-tree.ts'
import { filterTree } from '../../src/context/filter-tree.ts'
import type { Repositories } from '../../src/context/git.ts'
import { parseIgnore } from '../../src/context/ignore-matcher.ts'
import { createMemoryTree } from '../../src/context/memory-tree.ts'
import type { FileTree } from '../../src/context/types.ts'
import { addFiles, git, makeDirectory, makeRepository } from './temporary-directory.ts'

/** Every path of a tree with its kind. */
function dump(tree: FileTree, dir = ''): string[] {
  return tree.list(dir).flatMap((name) => {
    const path = dir === '' ? name : `${dir}/${name}`
    const kind = tree.kind(path)
    return kind === 'dir' ? [`${path}/`, ...dump(tree, path)] : [kind === 'symlink' ? `${path}@` : path]
  })
}

describe('createCheckoutTree in a repository', () => {
  it('shows what git tracks and the disk still has', () => {
    const root = makeRepository({
      '.gitignore': 'dist\n',
      'a/b.txt': 'b',
      'a-b/c': 'c',
      'a.txt': 'ä\n',
      'gone/x': 'x',
      'half/x': 'x',
      'half/y': 'y',
      link: '-> a.txt',
      'run.sh': '#!/bin/sh\n',
      '𝒳/y': '',
      'ﬀ/y': '',
    })
    chmodSync(join(root, 'run.sh'), 0o755)
    git(root, 'add', '-A')
    rmSync(join(root, 'gone/x'))
    rmSync(join(root, 'half/y'))
    addFiles(root, { 'dist/out.js': '', 'half/new': '', 'untracked/z': '' })
    const { checkout, hasUntracked } = openContext(root, new Map())
    expect(dump(checkout)).toEqual([
      '.gitignore',
      'a/',
      'a/b.txt',
      'a-b/',
      'a-b/c',
      'a.txt',
      'half/',
      'half/x',
      'link@',
      'run.sh',
      '𝒳/',
      '𝒳/y',
      'ﬀ/',
      'ﬀ/y',
    ])
    expect([checkout.kind(''), checkout.kind('gone'), checkout.kind('a/b'), checkout.kind('link/x')]).toEqual(
      ['dir', undefined, undefined, undefined],
    )
    expect([
      checkout.read('a.txt'),
      checkout.size('a.txt'),
      checkout.read('link'),
      checkout.read('a'),
    ]).toEqual(['ä\n', 3, undefined, undefined])
    expect([checkout.executable('run.sh'), checkout.executable('a.txt')]).toEqual([true, false])
    expect(['dist', 'dist/out.js', 'half/new', 'half', 'a.txt', 'nowhere'].map(hasUntracked)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ])
  })

  it('asks git once for all contexts of a repository', () => {
    const root = makeRepository({ 'x/a': '', 'y/b': '', 'y-z/c': '' })
    const repositories: Repositories = new Map()
    expect(dump(createCheckoutTree(join(root, 'x'), repositories))).toEqual(['a'])
    renameSync(join(root, '.git'), join(root, 'moved'))
    expect(dump(createCheckoutTree(join(root, 'y'), repositories))).toEqual(['b'])
  })

  it('shows a submodule as an empty directory', () => {
    const root = makeRepository({ a: '' })
    const inner = join(root, 'sub')
    addFiles(root, { 'sub/file': '' })
    git(inner, 'init', '-q')
    git(inner, 'add', '-A')
    git(inner, '-c', 'user.name=n', '-c', 'user.email=e', 'commit', '-qm', 'm')
    git(root, 'add', 'sub')
    expect(dump(createCheckoutTree(root, new Map()))).toEqual(['a', 'sub/'])
    expect(dump(createCheckoutTree(inner, new Map()))).toEqual(['file'])
  })

  it('takes all files where git tracks none', () => {
    const root = makeRepository({ a: '' })
    addFiles(root, { 'new/b': '', 'new/node_modules/c/d': '' })
    expect(dump(createCheckoutTree(join(root, 'new'), new Map()))).toEqual(['b'])
  })

  it('reads nothing through a directory that became a link', () => {
    const root = makeRepository({ 'a/secret': 'tracked', b: '' })
    const outside = makeDirectory({ secret: 'outside' })
    rmSync(join(root, 'a'), { recursive: true })
    symlinkSync(outside, join(root, 'a'))
    const tree = createCheckoutTree(root, new Map())
    expect([tree.kind('a/secret'), tree.read('a/secret'), dump(tree)]).toEqual([undefined, undefined, ['b']])
  })

  it('is not led astray by the variables of a hook, and runs nothing that the repository configures', () => {
    const root = makeRepository({ a: '', 'ran.sh': '#!/bin/sh\ntouch ran\n' })
    chmodSync(join(root, 'ran.sh'), 0o755)
    git(root, 'config', 'core.fsmonitor', join(root, 'ran.sh'))
    vi.stubEnv('GIT_DIR', '/nowhere')
    vi.stubEnv('GIT_INDEX_FILE', '/nowhere/index')
    vi.stubEnv('GIT_WORK_TREE', '/nowhere')
    const { checkout, hasUntracked } = openContext(root, new Map())
    expect([dump(checkout), hasUntracked('ran')]).toEqual([['a', 'ran.sh'], false])
    vi.unstubAllEnvs()
  })

  it('survives a broken repository', () => {
    const root = makeDirectory({ a: '', '.git': 'gitdir: nowhere' })
    expect(dump(createCheckoutTree(root, new Map()))).toEqual(['a'])
  })
})

describe('createDiskTree', () => {
  it('stays inside and does not follow links', () => {
    const outside = makeDirectory({ secret: 's' })
    const root = makeDirectory({
      'in/file': 'f',
      'in/loop': '-> ..',
      out: `-> ${outside}`,
      file: `-> ${outside}/secret`,
    })
    const tree = createDiskTree(join(root, 'in'))
    expect(dump(tree)).toEqual(['file', 'loop@'])
    const whole = createDiskTree(root)
    expect(dump(whole)).toEqual(['file@', 'in/', 'in/file', 'in/loop@', 'out@'])
    expect([whole.read('file'), tree.read('file')]).toEqual([undefined, 'f'])
    for (const path of [
      '../x',
      '..',
      '/etc/passwd',
      'in/../in/file',
      './in',
      'out/secret',
      'in/',
      'in//file',
    ])
      expect([tree.read(path), whole.read(path), whole.kind(path)]).toEqual([undefined, undefined, undefined])
    expect(readlinkSync(join(root, 'out'))).toBe(outside)
  })

  it('reads UTF-8 up to 8 MB, with its byte order mark', () => {
    const root = makeDirectory({
      bom: '\uFEFFa',
      big: 'x'.repeat(8 * 1024 * 1024 + 1),
      most: 'x'.repeat(8 * 1024 * 1024),
    })
    addFiles(root, { 'd/': '' })
    const tree = createDiskTree(root)
    expect(tree.read('bom')).toBe('\uFEFFa')
    expect([tree.read('big'), tree.size('big')]).toEqual([undefined, 8 * 1024 * 1024 + 1])
    expect(tree.read('most')?.length).toBe(8 * 1024 * 1024)
  })

  it('treats what vanishes as absent', () => {
    const root = makeDirectory({ a: 'a', 'd/b': '' })
    const tree = createDiskTree(root)
    expect(tree.kind('a')).toBe('file')
    unlinkSync(join(root, 'a'))
    rmSync(join(root, 'd'), { recursive: true })
    mkdirSync(join(root, 'e'))
    expect([tree.read('a'), tree.size('a'), tree.executable('a'), tree.list('d')]).toEqual([
      undefined,
      0,
      false,
      [],
    ])
  })
})

describe('createMemoryTree', () => {
  it('derives directories', () => {
    const tree = createMemoryTree({
      'a/b/c': 'x',
      'a/d': { symlink: 'b' },
      'e/': '',
      run: { content: 'é', executable: true },
    })
    expect(dump(tree)).toEqual(['a/', 'a/b/', 'a/b/c', 'a/d@', 'e/', 'run'])
    expect([tree.executable('run'), tree.size('run'), tree.read('run'), tree.read('a/d')]).toEqual([
      true,
      2,
      'é',
      undefined,
    ])
    expect(() => createMemoryTree({ '../a': '' })).toThrow('not a path')
  })
})

describe('filterTree', () => {
  it('shows what a builder copies', () => {
    const name = fc.constantFrom('a', 'b', 'c.x', 'd')
    const paths = fc.array(
      fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')),
      { maxLength: 12 },
    )
    const part = fc.constantFrom('a', 'b', 'd', '*', '**', '*.x', '?')
    const pattern = fc
      .tuple(fc.constantFrom('', '!'), fc.array(part, { minLength: 1, maxLength: 3 }))
      .map(([sign, parts]) => sign + parts.join('/'))
    fc.assert(
      fc.property(paths, fc.array(pattern, { maxLength: 5 }), (all, patterns) => {
        const files = all.filter((path) => !all.some((other) => other.startsWith(`${path}/`)))
        const tree = createMemoryTree(Object.fromEntries(files.map((file) => [file, file])))
        const matcher = parseIgnore(patterns.join('\n'))
        if ('message' in matcher) throw new Error(matcher.message)
        const kept = new Set<string>()
        for (const entry of dump(tree)) {
          if (matcher.ignores(entry)) continue
          for (let i = entry.indexOf('/'); i >= 0; i = entry.indexOf('/', i + 1))
            kept.add(entry.slice(0, i + 1))
          kept.add(entry)
        }
        const filtered = filterTree(tree, matcher)
        expect(dump(filtered).sort()).toEqual([...kept].sort())
        for (const file of files) {
          expect(filtered.read(file)).toBe(kept.has(file) ? file : undefined)
          expect(filtered.kind(file)).toBe(kept.has(file) ? 'file' : undefined)
          expect(filtered.size(file)).toBe(kept.has(file) ? file.length : 0)
        }
      }),
      { numRuns: 500 },
    )
  })
})
