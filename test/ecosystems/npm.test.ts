import { describe, expect, test } from 'vitest'
import { npm } from '../../src/ecosystems/npm/index.ts'
import { fakeCommand, fakeFiles, type FakeOptions } from './fake-files.ts'
import type { Effect, WriteEffect } from '../../src/model/types.ts'

type Json = Record<string, unknown>

const LOCK = {
  lockfileVersion: 3,
  packages: { '': { version: '1.0.0', dependencies: { express: '^4.0.0' } } },
}
const PACKAGE = { name: 'shop', version: '1.0.0', dependencies: { express: '^4.0.0' } }

function project(manifest: Json = {}, more: Record<string, string> = {}, lock: Json | 'none' = LOCK) {
  return {
    '/app/package.json': JSON.stringify({ ...PACKAGE, ...manifest }),
    ...(lock === 'none' ? {} : { '/app/package-lock.json': JSON.stringify(lock) }),
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
  const effect = npm.resolve(fakeCommand(text, where), fake.files)
  return { effect, looks: fake.looks() }
}

function writesOf(effect: Effect | undefined): readonly WriteEffect[] {
  if (effect?.known !== true) throw new Error(`not known: ${JSON.stringify(effect)}`)
  return effect.writes
}

function reasonOf(effect: Effect | undefined) {
  return effect?.known === false ? effect.reason : effect
}

const MODULES = { tree: '/app/node_modules', ignore: '**/node_modules' }

describe('recognises', () => {
  test.each([
    'npm ci',
    'npm clean-install --omit=dev',
    'npm ci --production --no-audit --no-fund --ignore-scripts',
    'npm --loglevel error ci',
    'npm --prefix /app ci',
    'npm -C . ci',
    'npx npm@8 ci',
    'npx -y npm@9 ci',
    'corepack npm ci',
  ])('%s', (text) => {
    const { effect, looks } = run(text, project())
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect(writesOf(effect)).toContainEqual({ ...MODULES, mode: 'replace' })
    expect(looks.found).toEqual(['/app/package.json', '/app/package-lock.json'])
    expect(looks.paths).toEqual(
      expect.arrayContaining(['/app/.npmrc', '/app/npm-shrinkwrap.json', '/root/.npmrc']),
    )
  })

  test.each([
    'npm install',
    'npm i',
    'npm isntall --legacy-peer-deps',
    'npm install .',
    'npm i --no-save nodemon',
  ])('%s', (text) => {
    const { effect, looks } = run(text, project())
    expect(writesOf(effect)).toContainEqual({ ...MODULES, mode: 'merge' })
    expect(looks.trees).toContain('/app/node_modules')
  })

  test.each([
    'npm run build',
    'npm test',
    'npm cit',
    'npm prune --production',
    'npm rebuild',
    'npm link',
    'npm pack',
    'npm i --package-lock-only',
    'npm i -g .',
    'npm i -g',
    'npx vite build',
    'npm config set ignore-scripts true',
    'npm config set prefix /opt/npm',
    'npm pkg set scripts.prepare=',
    'npm ? ci',
  ])('%s as unknown', (text) => {
    expect(run(text, project()).effect).toEqual({ known: false })
  })

  test.each(['pip install x', 'yarn', 'npx pnpm@8 i', 'corepack yarn install'])(
    '%s as not its own',
    (text) => {
      expect(run(text, project()).effect).toBeUndefined()
    },
  )

  test('global installs, which read nothing of the project', () => {
    const { effect, looks } = run('npm install -g pnpm@9', project())
    expect(effect).toMatchObject({ known: true, role: 'tool' })
    expect(writesOf(effect)).toContainEqual({ system: true })
    expect(looks.found).toEqual([])
    const prefixed = run('npm i -g serve', {}, {}, { env: { NPM_CONFIG_PREFIX: '/home/node/.npm-global' } })
    expect(writesOf(prefixed.effect)).toContainEqual({ tree: '/home/node/.npm-global', mode: 'merge' })
  })

  test.each([
    ['npm config set registry https://npm.example.org', { path: '/root/.npmrc' }],
    ['npm config set //npm.example.org/:_authToken=abc', { path: '/root/.npmrc' }],
    ['npm config set -g fetch-retries 5', { system: true }],
    ['npm cache clean --force', { tree: '/root/.npm', mode: 'merge', allow: 'cache' }],
    ['corepack enable', { path: '/usr/local/bin/yarn' }],
    ['corepack prepare pnpm@9.1.0 --activate', { tree: '/root/.cache/node/corepack', mode: 'merge' }],
  ])('%s', (text, write) => {
    const { effect, looks } = run(text, project())
    expect(writesOf(effect)).toContainEqual(write)
    expect(looks.found).toEqual([])
  })

  test('global installs of a version that is not known', () => {
    const command = { ...fakeCommand('npm i -g ?'), text: 'npm i -g "pnpm@${PNPM_VERSION}"' }
    expect(npm.resolve(command, fakeFiles({}).files)).toMatchObject({ known: true, role: 'tool' })
    const other = { ...command, text: 'npm i -g $TOOL' }
    expect(npm.resolve(other, fakeFiles({}).files)).toMatchObject({ known: false })
    const prepare = {
      ...fakeCommand('corepack prepare ? --activate'),
      text: 'corepack prepare pnpm@$V --activate',
    }
    expect(npm.resolve(prepare, fakeFiles({}).files)).toMatchObject({ known: true, role: 'tool' })
  })

  test('corepack without a version, which reads the manifest', () => {
    expect(run('corepack install', project()).looks.found).toEqual(['/app/package.json'])
    expect(run('corepack use pnpm@9', project()).effect).toEqual({ known: false })
    expect(run('npm --version', project()).effect).toMatchObject({ known: true, role: 'none' })
  })
})

describe('reads', () => {
  const OPTIONAL = {
    '/app/.npmrc': 'audit=false',
    '/app/npm-shrinkwrap.json': JSON.stringify(LOCK),
    '/app/yarn.lock': '',
  }

  test('every optional file that is there', () => {
    expect(run('npm ci', project({}, OPTIONAL)).looks.found).toEqual(
      expect.arrayContaining([
        '/app/.npmrc',
        '/app/npm-shrinkwrap.json',
        '/app/package-lock.json',
        '/app/yarn.lock',
      ]),
    )
  })

  test('files that settings and variables name', () => {
    const files = project(
      {},
      { '/app/.npmrc': 'cafile=certs/ca.pem', '/app/certs/ca.pem': '', '/app/extra.pem': '' },
    )
    const { looks } = run(
      'npm ci',
      files,
      {},
      { env: { NODE_EXTRA_CA_CERTS: '/app/extra.pem', APP_HOME: '/app/src' } },
    )
    expect(looks.found).toEqual(expect.arrayContaining(['/app/certs/ca.pem', '/app/extra.pem']))
  })

  test.each(['--require /app/src/server.js', '--import=./src/server.js', '-r ./src/server.js'])(
    'refuses NODE_OPTIONS=%s',
    (options) => {
      const { effect } = run('npm ci', project(), {}, { env: { NODE_OPTIONS: options } })
      expect(reasonOf(effect)).toMatchObject({ code: 'reads-sources', path: 'src/server.js' })
    },
  )

  test('accepts a harmless NODE_OPTIONS, and refuses an unknown one', () => {
    const harmless = run('npm ci', project(), {}, { env: { NODE_OPTIONS: '--max-old-space-size=4096' } })
    expect(harmless.effect).toMatchObject({ known: true })
    const unknown = run('npm ci', project(), {}, { env: { NODE_OPTIONS: undefined } })
    expect(reasonOf(unknown.effect)).toEqual({ code: 'unknown-argument', text: 'NODE_OPTIONS' })
  })

  test('patches, and nothing of the sources, for patch-package', () => {
    const files = project(
      { scripts: { postinstall: 'patch-package' } },
      { '/app/patches/express+4.18.2.patch': '' },
    )
    const { effect, looks } = run('npm ci', files)
    expect(effect).toMatchObject({ known: true })
    expect(looks.trees).toEqual(['/app/patches'])
    expect(looks.paths).not.toContain('/app/src/server.js')
    const moved = project(
      { scripts: { postinstall: 'patch-package --patch-dir fixes' } },
      { '/app/fixes/a.patch': '' },
    )
    expect(run('npm ci', moved).looks.trees).toEqual(['/app/fixes'])
    // No patches now: that there are none is an input too.
    expect(run('npm ci', project({ scripts: { postinstall: 'patch-package' } })).looks.paths).toContain(
      '/app/patches',
    )
  })

  test('the user settings that a command wrote, without refusing', () => {
    const { effect, looks } = run('npm ci', project(), { kinds: { '/root/.npmrc': 'unknown' } })
    expect(effect).toMatchObject({ known: true })
    expect(looks.paths).toContain('/root/.npmrc')
  })

  test('a settings file named on the command line', () => {
    const { looks } = run('npm ci --userconfig ci.npmrc', project({}, { '/app/ci.npmrc': '' }))
    expect(looks.found).toContain('/app/ci.npmrc')
  })
})

describe('workspaces', () => {
  const files = {
    ...project({ workspaces: ['packages/*', '!packages/old'] }),
    '/app/packages/api/package.json': JSON.stringify({ name: 'api', bin: { api: 'bin/api.js' } }),
    '/app/packages/api/bin/api.js': '#!/usr/bin/env node',
    '/app/packages/api/src/index.js': '',
    '/app/packages/web/package.json': JSON.stringify({ name: 'web', bin: 'dist/web.js' }),
    '/app/packages/old/package.json': JSON.stringify({ name: 'old', scripts: { prepare: 'tsc' } }),
  }

  test('reads every member, its executables, and looks for addons', () => {
    const { effect, looks } = run('npm ci', files, { executable: ['/app/packages/api/bin/api.js'] })
    expect(looks.found).toEqual([
      '/app/package.json',
      '/app/packages/api/package.json',
      '/app/packages/web/package.json',
      '/app/package-lock.json',
      '/app/packages/api/bin/api.js',
    ])
    expect(looks.paths).toEqual(
      expect.arrayContaining(['/app/packages/api/binding.gyp', '/app/packages/web/dist/web.js']),
    )
    expect(looks.finds).toEqual(['/app/packages/*/package.json !packages/old/package.json'])
    const writes = writesOf(effect)
    expect(writes).toContainEqual({
      tree: '/app/packages/web/node_modules',
      mode: 'merge',
      ignore: '**/node_modules',
    })
    expect(writes).not.toContainEqual({ path: '/app/packages/api/bin/api.js' })
  })

  test('makes an executable that was not one executable', () => {
    expect(writesOf(run('npm ci', files).effect)).toContainEqual({ path: '/app/packages/api/bin/api.js' })
  })

  test('installs the root from the directory of a member', () => {
    const { effect, looks } = run('npm ci', files, {}, { cwd: '/app/packages/api' })
    expect(looks.found).toContain('/app/package-lock.json')
    expect(writesOf(effect)).toContainEqual({ ...MODULES, mode: 'replace' })
  })

  test('does not look above the directory of --prefix', () => {
    const { effect, looks } = run('npm ci --prefix packages/api', files)
    expect(looks.paths).not.toContain('/app/package.json')
    expect(reasonOf(effect)).toMatchObject({ code: 'missing-file', file: 'packages/api/package-lock.json' })
  })

  test('reads the object form, and refuses patterns that managers read differently', () => {
    const object = {
      ...files,
      '/app/package.json': JSON.stringify({ workspaces: { packages: ['./packages/web/'] } }),
    }
    expect(run('npm ci', object).looks.found).toContain('/app/packages/web/package.json')
    const odd = { ...files, '/app/package.json': JSON.stringify({ workspaces: ['packages/@(api|web)'] }) }
    expect(reasonOf(run('npm ci', odd).effect)).toMatchObject({
      code: 'unreadable-manifest',
      file: 'package.json',
    })
  })

  test('refuses a member that is a symbolic link', () => {
    const linked = { ...files, '/app/package.json': JSON.stringify({ workspaces: ['shared'] }) }
    const { effect } = run('npm ci', linked, { kinds: { '/app/shared': 'symlink' } })
    expect(reasonOf(effect)).toEqual({ code: 'symlink', file: 'shared' })
  })

  test('runs the scripts of members, and their prepare even with scripts off', () => {
    const scripts = {
      ...files,
      '/app/packages/web/package.json': JSON.stringify({ scripts: { prepare: 'tsc -b' } }),
    }
    for (const text of ['npm ci', 'npm ci --ignore-scripts']) {
      expect(reasonOf(run(text, scripts).effect)).toEqual({
        code: 'lifecycle-script',
        file: 'packages/web/package.json',
        script: 'prepare',
        command: 'tsc -b',
      })
    }
  })
})

describe('lifecycle scripts', () => {
  test.each([
    'preinstall',
    'install',
    'postinstall',
    'prepublish',
    'preprepare',
    'prepare',
    'postprepare',
    'dependencies',
  ])('runs %s of the root', (script) => {
    const files = project({ scripts: { [script]: 'tsx scripts/setup.ts' } })
    const reason = {
      code: 'lifecycle-script',
      file: 'package.json',
      script,
      command: 'tsx scripts/setup.ts',
    }
    expect(reasonOf(run('npm ci --omit=dev', files).effect)).toEqual(reason)
    expect(run('npm ci --ignore-scripts', files).effect).toMatchObject({ known: true })
  })

  test('honours ignore-scripts of settings and environment, and runs what is not known to be off', () => {
    const scripts = { scripts: { prepare: 'tsc' } }
    expect(run('npm ci', project(scripts, { '/app/.npmrc': 'ignore-scripts=true' })).effect).toMatchObject({
      known: true,
    })
    const env = { env: { npm_config_ignore_scripts: 'true' } }
    expect(run('npm ci', project(scripts), {}, env).effect).toMatchObject({ known: true })
    const unknown = { env: { npm_config_ignore_scripts: undefined } }
    expect(reasonOf(run('npm ci', project(scripts), {}, unknown).effect)).toMatchObject({
      code: 'lifecycle-script',
    })
    const back = run('npm ci --no-ignore-scripts', project(scripts, { '/app/.npmrc': 'ignore-scripts=true' }))
    expect(reasonOf(back.effect)).toMatchObject({ code: 'lifecycle-script' })
  })

  test('looks for the schema of a member in the directory of the install, too', () => {
    const files = project(
      { workspaces: ['db'] },
      {
        '/app/db/package.json': '{"dependencies":{"@prisma/client":"^5"}}',
        '/app/prisma/schema.prisma': '',
        '/app/db/prisma/schema.prisma': '',
      },
    )
    expect(run('npm ci', files).looks.found).toEqual(
      expect.arrayContaining(['/app/prisma/schema.prisma', '/app/db/prisma/schema.prisma']),
    )
  })

  test('refuses native addons, unless scripts are off', () => {
    const files = project({}, { '/app/binding.gyp': '{}' })
    expect(reasonOf(run('npm ci', files).effect)).toEqual({ code: 'native-addon', file: 'binding.gyp' })
    expect(run('npm ci --ignore-scripts', files).effect).toMatchObject({ known: true })
  })

  test('refuses code that npm 12 runs', () => {
    const files = project({}, { '/app/.npm-extension.mjs': '' })
    expect(reasonOf(run('npm ci', files).effect)).toMatchObject({
      code: 'reads-sources',
      path: '.npm-extension.mjs',
    })
  })
})

describe('local dependencies', () => {
  const lib = { '/app/lib/package.json': '{"name":"lib"}', '/app/lib/index.js': '' }
  const on = (spec: string, more: Record<string, string> = {}) =>
    project({ dependencies: { ...PACKAGE.dependencies, lib: spec } }, more)

  test.each(['file:./lib', 'file:lib', './lib', '/app/lib'])('%s reads the whole directory', (spec) => {
    const { effect, looks } = run('npm ci', on(spec, lib))
    expect(effect).toMatchObject({ known: true })
    expect(looks.trees).toEqual(['/app/lib'])
    expect(looks.paths).toContain('/app/lib/package.json')
  })

  test('follows the dependencies and scripts of the local package', () => {
    const nested = {
      ...lib,
      '/app/lib/package.json': '{"dependencies":{"b":"file:../b.tgz"}}',
      '/app/b.tgz': '',
    }
    expect(run('npm ci', on('file:lib', nested)).looks.found).toContain('/app/b.tgz')
    const built = { ...lib, '/app/lib/package.json': '{"scripts":{"prepare":"rollup -c"}}' }
    expect(reasonOf(run('npm ci --ignore-scripts', on('file:lib', built)).effect)).toMatchObject({
      code: 'lifecycle-script',
      file: 'lib/package.json',
    })
  })

  test('knows a workspace member from a copy', () => {
    const files = project({ workspaces: ['lib'], dependencies: { lib: 'file:lib' } }, lib)
    expect(run('npm ci', files).looks.trees).not.toContain('/app/lib')
  })

  test.each([
    ['file:.', { code: 'local-dependency', file: 'package.json', dependency: 'file:.' }],
    ['file:..', { code: 'local-dependency', file: 'package.json', dependency: 'file:..' }],
    ['file:../common', { code: 'outside-context', file: 'package.json', dependency: 'file:../common' }],
    ['file:vendor/a.tgz', { code: 'missing-file', file: 'vendor/a.tgz', command: 'npm ci' }],
    [
      'git+file:///srv/repo',
      { code: 'local-dependency', file: 'package.json', dependency: 'git+file:///srv/repo' },
    ],
  ])('refuses %s', (spec, reason) => {
    expect(reasonOf(run('npm ci', on(spec)).effect)).toEqual(reason)
  })

  test.each(['^1.0.0', '~1.2', 'latest', 'user/repo', 'npm:other@1', 'git+ssh://git@example.org/a.git'])(
    'takes %s for no path',
    (spec) => {
      expect(run('npm ci', on(spec)).effect).toMatchObject({ known: true })
    },
  )

  test('reads what only overrides or the lockfile name', () => {
    const overridden = project({ overrides: { foo: { bar: 'file:./bar.tgz' } } }, { '/app/bar.tgz': '' })
    expect(run('npm ci', overridden).looks.found).toContain('/app/bar.tgz')
    const lock = {
      ...LOCK,
      packages: { ...LOCK.packages, 'node_modules/lib': { resolved: 'lib', link: true } },
    }
    expect(run('npm ci', project({}, lib, lock)).looks.trees).toEqual(['/app/lib'])
    const self = {
      ...LOCK,
      packages: { ...LOCK.packages, 'node_modules/shop': { resolved: '', link: true } },
    }
    expect(reasonOf(run('npm ci', project({}, {}, self)).effect)).toMatchObject({ code: 'local-dependency' })
  })
})

describe('lockfiles', () => {
  const lockWrite = { path: '/app/package-lock.json', allow: 'lockfile' }
  const writes = (text: string, files: Record<string, string>) =>
    writesOf(run(text, files).effect).filter((write) => 'path' in write)

  test.each<[string, string, Record<string, string>, unknown[]]>([
    ['frozen', 'npm ci', project({ dependencies: { express: '^5.0.0' } }), []],
    ['in sync', 'npm i', project(), []],
    ['absent', 'npm i', project({}, {}, 'none'), [{ path: '/app/package-lock.json' }]],
    ['stale', 'npm i', project({ dependencies: { express: '^5.0.0' } }), [lockWrite]],
    ['stale by version', 'npm i', project({ version: '1.0.1' }), [lockWrite]],
    ['old format', 'npm i', project({}, {}, { ...LOCK, lockfileVersion: 1 }), [lockWrite]],
    ['off', 'npm i --no-package-lock', project({ version: '1.0.1' }), []],
    ['not saved', 'npm i --no-save', project({ version: '1.0.1' }), []],
    [
      'beside a yarn.lock',
      'npm i',
      project({}, { '/app/yarn.lock': '' }),
      [{ path: '/app/yarn.lock', allow: 'lockfile' }],
    ],
    [
      'a member unknown',
      'npm i',
      project({ workspaces: ['a'] }, { '/app/a/package.json': '{}' }),
      [lockWrite],
    ],
  ])('%s', (_, text, files, expected) => {
    expect(writes(text, files)).toEqual(expected)
  })

  test('an optional dependency that is listed twice is in sync', () => {
    const optional = {
      dependencies: { express: '^4.0.0', fsevents: '2' },
      optionalDependencies: { fsevents: '2' },
    }
    const lock = {
      ...LOCK,
      packages: { '': { ...LOCK.packages[''], optionalDependencies: { fsevents: '2' } } },
    }
    expect(writes('npm i', project(optional, {}, lock))).toEqual([])
  })
})

describe('refuses', () => {
  test.each<[string, Record<string, string>, FakeOptions, unknown]>([
    [
      'npm i express',
      project(),
      {},
      { code: 'edits-manifest', command: 'npm i express', file: 'package.json' },
    ],
    [
      'npm add -D jest',
      project(),
      {},
      { code: 'edits-manifest', command: 'npm add -D jest', file: 'package.json' },
    ],
    ['npm ci ?', project(), {}, { code: 'unknown-argument', text: 'npm ci ?' }],
    ['npm ci --unheard of', project(), {}, { code: 'unknown-argument', text: 'npm ci --unheard of' }],
    ['npm ci', { '/app/a.js': '' }, {}, { code: 'missing-file', file: 'package.json', command: 'npm ci' }],
    [
      'npm ci',
      { '/app/package.json': '{}' },
      {},
      { code: 'missing-file', file: 'package-lock.json', command: 'npm ci' },
    ],
    [
      'npm ci',
      project(),
      { kinds: { '/app/package.json': 'symlink' } },
      { code: 'symlink', file: 'package.json' },
    ],
    ['npm ci', project(), { kinds: { '/app/.npmrc': 'unknown' } }, { code: 'changed-input', file: '.npmrc' }],
    [
      'npm ci',
      project(),
      { kinds: { '/app/package-lock.json': 'unknown' } },
      { code: 'changed-input', file: 'package-lock.json' },
    ],
  ])('%s (%#)', (text, files, options, reason) => {
    const { effect } = run(text, files, options)
    expect(effect).toEqual({ known: false, role: 'install', reason })
  })

  test.each(['{', '[]', '"x"', 'null', ''])('a package.json of %j', (text) => {
    const { effect } = run('npm ci', { '/app/package.json': text })
    expect(reasonOf(effect)).toMatchObject({ code: 'unreadable-manifest', file: 'package.json' })
  })

  test('nothing of odd shape by throwing', () => {
    const odd = {
      workspaces: 3,
      scripts: [],
      dependencies: 'x',
      bin: { a: 1 },
      prisma: [],
      msw: 1,
      overrides: [1],
    }
    expect(run('npm ci', project(odd)).effect).toMatchObject({ known: true })
    expect(run('npm i', project(odd, {}, { packages: [] })).effect).toMatchObject({ known: true })
  })

  test('reads a manifest with a byte order mark', () => {
    expect(run('npm ci', { ...project(), '/app/package.json': '\uFEFF{}' }).effect).toMatchObject({
      known: true,
    })
  })
})
