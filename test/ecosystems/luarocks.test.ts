import { describe, expect, test } from 'vitest'
import { luarocks } from '../../src/ecosystems/luarocks/index.ts'
import { toCommand } from '../effects/to-command.ts'
import { fakeFiles, type FakeOptions } from './fake-files.ts'
import type { Effect, WriteEffect } from '../../src/model/types.ts'

type Texts = Readonly<Record<string, string>>
type Changes = Parameters<typeof toCommand>[1]

const APP: Texts = { '/app/shop-1.0-1.rockspec': 'package = "shop"', '/app/src/shop.lua': '' }

function run(text: string, texts: Texts = APP, changes: Changes = {}, options: FakeOptions = {}) {
  const { files, looks } = fakeFiles(texts, options)
  const effect = luarocks.resolve(toCommand(text, changes), files)
  return { effect, ...looks() }
}

function writesOf(effect: Effect | undefined): readonly WriteEffect[] {
  if (effect?.known !== true) throw new Error(`not known: ${JSON.stringify(effect)}`)
  return effect.writes
}

const USER = { tree: '/root/.luarocks', mode: 'merge' }
const CACHE = { tree: '/root/.cache/luarocks', mode: 'merge', allow: 'cache' }

describe('luarocks', () => {
  test.each([
    'luarocks install --only-deps shop-1.0-1.rockspec',
    'luarocks install --deps-only ./shop-1.0-1.rockspec OPENSSL_DIR=/usr',
    'luarocks make --only-deps',
    'luarocks --lua-version=5.4 build --only-deps shop-1.0-1.rockspec',
    'luarocks build shop-1.0-1.rockspec',
  ])('%s', (text) => {
    const { effect, found, paths, trees } = run(text)
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect(found).toEqual(['/app/shop-1.0-1.rockspec'])
    expect(paths).toEqual(expect.arrayContaining(['/app/luarocks.lock', '/app/.luarocks-no-project']))
    expect(trees).toEqual(['/app/.luarocks', '/root/.luarocks'])
    expect(writesOf(effect)).toEqual([{ system: true }, USER, CACHE])
  })

  test('the project and its settings', () => {
    const files = { ...APP, '/app/.luarocks/config-5.4.lua': '', '/app/luarocks.lock': '' }
    const { effect, found, trees } = run('luarocks install --only-deps shop-1.0-1.rockspec --pin', files)
    expect(found).toContain('/app/luarocks.lock')
    expect(trees).toContain('/app/.luarocks')
    expect(writesOf(effect)).toEqual([
      { system: true },
      USER,
      { tree: '/app/lua_modules', mode: 'merge', ignore: '**/lua_modules' },
      { path: '/app/luarocks.lock', allow: 'lockfile' },
      CACHE,
    ])
  })

  test('where packages go', () => {
    const place = (text: string) => writesOf(run(text).effect)[0]
    expect(place('luarocks make --only-deps --tree /lua')).toEqual({ tree: '/lua', mode: 'merge' })
    expect(place('luarocks make --only-deps --tree=lua_modules')).toEqual({
      tree: '/app/lua_modules',
      mode: 'merge',
    })
    expect(place('luarocks make --only-deps --local')).toEqual({ tree: '/root/.luarocks', mode: 'merge' })
    expect(writesOf(run('luarocks make --only-deps --pin').effect)).toContainEqual({
      path: '/app/luarocks.lock',
    })
  })

  test.each<[string, string, Texts, unknown]>([
    ['no rockspec', 'luarocks make --only-deps', {}, { code: 'missing-file', file: '*.rockspec' }],
    [
      'a rockspec that is gone',
      'luarocks install --only-deps x.rockspec',
      {},
      { code: 'missing-file', file: 'x.rockspec' },
    ],
    ['the project itself', 'luarocks make', APP, { code: 'installs-project' }],
    [
      'a server on the disk',
      'luarocks install --only-deps --server=./rocks shop-1.0-1.rockspec',
      APP,
      { code: 'unknown-argument' },
    ],
    [
      'a library of the project',
      'luarocks make --only-deps FOO_DIR=deps/foo',
      APP,
      { code: 'unknown-argument' },
    ],
    ['an unknown argument', 'luarocks install --only-deps $X', APP, { code: 'unknown-argument' }],
  ])('refuses %s', (_, text, texts, reason) => {
    expect(run(text, texts).effect).toMatchObject({ known: false, role: 'install', reason })
  })

  test('other commands', () => {
    expect(run('luarocks install lapis 1.16.0').effect).toMatchObject({ known: true, role: 'tool' })
    expect(run('luarocks install https://x.com/a.rockspec').effect).toMatchObject({
      known: true,
      role: 'tool',
    })
    for (const text of ['luarocks remove lapis', 'luarocks config x y', 'luarocks install ./dir'])
      expect(run(text).effect).toEqual({ known: false })
    expect(run('luarocks path').effect).toMatchObject({ role: 'none' })
    expect(luarocks.fetch).toBeUndefined()
  })
})
