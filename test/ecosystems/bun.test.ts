import { describe, expect, test } from 'vitest'
import { bun } from '../../src/ecosystems/bun/index.ts'
import { toCommand } from '../effects/to-command.ts'
import { fakeFiles, type FakeOptions } from './fake-files.ts'
import type { Effect, WriteEffect } from '../../src/model/types.ts'

type Texts = Readonly<Record<string, string>>

const PACKAGE = { name: 'shop', dependencies: { ms: '^2.1.3' } }

/** As Bun writes it: JSON with trailing commas. */
const LOCK = `{
  "lockfileVersion": 1,
  "configVersion": 0,
  "workspaces": {
    "": {
      "name": "shop",
      "dependencies": {
        "ms": "^2.1.3",
      },
    },
  },
  "packages": {
    "ms": ["ms@2.1.3", "", {}, "sha512-6Fl=="],
  }
}
`

function project(manifest: Record<string, unknown> = {}, more: Texts = {}): Texts {
  return {
    '/app/package.json': JSON.stringify({ ...PACKAGE, ...manifest }),
    '/app/bun.lock': LOCK,
    '/app/src/server.ts': '',
    ...more,
  }
}

function run(
  text: string,
  texts: Texts,
  options: FakeOptions = {},
  where: Parameters<typeof toCommand>[1] = {},
) {
  const fake = fakeFiles(texts, options)
  const effect = bun.resolve(toCommand(text, where), fake.files)
  return { effect, looks: fake.looks() }
}

function writesOf(effect: Effect | undefined): readonly WriteEffect[] {
  if (effect?.known !== true) throw new Error(`not known: ${JSON.stringify(effect)}`)
  return effect.writes
}

function reasonOf(text: string, texts: Texts, options: FakeOptions = {}) {
  const { effect } = run(text, texts, options)
  return effect?.known === false ? effect.reason : effect
}

const MODULES = { tree: '/app/node_modules', mode: 'merge', ignore: '**/node_modules' }
const CACHE = { tree: '/root/.bun/install/cache', mode: 'merge', allow: 'cache' }

describe('recognises', () => {
  test.each([
    'bun install',
    'bun i --frozen-lockfile',
    'bun install --production --ignore-scripts',
    'bun install -p --omit dev --omit=optional',
    'bun ci',
    'bun --cwd /app install',
    'bun install --cwd=. --backend hardlink --no-progress',
    'bun install --filter shop --no-save',
    '/usr/local/bin/bun install',
    'npx bun install',
    'npx bun@1.2 i',
  ])('%s', (text) => {
    const { effect, looks } = run(text, project())
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect(writesOf(effect)).toEqual(expect.arrayContaining([MODULES, CACHE]))
    expect([...looks.found].sort()).toEqual(['/app/bun.lock', '/app/package.json'])
    expect(looks.paths).toEqual(
      expect.arrayContaining([
        '/package.json',
        '/app/.env',
        '/app/.env.production',
        '/app/bunfig.toml',
        '/app/.npmrc',
        '/root/.bunfig.toml',
      ]),
    )
  })

  test.each([
    'bun run build',
    'bun build src/server.ts',
    'bun test',
    'bun src/server.ts',
    'bun x tsc',
    'bun install --dry-run',
    'bun install --lockfile-only',
    'bun install --analyze',
    'bun install -g',
    'bun pm ls',
  ])('%s as unknown', (text) => {
    expect(run(text, project()).effect).toEqual({ known: false })
  })

  test('its tools', () => {
    expect(run('bun add -g turbo', {}).effect).toMatchObject({ known: true, role: 'tool' })
    expect(run('bun install --global turbo@2', {}).effect).toMatchObject({ known: true, role: 'tool' })
    expect(writesOf(run('bun pm cache rm', {}).effect)).toEqual([CACHE])
    expect(run('bun --version', {}).effect).toMatchObject({ known: true, role: 'none' })
    expect(run('bunx tsc', {}).effect).toBeUndefined()
    expect(run('npm ci', {}).effect).toBeUndefined()
  })
})

describe('reads', () => {
  test('settings and variables of the project', () => {
    const files = project(
      {},
      {
        '/app/bunfig.toml': '[install]\ncafile = "certs/ca.pem"\n',
        '/app/certs/ca.pem': '',
        '/app/.npmrc': '',
        '/app/.env': 'NPM_CONFIG_REGISTRY=https://npm.example.com\n',
        '/app/.env.production': '',
        '/app/.env.local': '',
        '/app/.env.example': '',
      },
    )
    expect([...run('bun install', files).looks.found].sort()).toEqual([
      '/app/.env',
      '/app/.env.local',
      '/app/.env.production',
      '/app/.npmrc',
      '/app/bun.lock',
      '/app/bunfig.toml',
      '/app/certs/ca.pem',
      '/app/package.json',
    ])
    expect(run('bun install', files).looks.paths).toContain('/app/binding.gyp')
    expect(run('bun install --no-env-file', files).looks.paths).not.toContain('/app/.env')
    expect(run('bun install --env-file ci.env', { ...files, '/app/ci.env': '' }).looks.found).toContain(
      '/app/ci.env',
    )
  })

  test('each member of a workspace, its executables, patches and catalogs', () => {
    const files = {
      '/app/package.json': JSON.stringify({
        name: 'shop',
        workspaces: { packages: ['packages/*'], catalog: { react: '^19' } },
        patchedDependencies: { 'ms@2.1.3': 'patches/ms.patch' },
      }),
      '/app/packages/api/package.json':
        '{ "name": "api", "bin": { "api": "cli.js" }, "dependencies": { "react": "catalog:" } }',
      '/app/packages/api/cli.js': '',
      '/app/packages/api/src/main.ts': '',
      '/app/patches/ms.patch': '',
      '/app/bun.lock': '{}',
    }
    const { effect, looks } = run('bun install --frozen-lockfile', files)
    expect([...looks.found].sort()).toEqual([
      '/app/bun.lock',
      '/app/package.json',
      '/app/packages/api/cli.js',
      '/app/packages/api/package.json',
      '/app/patches/ms.patch',
    ])
    expect(writesOf(effect)).toContainEqual({ ...MODULES, tree: '/app/packages/api/node_modules' })
    expect(run('bun install', files, {}, { cwd: '/app/packages/api' }).looks.found).toContain(
      '/app/package.json',
    )
  })

  test('the lockfiles that it starts from when it has none', () => {
    const files = { '/app/package.json': '{}', '/app/package-lock.json': '{}', '/app/yarn.lock': '' }
    expect(run('bun install', files).looks.found).toEqual(
      expect.arrayContaining(['/app/package-lock.json', '/app/yarn.lock']),
    )
    expect(writesOf(run('bun install', files).effect)).toContainEqual({
      path: '/app/bun.lock',
      allow: 'lockfile',
    })
    expect(run('bun install', { ...files, '/app/bun.lockb': '\0' }).looks.found).not.toContain(
      '/app/yarn.lock',
    )
  })
})

describe('writes', () => {
  const rewritten = { path: '/app/bun.lock', allow: 'lockfile' }

  test('the lockfile, when there is none and it is not frozen', () => {
    const bare = { '/app/package.json': '{}' }
    expect(writesOf(run('bun install', bare).effect)).toContainEqual({ path: '/app/bun.lock' })
    for (const text of [
      'bun ci',
      'bun install --frozen-lockfile',
      'bun install --production',
      'bun install --no-save',
    ]) {
      expect(writesOf(run(text, bare).effect)).not.toContainEqual({ path: '/app/bun.lock' })
    }
  })

  test.each<[string, Record<string, unknown>, boolean]>([
    ['fits', {}, false],
    ['another version of the project', { version: '9.9.9', scripts: { build: 'tsc' } }, false],
    ['another range', { dependencies: { ms: '^3.0.0' } }, true],
    ['one more dependency', { devDependencies: { typescript: '^5' } }, true],
    ['an override', { overrides: { ms: '2.1.2' } }, true],
    ['a trusted dependency', { trustedDependencies: ['ms'] }, true],
  ])('a lockfile: %s', (_, manifest, stale) => {
    const writes = writesOf(run('bun install', project(manifest)).effect)
    if (stale) expect(writes).toContainEqual(rewritten)
    else expect(writes).not.toContainEqual(rewritten)
    expect(writesOf(run('bun ci', project(manifest)).effect)).not.toContainEqual(rewritten)
  })

  test('a lockfile of an earlier version, to which Bun adds a field', () => {
    const files = project({})
    const lock = (files['/app/bun.lock'] ?? '').replace('"configVersion": 0,', '')
    expect(writesOf(run('bun install', { ...files, '/app/bun.lock': lock }).effect)).toContainEqual(rewritten)
  })

  test('a binary lockfile that cannot be compared', () => {
    const files = { '/app/package.json': '{}', '/app/bun.lockb': '\0' }
    expect(writesOf(run('bun install', files).effect)).toContainEqual({
      path: '/app/bun.lockb',
      allow: 'lockfile',
    })
    expect(writesOf(run('bun install --frozen-lockfile', files).effect)).not.toContainEqual({
      path: '/app/bun.lockb',
      allow: 'lockfile',
    })
  })

  test.each<[Record<string, string>, string]>([
    [{ BUN_INSTALL_CACHE_DIR: '/cache' }, '/cache'],
    [{ BUN_INSTALL: '/opt/bun' }, '/opt/bun/install/cache'],
    [{ XDG_CACHE_HOME: '/x' }, '/x/.bun/install/cache'],
  ])('the cache of %j', (env, tree) => {
    expect(writesOf(run('bun ci', project(), {}, { env }).effect)).toContainEqual({ ...CACHE, tree })
  })

  test('no mere cache when node_modules links into it', () => {
    const writes = writesOf(run('bun ci --backend=symlink', project()).effect)
    expect(writes).toContainEqual({ tree: '/root/.bun/install/cache', mode: 'merge' })
  })
})

describe('refuses', () => {
  test.each<[string, string, Texts, unknown]>([
    [
      'a package that is added',
      'bun add ms',
      project(),
      { code: 'edits-manifest', command: 'bun add ms', file: 'package.json' },
    ],
    [
      'install of a package',
      'bun i ms',
      project(),
      { code: 'edits-manifest', command: 'bun i ms', file: 'package.json' },
    ],
    [
      'no manifest',
      'bun install',
      {},
      { code: 'missing-file', file: 'package.json', command: 'bun install' },
    ],
    [
      'an unknown argument',
      'bun install $FLAGS',
      project(),
      { code: 'unknown-argument', text: 'bun install $FLAGS' },
    ],
    [
      'a lifecycle script',
      'bun ci --production',
      project({ scripts: { prepare: 'tsc' } }),
      { code: 'lifecycle-script', file: 'package.json', script: 'prepare', command: 'tsc' },
    ],
    [
      'an addon',
      'bun ci',
      project({}, { '/app/binding.gyp': '{}' }),
      { code: 'native-addon', file: 'binding.gyp' },
    ],
    [
      'a local package around the project',
      'bun ci',
      project({ dependencies: { shop: 'file:.' } }),
      { code: 'local-dependency', file: 'package.json', dependency: 'file:.' },
    ],
    [
      'a local catalog entry that is gone',
      'bun ci',
      project({ catalog: { ui: 'file:./ui' } }),
      { code: 'missing-file', file: '/app/ui', command: 'bun ci' },
    ],
    [
      'a patch that is gone',
      'bun ci',
      project({ patchedDependencies: { ms: 'ms.patch' } }),
      { code: 'missing-file', file: '/app/ms.patch', command: 'bun ci' },
    ],
    [
      'a broken bunfig',
      'bun ci',
      project({}, { '/app/bunfig.toml': '[' }),
      { code: 'unreadable-manifest', file: 'bunfig.toml' },
    ],
    [
      'a broken lockfile',
      'bun ci',
      project({}, { '/app/bun.lock': '<<<<' }),
      { code: 'unreadable-manifest', file: 'bun.lock' },
    ],
    [
      'a scanner of the project',
      'bun ci',
      project({}, { '/app/bunfig.toml': '[install.security]\nscanner = "./scan.ts"' }),
      { code: 'reads-sources', path: './scan.ts' },
    ],
    [
      "pnpm's lockfile, from which it edits package.json",
      'bun install',
      { '/app/package.json': '{}', '/app/pnpm-lock.yaml': '' },
      { code: 'edits-manifest', command: 'bun install', file: 'package.json' },
    ],
  ])('%s', (_, text, texts, reason) => {
    const expected = reason as { file?: string }
    const file = expected.file?.replace('/app/', '')
    expect(reasonOf(text, texts)).toMatchObject({
      ...expected,
      ...(file === undefined ? {} : { file: expect.stringContaining(file) }),
    })
  })

  test('links and files that a command changed', () => {
    expect(reasonOf('bun ci', project(), { kinds: { '/app/.env': 'symlink' } })).toEqual({
      code: 'symlink',
      file: '.env',
    })
    expect(reasonOf('bun ci', project(), { kinds: { '/app/bunfig.toml': 'unknown' } })).toEqual({
      code: 'changed-input',
      file: 'bunfig.toml',
    })
  })

  test('scripts only where they run', () => {
    const files = project({ scripts: { prepare: 'tsc' } })
    expect(run('bun ci --ignore-scripts', files).effect).toMatchObject({ known: true })
    expect(run('bun install --filter api', files).effect).toMatchObject({ known: true })
    expect(run('bun install --filter *', files).effect).toMatchObject({ known: false })
  })
})
