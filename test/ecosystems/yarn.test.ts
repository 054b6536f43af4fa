import { describe, expect, test } from 'vitest'
import { yarn } from '../../src/ecosystems/yarn/index.ts'
import { fakeCommand, fakeFiles, type FakeOptions } from './fake-files.ts'
import type { Effect, WriteEffect } from '../../src/model/types.ts'

type Json = Record<string, unknown>

const PACKAGE = { name: 'shop', dependencies: { express: '^4.0.0' } }
const LOCK = '# yarn lockfile v1\n\n\n"express@^4.0.0", express@^4.1.0:\n  version "4.18.2"\n'

function project(manifest: Json = {}, more: Record<string, string> = {}): Record<string, string> {
  return {
    '/app/package.json': JSON.stringify({ ...PACKAGE, ...manifest }),
    '/app/yarn.lock': LOCK,
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
  const effect = yarn.resolve(fakeCommand(text, where), fake.files)
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

describe('Yarn 1', () => {
  test.each([
    'yarn',
    'yarn install',
    'yarnpkg install',
    'yarn install --frozen-lockfile --production=false --network-timeout 100000',
    'yarn --pure-lockfile --non-interactive',
    'yarn --cwd /app',
    'yarn --cwd . install --prod',
    'corepack yarn install',
    'npx yarn@1.22.19 install',
  ])('%s', (text) => {
    const { effect, looks } = run(text, project())
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect(writesOf(effect)).toContainEqual(MODULES)
    expect(writesOf(effect)).toContainEqual({
      tree: '/usr/local/share/.cache/yarn',
      mode: 'merge',
      allow: 'cache',
    })
    expect(looks.found).toEqual(['/app/package.json', '/app/yarn.lock'])
    expect(looks.paths).toEqual(
      expect.arrayContaining(['/app/.yarnrc', '/app/.npmrc', '/app/.yarnrc.yml', '/package.json', '/.npmrc']),
    )
  })

  test.each([
    'yarn build',
    'yarn run x',
    'yarn test',
    'yarn set version 4',
    'yarn workspace a install',
    'yarn config set cafile a',
  ])('%s as unknown', (text) => {
    expect(run(text, project()).effect).toEqual({ known: false })
  })

  test('its tools', () => {
    expect(run('yarn --version', project()).effect).toMatchObject({ role: 'none' })
    expect(writesOf(run('yarn global add serve', {}).effect)).toContainEqual({ system: true })
    expect(writesOf(run('yarn cache clean', {}).effect)).toEqual([
      { tree: '/usr/local/share/.cache/yarn', mode: 'merge', allow: 'cache' },
    ])
    expect(writesOf(run('yarn config set registry https://x', {}).effect)).toEqual([
      { path: '/root/.yarnrc' },
    ])
    // It takes its version from the project.
    expect(run('yarn global add serve', project()).looks.found).toContain('/app/package.json')
  })

  test('caches and folders that are set', () => {
    const user = { user: 'node', home: '/home/node' }
    const home = { tree: '/home/node/.cache/yarn', mode: 'merge', allow: 'cache' }
    expect(writesOf(run('yarn', project(), {}, user).effect)).toContainEqual(home)
    const set = run(
      'yarn --modules-folder /deps/node_modules',
      project(),
      {},
      { env: { YARN_CACHE_FOLDER: '/c' } },
    )
    expect(writesOf(set.effect)).toContainEqual({ ...MODULES, tree: '/deps/node_modules' })
    expect(writesOf(set.effect)).toContainEqual({ tree: '/c', mode: 'merge', allow: 'cache' })
  })

  test('refuses an offline mirror with an archive that an install removes', () => {
    const files = project(
      {},
      {
        '/app/.yarnrc': 'yarn-offline-mirror "./mirror"\nyarn-offline-mirror-pruning true\n',
        '/app/mirror/ms-2.1.3.tgz': '',
      },
    )
    expect(reasonOf(run('yarn', files).effect)).toEqual({
      code: 'tracked-output',
      path: 'mirror/ms-2.1.3.tgz',
    })
  })

  test('reads what .yarnrc names', () => {
    const files = project(
      {},
      {
        '/app/.yarnrc': 'yarn-path ".yarn/releases/yarn-1.22.0.cjs"\nyarn-offline-mirror "./mirror"\n',
        '/app/.yarn/releases/yarn-1.22.0.cjs': '',
        '/app/mirror/a.tgz': '',
      },
    )
    const { looks } = run('yarn', files)
    expect(looks.found).toEqual(
      expect.arrayContaining(['/app/.yarnrc', '/app/.yarn/releases/yarn-1.22.0.cjs']),
    )
    expect(looks.trees).toContain('/app/mirror')
  })

  test('runs prepare, but not in production', () => {
    const files = project({ scripts: { prepare: 'tsc' } })
    expect(reasonOf(run('yarn', files).effect)).toMatchObject({ code: 'lifecycle-script', script: 'prepare' })
    for (const text of [
      'yarn --production',
      'yarn --prod',
      'yarn install --production true',
      'yarn --ignore-scripts',
    ]) {
      expect(run(text, files).effect).toMatchObject({ known: true })
    }
    expect(run('yarn', files, {}, { env: { NODE_ENV: 'production' } }).effect).toMatchObject({ known: true })
    const both = run('yarn --production=false', files, {}, { env: { NODE_ENV: 'production' } })
    expect(reasonOf(both.effect)).toMatchObject({ code: 'lifecycle-script' })
    const install = project({ scripts: { postinstall: 'tsc' } })
    expect(reasonOf(run('yarn --production', install).effect)).toMatchObject({ script: 'postinstall' })
  })

  test('refuses native addons', () => {
    expect(reasonOf(run('yarn', project({}, { '/app/binding.gyp': '' })).effect)).toMatchObject({
      code: 'native-addon',
    })
  })

  describe('workspaces', () => {
    const files = project(
      { workspaces: { packages: ['packages/*'], nohoist: ['**/x'] } },
      {
        '/app/packages/a/package.json': JSON.stringify({
          name: 'a',
          dependencies: { b: '1.0.0' },
          workspaces: ['in/*'],
        }),
        '/app/packages/a/in/c/package.json': '{"name":"c"}',
        '/app/packages/b/package.json': JSON.stringify({
          name: 'b',
          version: '1.0.0',
          scripts: { prepare: 'tsc' },
        }),
      },
    )

    test('reads all manifests, nested ones too', () => {
      const { effect, looks } = run('yarn --frozen-lockfile', files)
      expect(looks.found).toEqual(
        expect.arrayContaining([
          '/app/packages/a/package.json',
          '/app/packages/a/in/c/package.json',
          '/app/packages/b/package.json',
        ]),
      )
      expect(writesOf(effect)).toContainEqual({ ...MODULES, tree: '/app/packages/b/node_modules' })
    })

    test('a member that depends on another is in sync', () => {
      expect(writesOf(run('yarn', files).effect).filter((write) => 'path' in write)).toEqual([])
    })

    test('in a member, installs the root and runs the scripts of the member', () => {
      const { effect, looks } = run('yarn', files, {}, { cwd: '/app/packages/b' })
      expect(looks.found).toContain('/app/yarn.lock')
      expect(reasonOf(effect)).toMatchObject({ code: 'lifecycle-script', file: 'packages/b/package.json' })
      expect(writesOf(run('yarn', files, {}, { cwd: '/app/packages/a/in/c' }).effect)).toBeDefined()
    })
  })

  test.each([
    ['in sync', 'yarn', {}, {}, []],
    ['frozen', 'yarn --frozen-lockfile', { dependencies: { a: '1' } }, {}, []],
    ['pure', 'yarn --pure-lockfile', { dependencies: { a: '1' } }, {}, []],
    [
      'frozen by .yarnrc',
      'yarn',
      { dependencies: { a: '1' } },
      { '/app/.yarnrc': '--install.frozen-lockfile true' },
      [],
    ],
    ['stale', 'yarn', { dependencies: { a: '1' } }, {}, [{ path: '/app/yarn.lock', allow: 'lockfile' }]],
    ['resolved', 'yarn', { dependencies: { express: '1' }, resolutions: { express: '^4.0.0' } }, {}, []],
    ['links', 'yarn', { dependencies: { a: 'link:./a' } }, {}, []],
  ])('lockfile: %s', (_, text, manifest: Json, more: Record<string, string>, expected) => {
    const { effect } = run(text, project(manifest, more))
    expect(writesOf(effect).filter((write) => 'path' in write)).toEqual(expected)
  })

  test('lockfile: absent', () => {
    const files = { '/app/package.json': '{}' }
    expect(writesOf(run('yarn', files).effect)).toContainEqual({ path: '/app/yarn.lock' })
    const reason = { code: 'missing-file', file: 'yarn.lock', command: 'yarn --frozen-lockfile' }
    expect(reasonOf(run('yarn --frozen-lockfile', files).effect)).toEqual(reason)
  })

  test('copies local packages, but links links', () => {
    const lib = { '/app/lib/package.json': '{}', '/app/lib/index.js': '' }
    expect(run('yarn', project({ dependencies: { lib: 'file:lib' } }, lib)).looks.trees).toContain('/app/lib')
    const link = run('yarn', project({ dependencies: { '@': 'link:./src' } }))
    expect(link.effect).toMatchObject({ known: true })
    expect(link.looks.trees).not.toContain('/app/src')
    const member = project({ workspaces: ['lib'], dependencies: { lib: 'file:lib' } }, lib)
    expect(run('yarn', member).looks.trees).toContain('/app/lib')
  })

  test('corepack may pin its version in the manifest', () => {
    const shim = { kinds: { '/usr/local/bin/yarn': 'unknown' } } as const
    const pin = { path: '/app/package.json', allow: 'lockfile' }
    expect(writesOf(run('yarn', project(), shim).effect)).toContainEqual(pin)
    expect(writesOf(run('yarn', project()).effect)).not.toContainEqual(pin)
    const pinned = project({ packageManager: 'yarn@1.22.22' })
    expect(writesOf(run('yarn', pinned, shim).effect)).not.toContainEqual(pin)
    const off = run('yarn', project(), shim, { env: { COREPACK_ENABLE_AUTO_PIN: '0' } })
    expect(writesOf(off.effect)).not.toContainEqual(pin)
  })

  test.each<[string, Record<string, string>, FakeOptions, unknown]>([
    [
      'yarn add express',
      project(),
      {},
      { code: 'edits-manifest', command: 'yarn add express', file: 'package.json' },
    ],
    ['yarn install ?', project(), {}, { code: 'unknown-argument', text: 'yarn install ?' }],
    ['yarn', {}, {}, { code: 'missing-file', file: 'package.json', command: 'yarn' }],
    ['yarn', project(), { kinds: { '/app/yarn.lock': 'symlink' } }, { code: 'symlink', file: 'yarn.lock' }],
    ['yarn', project(), { kinds: { '/app/.npmrc': 'unknown' } }, { code: 'changed-input', file: '.npmrc' }],
    [
      'yarn',
      project({ dependencies: { a: 'file:../a' } }),
      {},
      { code: 'outside-context', file: 'package.json', dependency: 'file:../a' },
    ],
  ])('refuses %s (%#)', (text, files, options, reason) => {
    expect(run(text, files, options).effect).toEqual({ known: false, role: 'install', reason })
  })

  test('refuses a manifest that cannot be read', () => {
    const { effect } = run('yarn', { '/app/package.json': '{,}' })
    expect(reasonOf(effect)).toMatchObject({ code: 'unreadable-manifest', file: 'package.json' })
  })
})

describe('Yarn 2 and later', () => {
  const lock = `# This file is generated by running "yarn install" inside your project.

__metadata:
  version: 8
  cacheKey: 10c0

"express@npm:^4.0.0":
  version: 4.18.2

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    express: "npm:^4.0.0"
  languageName: unknown
`
  const manifest = { ...PACKAGE, packageManager: 'yarn@4.1.0' }
  const modern = (more: Record<string, string> = {}, changes: Json = {}): Record<string, string> => ({
    '/app/package.json': `${JSON.stringify({ ...manifest, ...changes }, undefined, 2)}\n`,
    '/app/yarn.lock': lock,
    '/app/.yarnrc.yml': 'nodeLinker: node-modules\nyarnPath: .yarn/releases/yarn-4.1.0.cjs\n',
    '/app/.yarn/releases/yarn-4.1.0.cjs': '',
    ...more,
  })

  test.each([
    'yarn',
    'yarn install --immutable',
    'yarn workspaces focus --all --production',
    'node .yarn/releases/yarn-4.1.0.cjs install',
  ])('%s', (text) => {
    const { effect, looks } = run(text, modern())
    expect(writesOf(effect)).toContainEqual(MODULES)
    expect(writesOf(effect)).toContainEqual({ tree: '/root/.yarn/berry', mode: 'merge', allow: 'cache' })
    expect(writesOf(effect)).not.toContainEqual(expect.objectContaining({ allow: 'lockfile' }))
    expect([...looks.found].sort()).toEqual(
      expect.arrayContaining(['/app/.yarn/releases/yarn-4.1.0.cjs', '/app/.yarnrc.yml', '/app/package.json']),
    )
  })

  test('runs no prepare', () => {
    expect(run('yarn', modern({}, { scripts: { prepare: 'tsc' } })).effect).toMatchObject({ known: true })
    const post = modern({}, { scripts: { postinstall: 'tsc' } })
    expect(reasonOf(run('yarn', post).effect)).toMatchObject({ code: 'lifecycle-script' })
    expect(run('yarn install --mode=skip-build', post).effect).toMatchObject({ known: true })
  })

  test('reads plugins, patches and a committed cache', () => {
    const { looks } = run(
      'yarn --immutable',
      modern(
        {
          '/app/.yarnrc.yml': 'nodeLinker: node-modules\nplugins:\n  - path: .yarn/plugins/a.cjs\n',
          '/app/.yarn/plugins/a.cjs': '',
          '/app/.yarn/patches/e.patch': '',
          '/app/.yarn/cache/express-npm-4.18.2-bb15ff679a-3c4b9b076a.zip': '',
          '/app/yarn.lock': `${lock}\n"express@npm:4":\n  version: 4.18.2\n  checksum: 10c0/3c4b9b076a1c3b23\n`,
        },
        { resolutions: { express: 'patch:express@npm:4#~/.yarn/patches/e.patch' } },
      ),
    )
    expect(looks.found).toEqual(
      expect.arrayContaining(['/app/.yarn/plugins/a.cjs', '/app/.yarn/patches/e.patch']),
    )
    expect(looks.trees).toEqual(expect.arrayContaining(['/app/.yarn/patches', '/app/.yarn/cache']))
  })

  test('stands for Plug’n’Play with what it writes, unless that is committed', () => {
    const files = modern({ '/app/.yarnrc.yml': '' })
    const { effect } = run('yarn --immutable', files)
    expect(writesOf(effect)).toContainEqual({ path: '/app/.pnp.cjs', ignore: '**/.pnp.cjs' })
    expect(writesOf(effect)).toContainEqual({ tree: '/root/.yarn/berry', mode: 'merge' })
    expect(writesOf(effect)).not.toContainEqual(MODULES)
    const committed = run('yarn', { ...files, '/app/.pnp.cjs': '' })
    expect(reasonOf(committed.effect)).toEqual({ code: 'tracked-output', path: '.pnp.cjs' })
  })

  test('an immutable install that may not change a committed .pnp.cjs leaves it alone', () => {
    const files = modern({ '/app/.yarnrc.yml': "immutablePatterns: ['**/.pnp.*']\n", '/app/.pnp.cjs': '' })
    const { effect, looks } = run('yarn --immutable', files)
    expect(looks.found).toContain('/app/.pnp.cjs')
    expect(JSON.stringify(writesOf(effect))).not.toContain('.pnp.cjs')
    expect(reasonOf(run('yarn', files).effect)).toMatchObject({ code: 'tracked-output' })
    // By default no file is forbidden to change.
    const other = { ...files, '/app/.yarnrc.yml': '' }
    expect(reasonOf(run('yarn --immutable', other).effect)).toMatchObject({ code: 'tracked-output' })
  })

  test('a committed cache with an archive that an install removes', () => {
    const old = { '/app/.yarn/cache/ms-npm-2.1.2-ec0c1512ff-a437714e2f.zip': '' }
    const { effect } = run('yarn', modern({ '/app/.yarnrc.yml': 'nodeLinker: node-modules\n', ...old }))
    expect(reasonOf(effect)).toEqual({
      code: 'tracked-output',
      path: '.yarn/cache/ms-npm-2.1.2-ec0c1512ff-a437714e2f.zip',
    })
  })

  test('a lockfile of Yarn 1, which it takes over', () => {
    expect(reasonOf(run('yarn', modern({ '/app/yarn.lock': LOCK })).effect)).toEqual({
      code: 'unreadable-manifest',
      file: 'yarn.lock',
      problem: 'it is one of Yarn 1',
    })
  })

  test('focus reads the lockfile, and leaves it and the manifests alone', () => {
    const files = modern(
      { '/app/package.json': JSON.stringify(manifest) },
      { dependencies: { express: '^5.0.0' } },
    )
    const { effect, looks } = run('yarn workspaces focus --all', files)
    expect(looks.found).toContain('/app/yarn.lock')
    expect(writesOf(effect).filter(({ allow }) => allow === 'lockfile')).toEqual([])
    const { '/app/yarn.lock': _, ...unlocked } = files
    expect(reasonOf(run('yarn workspaces focus', unlocked).effect)).toMatchObject({ code: 'missing-file' })
  })

  test('yarnPath says which Yarn it is', () => {
    const files = modern({
      '/app/.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-1.22.22.cjs\n',
      '/app/.yarn/releases/yarn-1.22.22.cjs': '',
    })
    expect(writesOf(run('yarn', files).effect)).toContainEqual({
      tree: '/usr/local/share/.cache/yarn',
      mode: 'merge',
      allow: 'cache',
    })
  })

  test('rewrites a stale lockfile, and manifests that are not formatted', () => {
    const stale = modern({}, { dependencies: { express: '^5.0.0' } })
    expect(writesOf(run('yarn', stale).effect)).toContainEqual({ path: '/app/yarn.lock', allow: 'lockfile' })
    const loose = modern({ '/app/package.json': JSON.stringify(manifest) })
    const write = { path: '/app/package.json', allow: 'lockfile' }
    expect(writesOf(run('yarn --immutable', loose).effect)).toContainEqual(write)
  })

  test('needs a lockfile to be immutable', () => {
    const { '/app/yarn.lock': _, ...files } = modern()
    expect(reasonOf(run('yarn --immutable', files).effect)).toMatchObject({
      code: 'missing-file',
      file: 'yarn.lock',
    })
    expect(writesOf(run('yarn', files).effect)).toContainEqual({ path: '/app/yarn.lock' })
    expect(reasonOf(run('yarn', files, {}, { env: { CI: 'true' } }).effect)).toMatchObject({
      code: 'missing-file',
    })
  })

  test.each([
    ['exec: runs code', modern({}, { dependencies: { a: 'exec:./a.js' } }), 'lifecycle-script'],
    [
      'constraints',
      modern({ '/app/.yarnrc.yml': 'enableConstraintsChecks: true', '/app/yarn.config.cjs': '' }),
      'reads-sources',
    ],
    ['broken settings', modern({ '/app/.yarnrc.yml': 'a: [' }), 'unreadable-manifest'],
    [
      'a release that is not there',
      modern({ '/app/.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-9.cjs' }),
      'missing-file',
    ],
  ])('refuses %s', (_, files, code) => {
    expect(reasonOf(run('yarn', files).effect)).toMatchObject({ code })
  })

  test('its settings belong to the project', () => {
    expect(run('yarn config set registry https://x', modern()).effect).toEqual({ known: false })
  })
})
