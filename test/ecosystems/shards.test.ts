import { describe, expect, test } from 'vitest'
import { shards } from '../../src/ecosystems/shards/index.ts'
import { satisfies } from '../../src/ecosystems/shards/satisfies.ts'
import { toCommand } from '../effects/to-command.ts'
import { fakeFiles, type FakeOptions } from './fake-files.ts'
import type { Effect, WriteEffect } from '../../src/model/types.ts'

type Texts = Readonly<Record<string, string>>
type Changes = Parameters<typeof toCommand>[1]

const APP: Texts = {
  '/app/shard.yml':
    'name: shop\nversion: 0.1.0\ndependencies:\n  kemal:\n    github: kemalcr/kemal\n    version: ~> 1.4\ndevelopment_dependencies:\n  ameba:\n    github: crystal-ameba/ameba\n',
  '/app/shard.lock':
    'version: 2.0\nshards:\n  ameba:\n    git: https://github.com/crystal-ameba/ameba.git\n    version: 1.6.1\n  kemal:\n    git: https://github.com/kemalcr/kemal.git\n    version: 1.5.0\n',
  '/app/src/shop.cr': 'require "kemal"',
}

function run(text: string, texts: Texts = APP, changes: Changes = {}, options: FakeOptions = {}) {
  const { files, looks } = fakeFiles(texts, options)
  const effect = shards.resolve(toCommand(text, changes), files)
  return { effect, ...looks() }
}

function fetchStep(text: string, texts: Texts = APP) {
  const { files, looks } = fakeFiles(texts)
  return { step: shards.fetch?.(toCommand(text), files), ...looks() }
}

function writesOf(effect: Effect | undefined): readonly WriteEffect[] {
  if (effect?.known !== true) throw new Error(`not known: ${JSON.stringify(effect)}`)
  return effect.writes
}

const LIB = { tree: '/app/lib', mode: 'merge', allow: 'warm-up', ignore: 'lib' }
const LOCKED = { path: '/app/shard.lock', allow: 'lockfile' }

describe('shards install', () => {
  test.each([
    'shards',
    'shards install',
    'shards install --production',
    'shards --frozen install',
    'shards install --skip-postinstall --jobs=4',
    '/usr/bin/shards install -q',
  ])('%s', (text) => {
    const { effect, found, paths, trees } = run(text)
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect(found).toEqual(['/app/shard.yml', '/app/shard.lock'])
    expect(paths).toContain('/app/shard.override.yml')
    expect(trees).toContain('/app/lib')
    expect(writesOf(effect)).toEqual([
      LIB,
      { ...LIB, tree: '/app/bin', ignore: 'bin' },
      { tree: '/root/.cache/shards', mode: 'merge', allow: 'cache' },
    ])
  })

  test('reads the override and the manifests of path dependencies, theirs too', () => {
    const { effect, found } = run('shards install', {
      '/app/shard.yml': 'dependencies:\n  a:\n    path: libs/a\n',
      '/app/shard.override.yml': 'dependencies:\n  c:\n    path: ../c\n',
      '/app/libs/a/shard.yml': 'dependencies:\n  b:\n    path: ../b\n',
      '/app/libs/a/src/a.cr': '',
      '/app/libs/b/shard.yml': 'name: b',
      '/c/shard.yml': 'name: c',
    })
    expect(effect).toMatchObject({ known: true })
    expect([...found].sort()).toEqual([
      '/app/libs/a/shard.yml',
      '/app/libs/b/shard.yml',
      '/app/shard.override.yml',
      '/app/shard.yml',
      '/c/shard.yml',
    ])
  })

  test('places that variables set', () => {
    const env = {
      SHARDS_INSTALL_PATH: '/deps',
      SHARDS_BIN_PATH: '/bins',
      SHARDS_CACHE_PATH: '/cache',
      SHARDS_OVERRIDE: 'ci.yml',
    }
    const { effect, paths } = run('shards install', APP, { env })
    expect(writesOf(effect)).toEqual([
      { tree: '/deps', mode: 'merge', allow: 'warm-up' },
      { tree: '/bins', mode: 'merge', allow: 'warm-up' },
      { tree: '/cache', mode: 'merge', allow: 'cache' },
    ])
    expect(paths).toContain('/app/ci.yml')
    expect(writesOf(run('shards install --skip-executables').effect)).not.toContainEqual(
      expect.objectContaining({ tree: '/app/bin' }),
    )
  })

  test('a lockfile that is missing, stale or frozen', () => {
    const { '/app/shard.lock': _, ...bare } = APP
    expect(writesOf(run('shards install', bare).effect)).toContainEqual({ path: '/app/shard.lock' })
    const stale = { ...APP, '/app/shard.lock': 'shards:\n  kemal:\n    version: 0.9.0\n' }
    expect(writesOf(run('shards install', stale).effect)).toContainEqual(LOCKED)
    expect(writesOf(run('shards install --frozen', stale).effect)).not.toContainEqual(LOCKED)
    const old = {
      ...APP,
      '/app/shard.lock': 'version: 1.0\nshards:\n  kemal:\n    github: kemalcr/kemal\n    version: 1.5.0\n',
    }
    expect(writesOf(run('shards install', old).effect)).toContainEqual(LOCKED)
    expect(writesOf(run('shards install --without-development', old).effect)).not.toContainEqual(LOCKED)
  })

  test.each([
    ['1.5.0', '~> 1.4', true],
    ['2.0.0', '~> 1.4', false],
    ['1.4.9', '~> 1.4.2', true],
    ['1.5.0', '~> 1.4.2', false],
    ['1.5.0', '>= 1.0, < 2', true],
    ['1.5.0', '1.5', true],
    ['1.5.0', '> 1.5.0', false],
    ['1.5.0', '*', true],
    ['1.5.0+git.commit.abc', '~> 1.5', false],
  ])('%s meets %s: %s', (version, requirement, met) => {
    expect(satisfies(version, requirement)).toBe(met)
  })

  test.each<[string, string, Texts, unknown]>([
    ['no manifest', 'shards install', {}, { code: 'missing-file', command: 'shards install' }],
    [
      'a frozen install without a lockfile',
      'shards install --production',
      { '/app/shard.yml': 'name: a' },
      { code: 'missing-file' },
    ],
    [
      'a path dependency that is gone',
      'shards',
      { '/app/shard.yml': 'dependencies:\n  a:\n    path: ../a\n' },
      { code: 'missing-file', file: '/a/shard.yml' },
    ],
    [
      'a path dependency with a script',
      'shards',
      {
        '/app/shard.yml': 'dependencies:\n  a:\n    path: a\n',
        '/app/a/shard.yml': 'scripts:\n  postinstall: make\n',
      },
      { code: 'lifecycle-script', file: 'a/shard.yml', script: 'postinstall', command: 'make' },
    ],
    [
      'a path dependency with executables',
      'shards',
      {
        '/app/shard.yml': 'dependencies:\n  a:\n    path: a\n',
        '/app/a/shard.yml': 'executables:\n  - tool\n',
      },
      { code: 'local-dependency', file: 'shard.yml', dependency: 'a' },
    ],
    ['an update', 'shards update', APP, { code: 'edits-manifest', file: 'shard.lock' }],
    ['an unknown argument', 'shards install $X', APP, { code: 'unknown-argument' }],
    [
      'a broken manifest',
      'shards',
      { '/app/shard.yml': '- [' },
      { code: 'unreadable-manifest', file: 'shard.yml' },
    ],
  ])('refuses %s', (_, text, texts, reason) => {
    expect(run(text, texts).effect).toMatchObject({ known: false, role: 'install', reason })
  })

  test('other commands', () => {
    expect(run('shards build --release').effect).toEqual({ known: false, role: 'build' })
    expect(run('shards prune').effect).toEqual({ known: false })
    expect(run('shards --version').effect).toMatchObject({ role: 'none' })
    expect(run('./shards install', { '/app/shards': '' }).effect).toBeUndefined()
  })
})

describe('the fetch step', () => {
  test.each([
    ['shards build', 'shards install'],
    ['shards build --production --release --static -Dpreview_mt shop', 'shards install --production'],
  ])('of %s', (text, command) => {
    expect(fetchStep(text).step).toEqual({ command, cwd: '/app' })
  })

  test.each<[string, string, Texts, unknown]>([
    ['another command', 'shards install', APP, undefined],
    ['no dependencies', 'shards build', { '/app/shard.yml': 'name: a' }, undefined],
    [
      'none but for development',
      'shards build --production',
      { '/app/shard.yml': 'development_dependencies:\n  ameba:\n    github: a/b\n' },
      undefined,
    ],
    [
      'a path dependency',
      'shards build',
      { '/app/shard.yml': 'dependencies:\n  a:\n    path: a\n' },
      { code: 'local-dependency', file: 'shard.yml', dependency: 'a' },
    ],
    [
      'no lockfile',
      'shards build',
      { '/app/shard.yml': APP['/app/shard.yml'] ?? '' },
      { code: 'missing-file', file: 'shard.lock', command: 'shards build' },
    ],
    [
      'dependencies that are committed',
      'shards build',
      { ...APP, '/app/lib/kemal/shard.yml': '' },
      { code: 'vendored', path: 'lib' },
    ],
    [
      'an unknown argument',
      'shards build $FLAGS',
      APP,
      { code: 'unknown-argument', text: 'shards build $FLAGS' },
    ],
  ])('not for %s', (_, text, texts, expected) => {
    expect(fetchStep(text, texts).step).toEqual(expected)
  })
})
