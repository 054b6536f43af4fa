import { describe, expect, test } from 'vitest'
import { zig } from '../../src/ecosystems/zig/index.ts'
import { parseZon } from '../../src/ecosystems/zig/parse-zon.ts'
import { toCommand } from '../effects/to-command.ts'
import { fakeFiles, type FakeOptions } from './fake-files.ts'
import type { Effect, WriteEffect } from '../../src/model/types.ts'

type Texts = Readonly<Record<string, string>>
type Changes = Parameters<typeof toCommand>[1]

const ZON = `.{
    .name = .shop,
    .version = "0.1.0",
    .fingerprint = 0x1234, // Changing this has security implications.
    .dependencies = .{
        .@"zig-clap" = .{
            .url = "https://github.com/Hejsil/zig-clap/archive/0.9.1.tar.gz",
            .hash = "1220abc",
            .lazy = true,
        },
        .cart = .{ .path = "libs/cart" },
    },
    .paths = .{ "build.zig", "src", "" },
}
`
const APP: Texts = {
  '/app/build.zig': '',
  '/app/build.zig.zon': ZON,
  '/app/libs/cart/build.zig': '',
  '/app/libs/cart/build.zig.zon':
    '.{ .name = "cart", .dependencies = .{ .base = .{ .path = "../base" } }, .paths = .{""} }',
  '/app/src/main.zig': '',
}

function run(text: string, texts: Texts = APP, changes: Changes = {}, options: FakeOptions = {}) {
  const { files, looks } = fakeFiles(texts, options)
  const effect = zig.resolve(toCommand(text, changes), files)
  return { effect, ...looks() }
}

function writesOf(effect: Effect | undefined): readonly WriteEffect[] {
  if (effect?.known !== true) throw new Error(`not known: ${JSON.stringify(effect)}`)
  return effect.writes
}

function fetchStep(text: string, texts: Texts = APP, changes: Changes = {}) {
  const { files } = fakeFiles(texts)
  return zig.fetch?.(toCommand(text, changes), files)
}

describe('zig build --fetch', () => {
  test.each([
    'zig build --fetch',
    'zig build --fetch=all -Doptimize=ReleaseFast',
    '/opt/zig/zig build --fetch --build-file build.zig',
  ])('%s', (text) => {
    const { effect, found } = run(text)
    expect(effect).toMatchObject({ known: true, role: 'fetch', env: 'all-but-stamps' })
    expect(found).toEqual(['/app/build.zig', '/app/build.zig.zon', '/app/libs/cart/build.zig.zon'])
    expect(writesOf(effect)).toEqual([
      { tree: '/root/.cache/zig', mode: 'merge', allow: 'cache' },
      { tree: '/app/.zig-cache', mode: 'merge', allow: 'cache', ignore: '**/.zig-cache' },
      { tree: '/app/zig-cache', mode: 'merge', allow: 'cache', ignore: '**/zig-cache' },
      { tree: '/app/zig-pkg', mode: 'merge', allow: 'warm-up', ignore: '**/zig-pkg' },
    ])
  })

  test('finds the package above the directory, and the caches that are set', () => {
    const { effect, found } = run('zig build --fetch --global-cache-dir /zig', APP, {
      cwd: '/app/src',
      env: { ZIG_LOCAL_CACHE_DIR: '/tmp/zig' },
    })
    expect(found).toContain('/app/build.zig.zon')
    expect(writesOf(effect)).toEqual([
      { tree: '/zig', mode: 'merge', allow: 'cache' },
      { tree: '/tmp/zig', mode: 'merge', allow: 'cache' },
    ])
  })

  test.each<[string, string, Texts, unknown]>([
    [
      'no build.zig',
      'zig build --fetch',
      { '/app/build.zig.zon': ZON },
      { code: 'missing-file', file: 'build.zig' },
    ],
    [
      'a manifest that is not understood',
      'zig build --fetch',
      { ...APP, '/app/build.zig.zon': '.{ .name = }' },
      { code: 'unreadable-manifest', file: 'build.zig.zon' },
    ],
    [
      'a package on the disk',
      'zig build --fetch',
      { ...APP, '/app/build.zig.zon': '.{ .dependencies = .{ .a = .{ .url = "file:///a.tar" } } }' },
      { code: 'local-dependency', dependency: 'file:///a.tar' },
    ],
    ['an unknown argument', 'zig build --fetch $X', APP, { code: 'unknown-argument' }],
    [
      'a change of the manifest',
      'zig fetch --save https://x.com/a.tar.gz',
      APP,
      { code: 'edits-manifest', file: 'build.zig.zon' },
    ],
  ])('refuses %s', (_, text, texts, reason) => {
    expect(run(text, texts).effect).toMatchObject({ known: false, role: 'install', reason })
  })

  test('other commands', () => {
    for (const text of ['zig build', 'zig build test', 'zig build-exe src/main.zig'])
      expect(run(text).effect).toEqual({ known: false, role: 'build' })
    expect(run('zig fetch https://x.com/a.tar.gz').effect).toMatchObject({ known: true, role: 'download' })
    expect(run('zig fetch ./a').effect).toEqual({ known: false })
    expect(run('zig version').effect).toMatchObject({ role: 'none' })
    expect(run('zig init').effect).toEqual({ known: false })
  })
})

describe('the fetch step', () => {
  test.each<[string, string, Changes]>([
    ['zig build', 'zig build --fetch || true', {}],
    ['zig build install -Doptimize=ReleaseSafe --summary all', 'zig build --fetch || true', {}],
    [
      '/opt/zig/zig build --global-cache-dir /zig --unheard-of x',
      '/opt/zig/zig build --fetch --global-cache-dir /zig || true',
      {},
    ],
    [
      'zig build --build-file /app/build.zig',
      'zig build --fetch --build-file /app/build.zig || true',
      { cwd: '/tmp' },
    ],
  ])('of %s', (text, command, changes) => {
    expect(fetchStep(text, APP, changes)).toEqual({ command, cwd: changes?.cwd ?? '/app' })
  })

  test.each<[string, string, Texts, unknown]>([
    ['another command', 'zig version', APP, undefined],
    ['no package', 'zig build', {}, undefined],
    [
      'only path dependencies',
      'zig build',
      { ...APP, '/app/build.zig.zon': '.{ .dependencies = .{ .cart = .{ .path = "libs/cart" } } }' },
      undefined,
    ],
    [
      'an unknown build file',
      'zig build --build-file $X',
      APP,
      { code: 'unknown-argument', text: 'zig build --build-file $X' },
    ],
  ])('not for %s', (_, text, texts, expected) => {
    expect(fetchStep(text, texts)).toEqual(expected)
  })
})

test.each<[string, unknown]>([
  ['.{}', new Map()],
  [
    '.{ 1, "a\\"b", .c }',
    new Map([
      ['0', '1'],
      ['1', 'a"b'],
      ['2', '.c'],
    ]),
  ],
  ['.{ .a = .{ .b = true }, }', new Map([['a', new Map([['b', 'true']])]])],
  ['.{ .a = \\\\line\n }', new Map([['a', 'line\n ']])],
  ['.{ .a', undefined],
  ['.{ .a = 1 .b = 2 }', undefined],
  ['.{} trailing', undefined],
])('parses %s', (text, value) => {
  expect(parseZon(text)).toEqual(value)
})
