import { describe, expect, test } from 'vitest'
import { deno } from '../../src/ecosystems/deno/index.ts'
import { toCommand } from '../effects/to-command.ts'
import { fakeFiles, type FakeOptions } from './fake-files.ts'
import type { Effect, WriteEffect } from '../../src/model/types.ts'

type Texts = Readonly<Record<string, string>>

const LOCK = JSON.stringify({ version: '5', workspace: { dependencies: ['npm:ms@^2.1.3'] } })
const APP: Texts = {
  '/app/deno.json': '{\n  // settings\n  "imports": { "ms": "npm:ms@^2.1.3" },\n}',
  '/app/deno.lock': LOCK,
  '/app/main.ts': 'import ms from "ms"',
}

function run(
  text: string,
  texts: Texts,
  where: Parameters<typeof toCommand>[1] = {},
  options: FakeOptions = {},
) {
  const fake = fakeFiles(texts, options)
  const effect = deno.resolve(toCommand(text, where), fake.files)
  return { effect, looks: fake.looks() }
}

function writesOf(effect: Effect | undefined): readonly WriteEffect[] {
  if (effect?.known !== true) throw new Error(`not known: ${JSON.stringify(effect)}`)
  return effect.writes
}

const MODULES = { tree: '/app/node_modules', mode: 'merge', ignore: '**/node_modules' }

describe('recognises', () => {
  test.each([
    'deno install',
    'deno i',
    'deno ci',
    'deno install --frozen',
    'deno install --frozen=false --quiet',
    'deno install --lock=deno.lock --node-modules-dir=none',
    'deno install --config deno.json --unstable-kv -r',
    '/usr/bin/deno install',
    'npx deno install',
  ])('%s', (text) => {
    const { effect, looks } = run(text, APP)
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect([...looks.found].sort()).toEqual(['/app/deno.json', '/app/deno.lock'])
    expect(looks.paths).toEqual(
      expect.arrayContaining(['/app/package.json', '/app/.npmrc', '/app/tsconfig.json', '/deno.json']),
    )
    expect(writesOf(effect)).toEqual([
      { tree: '/deno-dir', mode: 'merge' },
      { tree: '/root/.cache/deno', mode: 'merge' },
    ])
  })

  test.each([
    'deno run main.ts',
    'deno task build',
    'deno compile main.ts',
    'deno install --lockfile-only',
    'deno upgrade',
    'deno uninstall -g x',
  ])('%s as unknown', (text) => {
    expect(run(text, APP).effect).toEqual({ known: false })
  })

  test('its tools', () => {
    const { effect } = run('deno install -g -A npm:cowsay', {}, { env: { DENO_DIR: '/d' } })
    expect(effect).toMatchObject({ known: true, role: 'tool' })
    expect(writesOf(effect)).toContainEqual({ tree: '/d', mode: 'merge' })
    expect(run('deno install -g main.ts', {}).effect).toEqual({ known: false })
    expect(run('deno --version', {}).effect).toMatchObject({ role: 'none' })
    expect(run('./deno install', { '/app/deno': '' }).effect).toBeUndefined()
  })
})

describe('reads', () => {
  test('the workspace around, each member, import maps and what tsconfig.json extends', () => {
    const files = {
      '/app/deno.json': '{ "workspace": ["./packages/*"], "importMap": "./imports.json" }',
      '/app/imports.json': '{ "imports": { "@/": "./src/" } }',
      '/app/deno.lock': '{ "version": "5" }',
      '/app/.npmrc': '',
      '/app/tsconfig.json': '{ "extends": "./base.json" }',
      '/app/base.json': '{}',
      '/app/src/deno.json': '{}',
      '/app/src/a.ts': '',
      '/app/packages/api/deno.json': '{ "exports": "./mod.ts" }',
      '/app/packages/api/mod.ts': '',
      '/app/packages/web/package.json': '{}',
      '/app/packages/web/main.ts': '',
    }
    const expected = Object.keys(files).filter((path) => !path.endsWith('.ts'))
    expect([...run('deno ci', files).looks.found].sort()).toEqual(expected.sort())
    expect([...run('deno ci', files, { cwd: '/app/packages/api' }).looks.found].sort()).toEqual(
      expected.sort(),
    )
  })

  test('files that options and variables name', () => {
    const { looks } = run('deno install --env-file=ci.env --cert ca.pem', {
      ...APP,
      '/app/ci.env': '',
      '/app/ca.pem': '',
    })
    expect(looks.found).toEqual(expect.arrayContaining(['/app/ci.env', '/app/ca.pem']))
  })

  test.each([
    'deno cache deps.ts',
    'deno install --entrypoint deps.ts',
    'deno cache --reload https://deno.land/std/http/server.ts',
  ])('%s, without imports of the project', (text) => {
    const { effect, looks } = run(text, {
      ...APP,
      '/app/deps.ts': 'export * from "https://x.com/a.ts"\nexport { default } from "ms"',
    })
    expect(effect).toMatchObject({ known: true, role: 'install' })
    expect(looks.found).not.toContain('/app/main.ts')
  })
})

describe('writes', () => {
  test('node_modules beside a package.json, or where the config asks for it', () => {
    expect(writesOf(run('deno install', { ...APP, '/app/package.json': '{}' }).effect)).toContainEqual(
      MODULES,
    )
    expect(
      writesOf(run('deno install', { '/app/deno.json': '{ "nodeModulesDir": "auto" }' }).effect),
    ).toContainEqual(MODULES)
    expect(writesOf(run('deno install --vendor', APP).effect)).toEqual(
      expect.arrayContaining([MODULES, { tree: '/app/vendor', mode: 'merge', ignore: 'vendor' }]),
    )
  })

  test.each<[string, string, WriteEffect | undefined]>([
    ['a lockfile that fits', LOCK, undefined],
    [
      'a lockfile that does not',
      JSON.stringify({ version: '5', workspace: { dependencies: ['npm:ms@^1'] } }),
      { path: '/app/deno.lock', allow: 'lockfile' },
    ],
    ['an old lockfile', JSON.stringify({ version: '3' }), { path: '/app/deno.lock', allow: 'lockfile' }],
  ])('%s', (_, lock, write) => {
    const files = { ...APP, '/app/deno.lock': lock }
    const writes = writesOf(run('deno install', files).effect).filter((item) => 'path' in item)
    expect(writes).toEqual(write === undefined ? [] : [write])
    expect(writesOf(run('deno install --frozen', files).effect).filter((item) => 'path' in item)).toEqual([])
  })

  test('a lockfile that fits the file of an import map', () => {
    const files = {
      '/app/deno.json': '{ "importMap": "./map.json" }',
      '/app/map.json': '{ "imports": { "ms": "npm:ms@^2.1.3" } }',
      '/app/deno.lock': LOCK,
    }
    const writes = writesOf(run('deno install', files).effect)
    expect(writes.filter((item) => 'path' in item)).toEqual([])
    const other = { ...files, '/app/map.json': '{ "imports": { "ms": "npm:ms@^1" } }' }
    expect(writesOf(run('deno install', other).effect)).toContainEqual({
      path: '/app/deno.lock',
      allow: 'lockfile',
    })
  })

  test('a lockfile that is missing, unless there is to be none', () => {
    const files = { '/app/deno.json': '{}', '/app/package-lock.json': '{}' }
    const { effect, looks } = run('deno install', files)
    // Its versions are those of the other lockfile.
    expect(writesOf(effect)).toContainEqual({ path: '/app/deno.lock', allow: 'lockfile' })
    expect(writesOf(run('deno install', { '/app/deno.json': '{}' }).effect)).toContainEqual({
      path: '/app/deno.lock',
    })
    expect(looks.found).toContain('/app/package-lock.json')
    expect(JSON.stringify(writesOf(run('deno install --no-lock', files).effect))).not.toContain('deno.lock')
    expect(writesOf(run('deno install', { '/app/deno.json': '{ "lock": "x.lock" }' }).effect)).toContainEqual(
      { path: '/app/x.lock' },
    )
  })
})

describe('refuses', () => {
  test.each<[string, string, Texts, unknown]>([
    ['a package that is added', 'deno add npm:ms', APP, { code: 'edits-manifest', file: 'deno.json' }],
    ['install of a package', 'deno install npm:ms', APP, { code: 'edits-manifest' }],
    ['no config', 'deno install', {}, { code: 'missing-file' }],
    ['no lockfile', 'deno ci', { '/app/deno.json': '{}' }, { code: 'missing-file', command: 'deno ci' }],
    [
      'a lockfile that must be there',
      'deno install',
      { '/app/deno.json': '{ "lock": { "frozen": true } }' },
      { code: 'missing-file' },
    ],
    ['an unknown argument', 'deno install $X', APP, { code: 'unknown-argument', text: 'deno install $X' }],
    ['code that is loaded first', 'deno install --preload setup.ts', APP, { code: 'unknown-argument' }],
    [
      'an import map entry in the sources',
      'deno install',
      { '/app/deno.json': '{ "imports": { "m": "./src/m.ts" } }', '/app/src/m.ts': '' },
      { code: 'reads-sources', path: 'src/m.ts' },
    ],
    [
      'an entry point',
      'deno cache main.ts',
      { ...APP, '/app/main.ts': 'import "./a.ts"' },
      { code: 'reads-sources', path: 'main.ts' },
    ],
    [
      'a computed import',
      'deno install -e main.ts',
      { ...APP, '/app/main.ts': 'await import(name)' },
      { code: 'reads-sources', path: 'main.ts' },
    ],
    [
      'a linked package',
      'deno install',
      { '/app/deno.json': '{ "links": ["../lib"] }' },
      { code: 'local-dependency', file: 'deno.json', dependency: '../lib' },
    ],
    [
      'an allowed lifecycle script',
      'deno install --allow-scripts',
      { ...APP, '/app/package.json': '{ "scripts": { "postinstall": "tsc" } }' },
      { code: 'lifecycle-script', script: 'postinstall' },
    ],
    [
      'a broken config',
      'deno install',
      { '/app/deno.json': '{' },
      { code: 'unreadable-manifest', file: 'deno.json' },
    ],
  ])('%s', (_, text, texts, reason) => {
    const { effect } = run(text, texts)
    expect(effect).toMatchObject({ known: false, role: 'install', reason })
  })

  test('no script that is not allowed', () => {
    const files = { ...APP, '/app/package.json': '{ "scripts": { "postinstall": "tsc" } }' }
    expect(run('deno install', files).effect).toMatchObject({ known: true })
  })
})
