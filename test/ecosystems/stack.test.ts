import { describe, expect, test } from 'vitest'
import { stack } from '../../src/ecosystems/stack/index.ts'
import { toCommand } from '../effects/to-command.ts'
import { fakeFiles, type FakeOptions } from './fake-files.ts'
import type { Effect, WriteEffect } from '../../src/model/types.ts'

type Texts = Readonly<Record<string, string>>
type Changes = Parameters<typeof toCommand>[1]

const APP: Texts = {
  '/app/stack.yaml':
    'snapshot: lts-22.30\npackages:\n- .\n- libs/cart\nextra-deps:\n- acme-missiles-0.3@sha256:2ba6,613\n- text-2.0\n',
  '/app/stack.yaml.lock': '',
  '/app/package.yaml': 'name: shop\n',
  '/app/libs/cart/cart.cabal': 'name: cart',
  '/app/src/Shop.hs': '',
}

function run(text: string, texts: Texts = APP, changes: Changes = {}, options: FakeOptions = {}) {
  const { files, looks } = fakeFiles(texts, options)
  const effect = stack.resolve(toCommand(text, changes), files)
  return { effect, ...looks() }
}

function writesOf(effect: Effect | undefined): readonly WriteEffect[] {
  if (effect?.known !== true) throw new Error(`not known: ${JSON.stringify(effect)}`)
  return effect.writes
}

describe('stack', () => {
  test.each([
    'stack build --only-dependencies',
    'stack test --dependencies-only --no-run-tests',
    'stack --system-ghc --no-terminal build --only-snapshot',
    'stack install --only-dependencies -j 2 --flag shop:static',
    'stack build --stack-yaml=stack.yaml --only-dependencies',
  ])('%s', (text) => {
    const { effect, found } = run(text)
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect([...found].sort()).toEqual([
      '/app/libs/cart/cart.cabal',
      '/app/package.yaml',
      '/app/stack.yaml',
      '/app/stack.yaml.lock',
    ])
    expect(writesOf(effect)).toEqual([
      { tree: '/root/.stack', mode: 'merge' },
      { tree: '/app/.stack-work', mode: 'merge', ignore: '**/.stack-work' },
      { tree: '/app/libs/cart/.stack-work', mode: 'merge', ignore: '**/.stack-work' },
      { path: '/app/shop.cabal', allow: 'warm-up' },
      { path: '/app/stack.yaml.lock', allow: 'lockfile' },
    ])
  })

  test('a lockfile that fits', () => {
    const lock =
      'packages:\n- completed:\n    hackage: text-2.0@sha256:1,2\n  original:\n    hackage: text-2.0\nsnapshots:\n- completed: {}\n  original: lts-22.30\n'
    const files = (yaml: string) => ({ '/app/stack.yaml': yaml, '/app/stack.yaml.lock': lock })
    const written = (yaml: string) =>
      writesOf(run('stack setup', files(yaml)).effect).filter((write) => 'path' in write)
    expect(written('snapshot: lts-22.30\nextra-deps: [text-2.0]')).toEqual([])
    for (const yaml of [
      'snapshot: lts-22.30',
      'snapshot: lts-22.31\nextra-deps: [text-2.0]',
      'snapshot: lts-22.30\nextra-deps: [text-2.1]',
    ]) {
      expect(written(yaml)).toEqual([{ path: '/app/stack.yaml.lock', allow: 'lockfile' }])
    }
  })

  test.each([
    ['../cart', { code: 'outside-context', file: 'stack.yaml', dependency: '/cart' }],
    ['./cart', { code: 'missing-file', file: 'cart' }],
  ])('refuses the extra-dep %s that is gone', (extra, reason) => {
    expect(run('stack setup', { '/app/stack.yaml': `extra-deps: [${extra}]` }).effect).toMatchObject({
      known: false,
      role: 'install',
      reason,
    })
  })

  test('setup needs no package', () => {
    expect(run('stack setup').found).toEqual(['/app/stack.yaml', '/app/stack.yaml.lock'])
  })

  test('custom snapshots and local extra-deps', () => {
    const { found, trees } = run('stack build --only-dependencies', {
      '/app/stack.yaml':
        'resolver: ./snapshots/a.yaml\nextra-deps:\n- ../vendor/x\n- vendor/y\n- git: https://github.com/a/b\n  commit: abc\n',
      '/app/snapshots/a.yaml': 'resolver:\n  location: b.yaml\npackages:\n- ./z\n',
      '/app/snapshots/b.yaml': 'resolver: lts-22.30',
      '/app/snapshots/z/z.cabal': '',
      '/app/vendor/y/y.cabal': '',
      '/vendor/x/x.cabal': '',
      '/app/shop.cabal': 'name: shop',
    })
    expect([...found].sort()).toEqual([
      '/app/shop.cabal',
      '/app/snapshots/a.yaml',
      '/app/snapshots/b.yaml',
      '/app/stack.yaml',
    ])
    expect(trees).toEqual(['/vendor/x', '/app/vendor/y', '/app/snapshots/z'])
  })

  test('a lockfile that is made, a .cabal file that is committed, other places', () => {
    const files = {
      '/app/ci.yaml': 'snapshot: lts-22.30',
      '/app/package.yaml': 'name: shop',
      '/app/shop.cabal': '',
    }
    const { effect } = run('stack build --only-dependencies --work-dir .work', files, {
      env: { STACK_YAML: 'ci.yaml', STACK_ROOT: '/stack' },
    })
    expect(writesOf(effect)).toEqual([
      { tree: '/stack', mode: 'merge' },
      { tree: '/app/.work', mode: 'merge', ignore: '**/.work' },
      { path: '/app/shop.cabal', allow: 'lockfile' },
      { path: '/app/ci.yaml.lock' },
    ])
  })

  test.each<[string, string, Texts, Changes, unknown]>([
    ['no project', 'stack build --only-dependencies', {}, {}, { code: 'missing-file', file: 'stack.yaml' }],
    [
      'a package that is gone',
      'stack build --only-dependencies',
      { '/app/stack.yaml': 'packages: [cart]' },
      {},
      { code: 'missing-file', file: 'cart/package.yaml' },
    ],
    [
      'a snapshot that is gone',
      'stack build --only-dependencies',
      { '/app/stack.yaml': 'resolver: ./s.yaml' },
      {},
      { code: 'missing-file', file: 's.yaml' },
    ],
    [
      'a package.yaml that includes others',
      'stack build --only-dependencies',
      { '/app/stack.yaml': '', '/app/package.yaml': '_c: !include "../c.yaml"' },
      {},
      { code: 'manifest-runs-code', file: 'package.yaml' },
    ],
    [
      'defaults from a file',
      'stack build --only-dependencies',
      { '/app/stack.yaml': '', '/app/package.yaml': 'defaults:\n  local: d.yaml' },
      {},
      { code: 'manifest-runs-code', file: 'package.yaml' },
    ],
    [
      'a broken project',
      'stack setup',
      { '/app/stack.yaml': '- [' },
      {},
      { code: 'unreadable-manifest', file: 'stack.yaml' },
    ],
    ['an unknown argument', 'stack build --only-dependencies $X', APP, {}, { code: 'unknown-argument' }],
    [
      'an unknown variable',
      'stack setup',
      APP,
      { env: { STACK_YAML: undefined } },
      { code: 'unknown-argument', text: 'STACK_YAML' },
    ],
  ])('refuses %s', (_, text, texts, changes, reason) => {
    expect(run(text, texts, changes).effect).toMatchObject({ known: false, role: 'install', reason })
  })

  test('other commands', () => {
    for (const text of ['stack build', 'stack install --copy-bins', 'stack test --coverage'])
      expect(run(text).effect).toEqual({ known: false, role: 'build' })
    expect(run('stack exec shop').effect).toEqual({ known: false })
    expect(run('stack update').effect).toMatchObject({ known: true, role: 'tool' })
    expect(run('stack --version').effect).toMatchObject({ role: 'none' })
    expect(stack.fetch).toBeUndefined()
  })
})
