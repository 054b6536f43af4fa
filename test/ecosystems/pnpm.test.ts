import { describe, expect, test } from 'vitest'
import { pnpm } from '../../src/ecosystems/pnpm/index.ts'
import { fakeCommand, fakeFiles, type FakeOptions } from './fake-files.ts'
import type { Effect, WriteEffect } from '../../src/model/types.ts'

type Json = Record<string, unknown>

const PACKAGE = { name: 'shop', dependencies: { express: '^4.0.0' } }
const LOCK = `lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      express:
        specifier: ^4.0.0
        version: 4.18.2

packages:

  express@4.18.2: {}
`

/** A lockfile that states one more thing about its settings. */
function lockWith(text: string): string {
  return LOCK.replace('\nimporters:', `\n${text}\n\nimporters:`)
}

/** SHA-256 of nothing. */
const EMPTY_HEX = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const EMPTY_BASE64 = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='

function project(manifest: Json = {}, more: Record<string, string> = {}): Record<string, string> {
  return {
    '/app/package.json': JSON.stringify({ ...PACKAGE, ...manifest }),
    '/app/pnpm-lock.yaml': LOCK,
    '/app/src/server.js': '',
    ...more,
  }
}

function run(
  text: string,
  texts: Record<string, string>,
  options: FakeOptions = {},
  where: Parameters<typeof fakeCommand>[1] = {},
) {
  const fake = fakeFiles(texts, options)
  const effect = pnpm.resolve(fakeCommand(text, where), fake.files)
  return { effect, looks: fake.looks() }
}

function writesOf(effect: Effect | undefined): readonly WriteEffect[] {
  if (effect?.known !== true) throw new Error(`not known: ${JSON.stringify(effect)}`)
  return effect.writes
}

function reasonOf(effect: Effect | undefined) {
  return effect?.known === false ? effect.reason : effect
}

const MODULES = { tree: '/app/node_modules', mode: 'merge', ignore: '**/node_modules' }

describe('recognises', () => {
  test.each([
    'pnpm install',
    'pnpm i --frozen-lockfile --prod',
    'pnpm ci',
    'pnpm -r i',
    'pnpm recursive install',
    'pnpm --filter shop... install --prefer-offline',
    'pnpm -C /app install',
    'pnpm --dir . i',
    'pnpm install --reporter=append-only --config.foo=bar',
    'corepack pnpm install',
    'npx pnpm@8 i',
  ])('%s', (text) => {
    const { effect, looks } = run(text, project())
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect(writesOf(effect)).toContainEqual(MODULES)
    expect(writesOf(effect)).toContainEqual({
      tree: '/root/.local/share/pnpm',
      mode: 'merge',
      allow: 'cache',
    })
    expect([...looks.found].sort()).toEqual(['/app/package.json', '/app/pnpm-lock.yaml'])
    expect(looks.paths).toEqual(
      expect.arrayContaining([
        '/app/.npmrc',
        '/app/pnpm-workspace.yaml',
        '/pnpm-workspace.yaml',
        '/app/.pnpmfile.cjs',
      ]),
    )
  })

  test.each([
    'pnpm build',
    'pnpm run build',
    'pnpm deploy --filter shop /out',
    'pnpm prune --prod',
    'pnpm rebuild',
    'pnpm exec tsc',
    'pnpm install --lockfile-only',
    'pnpm install -g',
    'pnpm add -g ./tool',
    'pnpm config set store-dir /app/x',
  ])('%s as unknown', (text) => {
    expect(run(text, project()).effect).toEqual({ known: false })
  })

  test('its tools', () => {
    const { effect } = run('pnpm add -g turbo', {}, {}, { env: { PNPM_HOME: '/pnpm' } })
    expect(effect).toMatchObject({ known: true, role: 'tool' })
    expect(writesOf(effect)).toEqual(
      expect.arrayContaining([{ system: true }, { tree: '/pnpm', mode: 'merge' }]),
    )
    // The version may come from the project.
    expect(run('pnpm add -g turbo', project()).looks.found).toEqual(['/app/package.json'])
    expect(writesOf(run('pnpm config set registry https://x', {}).effect)).toContainEqual({
      path: '/root/.npmrc',
    })
    expect(run('pnpm --version', {}).effect).toMatchObject({ role: 'none' })
  })
})

describe('reads', () => {
  test('settings, hooks and patches', () => {
    const files = project(
      { pnpm: { patchedDependencies: { a: 'patches/a.patch' } } },
      {
        '/app/.npmrc': 'node-linker=hoisted',
        '/app/.pnpmfile.cjs': 'module.exports = { hooks: {} }',
        '/app/patches/a.patch': '',
        '/app/pnpm-workspace.yaml': 'patchedDependencies:\n  b: patches/b.patch\n',
        '/app/patches/b.patch': '',
      },
    )
    const { effect, looks } = run('pnpm i --frozen-lockfile', files)
    expect(effect).toMatchObject({ known: true })
    expect(looks.found).toEqual(
      expect.arrayContaining(Object.keys(files).filter((path) => !path.startsWith('/app/src'))),
    )
    expect(looks.trees).toEqual(['/app/node_modules'])
  })

  test('each of several files of hooks', () => {
    const { looks } = run('pnpm i', {
      ...project(),
      '/app/pnpm-workspace.yaml': 'pnpmfile: [hooks/a.cjs, hooks/b.cjs]\n',
      '/app/hooks/a.cjs': '',
      '/app/hooks/b.cjs': '',
    })
    expect(looks.found).toEqual(expect.arrayContaining(['/app/hooks/a.cjs', '/app/hooks/b.cjs']))
  })

  test('misspelled workspace files, which pnpm refuses', () => {
    expect(run('pnpm i', project({}, { '/app/pnpm-workspace.yml': '' })).looks.found).toContain(
      '/app/pnpm-workspace.yml',
    )
  })

  test('folders that settings move', () => {
    const files = project({}, { '/app/.npmrc': 'store-dir=/store\nvirtual-store-dir=.pnpm\n' })
    expect(writesOf(run('pnpm i', files).effect)).toEqual(
      expect.arrayContaining([
        { tree: '/store', mode: 'merge', allow: 'cache' },
        { tree: '/app/.pnpm', mode: 'merge' },
      ]),
    )
    const home = run('pnpm i', project(), {}, { env: { PNPM_HOME: '/pnpm' } })
    expect(writesOf(home.effect)).toContainEqual({ tree: '/pnpm/store', mode: 'merge', allow: 'cache' })
  })
})

describe('workspaces', () => {
  const files = {
    '/app/package.json': '{"name":"root","private":true}',
    '/app/pnpm-workspace.yaml': "packages:\n  - 'packages/*'\n  - '!packages/old'\n",
    '/app/pnpm-lock.yaml': LOCK,
    '/app/packages/api/package.json': JSON.stringify({ name: 'api', dependencies: { lib: 'workspace:*' } }),
    '/app/packages/api/src/index.ts': '',
    '/app/packages/lib/package.yaml': 'name: lib\nbin: cli.js\n',
    '/app/packages/lib/cli.js': '',
    '/app/packages/old/package.json': '{}',
  }

  test('reads every member, from the root and from a member', () => {
    for (const cwd of ['/app', '/app/packages/api']) {
      const { effect, looks } = run('pnpm i --frozen-lockfile', files, {}, { cwd })
      expect(looks.found).toEqual(
        expect.arrayContaining(Object.keys(files).filter((path) => !/\/(src|old)\//.test(path))),
      )
      expect(looks.found).not.toContain('/app/packages/api/src/index.ts')
      expect(looks.found).not.toContain('/app/packages/old/package.json')
      expect(writesOf(effect)).toContainEqual({ ...MODULES, tree: '/app/packages/api/node_modules' })
      expect(writesOf(effect)).toContainEqual({ path: '/app/packages/lib/cli.js' })
    }
  })

  test('can be ignored', () => {
    const { looks } = run('pnpm i --ignore-workspace', files, {}, { cwd: '/app/packages/api' })
    expect(looks.found).toEqual(['/app/packages/api/package.json'])
  })

  test('a package that the workspace does not name is not known', () => {
    const { effect } = run('pnpm i', files, {}, { cwd: '/app/packages/old' })
    expect(reasonOf(effect)).toEqual({
      code: 'unreadable-manifest',
      file: 'pnpm-workspace.yaml',
      problem: 'it does not name packages/old',
    })
  })

  test('a production install of version 11 and later prepares no package', () => {
    const scripts = (manager: string): Record<string, string> => ({
      '/app/package.json': JSON.stringify({ packageManager: manager, scripts: { prepare: 'tsc' } }),
      '/app/pnpm-lock.yaml': "lockfileVersion: '9.0'\nimporters: { .: {} }\n",
    })
    expect(run('pnpm i --prod', scripts('pnpm@11.2.0')).effect).toMatchObject({ known: true })
    expect(reasonOf(run('pnpm i --prod', scripts('pnpm@10.2.0')).effect)).toMatchObject({
      code: 'lifecycle-script',
    })
    expect(reasonOf(run('pnpm i', scripts('pnpm@11.2.0')).effect)).toMatchObject({ code: 'lifecycle-script' })
  })

  test('a store that node_modules links into is no mere cache', () => {
    const linked = { ...files, '/app/pnpm-workspace.yaml': 'packages: []\nenableGlobalVirtualStore: true\n' }
    const store = { tree: '/root/.local/share/pnpm', mode: 'merge' }
    expect(writesOf(run('pnpm i', linked).effect)).toContainEqual(store)
    expect(writesOf(run('pnpm i', files).effect)).toContainEqual({ ...store, allow: 'cache' })
  })

  test('an empty file means every package', () => {
    const all = { ...files, '/app/pnpm-workspace.yaml': '# all\n' }
    expect(run('pnpm i', all).looks.finds).toEqual(['/app/**/{package.json,package.json5,package.yaml}'])
    const settings = { ...files, '/app/pnpm-workspace.yaml': 'nodeLinker: hoisted\n' }
    expect(run('pnpm i', settings).looks.finds).toEqual([])
  })

  test.each([
    ['marked', { dependenciesMeta: { lib: { injected: true } } }, ''],
    ['by a setting', {}, 'injectWorkspacePackages: true\n'],
  ])('refuses injected packages: %s', (_, changes, settings) => {
    const injected = {
      ...files,
      '/app/packages/api/package.json': JSON.stringify({ dependencies: { lib: 'workspace:*' }, ...changes }),
      '/app/pnpm-workspace.yaml': `packages: ['packages/*']\n${settings}`,
    }
    const reason = { code: 'injected-dependency', file: 'packages/api/package.json', dependency: 'lib' }
    expect(reasonOf(run('pnpm i', injected).effect)).toEqual(reason)
  })

  test('runs prepare of members, not with scripts off', () => {
    const scripts = { ...files, '/app/packages/api/package.json': '{"scripts":{"prepare":"tsc"}}' }
    expect(reasonOf(run('pnpm i --frozen-lockfile --prod', scripts).effect)).toMatchObject({
      code: 'lifecycle-script',
      file: 'packages/api/package.json',
    })
    expect(run('pnpm i --frozen-lockfile --ignore-scripts', scripts).effect).toMatchObject({ known: true })
  })

  test('may have lockfiles of their own', () => {
    const own = { ...files, '/app/.npmrc': 'shared-workspace-lockfile=false' }
    expect(writesOf(run('pnpm i', own).effect)).toContainEqual({ path: '/app/packages/api/pnpm-lock.yaml' })
  })
})

describe('lockfiles', () => {
  const rewritten = [{ path: '/app/pnpm-lock.yaml', allow: 'lockfile' }]
  test.each<[string, string, Record<string, string>, unknown[]]>([
    ['in sync', 'pnpm i', project(), []],
    ['frozen', 'pnpm i --frozen-lockfile', project({ dependencies: {} }), []],
    ['stale', 'pnpm i', project({ dependencies: { express: '^5.0.0' } }), rewritten],
    ['too much in it', 'pnpm i', project({ dependencies: {} }), rewritten],
    [
      'overridden',
      'pnpm i',
      project(
        { dependencies: { express: '4' }, pnpm: { overrides: { express: '^4' } } },
        { '/app/pnpm-lock.yaml': lockWith('overrides: { express: ^4 }') },
      ),
      [],
    ],
    ['another override', 'pnpm i', project({ pnpm: { overrides: { ms: '2.1.3' } } }), rewritten],
    ['hooks that it does not state', 'pnpm i', project({}, { '/app/.pnpmfile.cjs': '' }), rewritten],
    [
      'hooks that it states',
      'pnpm i',
      project(
        {},
        {
          '/app/.pnpmfile.cjs': '',
          '/app/pnpm-lock.yaml': lockWith(`pnpmfileChecksum: sha256-${EMPTY_BASE64}`),
        },
      ),
      [],
    ],
    [
      'a patch of another content',
      'pnpm i',
      project(
        { pnpm: { patchedDependencies: { express: 'a.patch' } } },
        {
          '/app/a.patch': 'x',
          '/app/pnpm-lock.yaml': lockWith(`patchedDependencies: { express: { hash: ${EMPTY_HEX} } }`),
        },
      ),
      rewritten,
    ],
    [
      'a patch that it states',
      'pnpm i',
      project(
        { pnpm: { patchedDependencies: { express: 'a.patch' } } },
        {
          '/app/a.patch': '',
          '/app/pnpm-lock.yaml': lockWith(`patchedDependencies: { express: { hash: ${EMPTY_HEX} } }`),
        },
      ),
      [],
    ],
    [
      'a catalog that has moved on',
      'pnpm i',
      project(
        {},
        {
          '/app/pnpm-workspace.yaml': 'catalog: { ms: ^3 }\n',
          '/app/pnpm-lock.yaml': lockWith('catalogs: { default: { ms: { specifier: ^2 } } }'),
        },
      ),
      rewritten,
    ],
    [
      'another setting',
      'pnpm i',
      project(
        {},
        {
          '/app/.npmrc': 'auto-install-peers=false',
          '/app/pnpm-lock.yaml': lockWith('settings: { autoInstallPeers: true }'),
        },
      ),
      rewritten,
    ],
    ['old format', 'pnpm i', project({}, { '/app/pnpm-lock.yaml': LOCK.replace('9.0', '6.0') }), rewritten],
    [
      'old format of an old pnpm',
      'pnpm i',
      project({ packageManager: 'pnpm@8.6.0' }, { '/app/pnpm-lock.yaml': LOCK.replace('9.0', '6.0') }),
      [],
    ],
    ['off', 'pnpm i', project({ dependencies: {} }, { '/app/.npmrc': 'lockfile=false' }), []],
    [
      'two documents',
      'pnpm i',
      project({}, { '/app/pnpm-lock.yaml': `---\nlockfileVersion: '9.0'\n---\n${LOCK}` }),
      [],
    ],
  ])('%s', (_, text, files, expected) => {
    expect(writesOf(run(text, files).effect).filter((write) => 'path' in write)).toEqual(expected)
  })

  test('absent', () => {
    const files = { '/app/package.json': '{}' }
    expect(writesOf(run('pnpm i', files).effect)).toContainEqual({ path: '/app/pnpm-lock.yaml' })
    for (const text of ['pnpm i --frozen-lockfile', 'pnpm ci', 'pnpm fetch']) {
      const reason = { code: 'missing-file', file: 'pnpm-lock.yaml', command: text }
      expect(reasonOf(run(text, files).effect)).toEqual(reason)
    }
  })
})

describe('pnpm fetch', () => {
  test('needs no manifest', () => {
    const { effect, looks } = run('pnpm fetch --prod', { '/app/pnpm-lock.yaml': LOCK })
    expect(effect).toMatchObject({ known: true, role: 'fetch' })
    expect(writesOf(effect)).toContainEqual(MODULES)
    expect(looks.found).toEqual(['/app/pnpm-lock.yaml'])
  })

  test('runs no scripts of the project', () => {
    expect(run('pnpm fetch', project({ scripts: { prepare: 'tsc' } })).effect).toMatchObject({ known: true })
  })
})

describe('refuses', () => {
  test.each<[string, Record<string, string>, FakeOptions, unknown]>([
    [
      'pnpm add express',
      project(),
      {},
      { code: 'edits-manifest', command: 'pnpm add express', file: 'package.json' },
    ],
    [
      'pnpm i express',
      project(),
      {},
      { code: 'edits-manifest', command: 'pnpm i express', file: 'package.json' },
    ],
    ['pnpm i ?', project(), {}, { code: 'unknown-argument', text: 'pnpm i ?' }],
    ['pnpm i', {}, {}, { code: 'missing-file', file: 'package.json', command: 'pnpm i' }],
    [
      'pnpm i',
      project(),
      { kinds: { '/app/pnpm-lock.yaml': 'symlink' } },
      { code: 'symlink', file: 'pnpm-lock.yaml' },
    ],
    ['pnpm i', project(), { kinds: { '/app/.npmrc': 'unknown' } }, { code: 'changed-input', file: '.npmrc' }],
    [
      'pnpm i',
      project({ pnpm: { patchedDependencies: { a: 'patches/a.patch' } } }),
      {},
      { code: 'missing-file', file: 'patches/a.patch', command: 'pnpm i' },
    ],
    [
      'pnpm i',
      project({}, { '/app/.pnpmfile.cjs': "require('./hooks')" }),
      {},
      { code: 'reads-sources', text: 'pnpm i', path: '.pnpmfile.cjs' },
    ],
    ['pnpm i', project({}, { '/app/binding.gyp': '' }), {}, { code: 'native-addon', file: 'binding.gyp' }],
    [
      'pnpm i',
      project({}, { '/app/.npmrc': 'git-branch-lockfile=true' }),
      {},
      { code: 'reads-sources', text: 'pnpm i', path: '.git' },
    ],
    [
      'pnpm i',
      { '/app/package.json5': '{}' },
      {},
      { code: 'unreadable-manifest', file: 'package.json5', problem: 'JSON5 is not supported' },
    ],
  ])('%s (%#)', (text, files, options, reason) => {
    expect(run(text, files, options).effect).toEqual({ known: false, role: 'install', reason })
  })

  test.each([
    ['/app/package.json', '{'],
    ['/app/pnpm-workspace.yaml', 'packages: [a'],
    ['/app/pnpm-lock.yaml', 'importers: {'],
  ])('%s of %j', (path, text) => {
    const { effect } = run('pnpm i', project({}, { [path]: text }))
    expect(reasonOf(effect)).toMatchObject({ code: 'unreadable-manifest', file: path.slice(5) })
  })

  test('local copies take the whole directory, links do not', () => {
    const lib = { '/app/lib/package.json': '{"bin":"cli.js"}', '/app/lib/cli.js': '' }
    expect(run('pnpm i', project({ dependencies: { lib: 'file:lib' } }, lib)).looks.trees).toContain(
      '/app/lib',
    )
    const link = run('pnpm i', project({ dependencies: { lib: 'link:lib' } }, lib)).looks
    expect(link.trees).not.toContain('/app/lib')
    expect(link.found).toContain('/app/lib/cli.js')
    const catalog = { ...lib, '/app/pnpm-workspace.yaml': 'catalog:\n  lib: file:./lib\n' }
    expect(run('pnpm i', project({}, catalog)).looks.trees).toContain('/app/lib')
  })

  test('reads the schema for the Prisma client, which generates itself', () => {
    const prisma = { '/app/prisma/schema.prisma': 'generator c {\n provider = "node x.js"\n}' }
    const reason = { code: 'prisma-generator', file: 'prisma/schema.prisma' }
    const old = project({ dependencies: { '@prisma/client': '^6.0.0' } }, prisma)
    expect(reasonOf(run('pnpm i', old).effect)).toEqual(reason)
    const later = project({ dependencies: { '@prisma/client': '^7.0.0' } }, prisma)
    expect(run('pnpm i', later).effect).toMatchObject({ known: true })
  })
})
