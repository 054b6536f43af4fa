import { describe, expect, it } from 'vitest'
import { dart } from '../../src/ecosystems/dart/index.ts'
import { satisfies } from '../../src/ecosystems/dart/satisfies.ts'
import { toCommand } from '../effects/to-command.ts'
import { fakeFiles, type FakeOptions } from './fake-files.ts'
import type { Effect, WriteEffect } from '../../src/model/types.ts'

type Texts = Readonly<Record<string, string>>
type Changes = Parameters<typeof toCommand>[1]

function run(text: string, texts: Texts = {}, changes: Changes = {}, options: FakeOptions = {}) {
  const { files, looks } = fakeFiles(texts, options)
  const effect = dart.resolve(toCommand(text, changes), files)
  return { effect, ...looks() }
}

function writesOf(effect: Effect | undefined): readonly WriteEffect[] {
  return effect?.known === true ? effect.writes : []
}

const PUBSPEC = 'name: shop\ndependencies:\n  shelf: ^1.4.0\ndev_dependencies:\n  test: any\n'
const LOCK = 'packages:\n  shelf:\n    version: "1.4.1"\n  test:\n    version: "1.25.2"\n'
const APP = { '/app/pubspec.yaml': PUBSPEC, '/app/pubspec.lock': LOCK, '/app/bin/server.dart': '' }
const MANIFESTS = ['/app/pubspec.yaml', '/app/pubspec.lock']

describe('dart pub get', () => {
  it.each([
    'dart pub get',
    'dart pub get --offline',
    'dart pub get --enforce-lockfile --no-precompile',
    'dart --disable-analytics pub get',
    'dart pub get -C /app',
    'dart pub get --directory=.',
    'flutter pub get',
    'flutter packages get',
    'pub get',
    '/usr/lib/dart/bin/dart pub get',
  ])('%s', (text) => {
    const { effect, found } = run(text, APP)
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect(found).toEqual(MANIFESTS)
  })

  it('reads packages by path in their turn, without their development dependencies', () => {
    const texts = {
      ...APP,
      '/app/pubspec.yaml': `${PUBSPEC}  money:\n    path: packages/money\n`,
      '/app/packages/money/pubspec.yaml':
        'name: money\ndependencies:\n  core:\n    path: ../core\ndev_dependencies:\n  gone:\n    path: ../gone\n',
      '/app/packages/core/pubspec.yaml': 'name: core\n',
      '/app/packages/core/lib/core.dart': '',
    }
    const { effect, found, trees } = run('dart pub get', texts)
    expect(effect).toMatchObject({ known: true })
    expect(found).toEqual([
      '/app/pubspec.yaml',
      '/app/packages/money/pubspec.yaml',
      '/app/packages/core/pubspec.yaml',
      '/app/pubspec.lock',
    ])
    expect(trees).toEqual([])
  })

  it('reads overrides, and an example', () => {
    const texts = {
      ...APP,
      '/app/pubspec_overrides.yaml': 'dependency_overrides:\n  shelf:\n    path: ../app/shelf\n',
      '/app/shelf/pubspec.yaml': 'name: shelf\n',
      '/app/example/pubspec.yaml': 'name: example\ndependencies:\n  shop:\n    path: ..\n',
    }
    const { found } = run('dart pub get', texts)
    expect([...found].sort()).toEqual(
      [
        'example/pubspec.yaml',
        'pubspec.lock',
        'pubspec.yaml',
        'pubspec_overrides.yaml',
        'shelf/pubspec.yaml',
      ].map((name) => `/app/${name}`),
    )
    expect(run('dart pub get --no-example', texts).found).not.toContain('/app/example/pubspec.yaml')
  })

  it('reads the whole workspace', () => {
    const texts = {
      '/app/pubspec.yaml': 'name: root\nworkspace:\n  - packages/api\n  - libs/*\n',
      '/app/pubspec.lock': 'packages:\n  shelf:\n    version: "1.4.1"\n',
      '/app/packages/api/pubspec.yaml':
        'name: api\nresolution: workspace\ndependencies:\n  core: ^1.0.0\n  shelf: ^1.4.0\n',
      '/app/libs/core/pubspec.yaml': 'name: core\nresolution: workspace\n',
    }
    const { effect, found } = run('dart pub get', texts, { cwd: '/app/packages/api' })
    expect([...found].sort()).toEqual(Object.keys(texts).sort())
    expect(writesOf(effect)[0]).toEqual({ tree: '/app/.dart_tool', mode: 'merge', ignore: '**/.dart_tool' })
    expect(writesOf(effect)).not.toContainEqual({ path: '/app/pubspec.lock', allow: 'lockfile' })
  })

  it('writes .dart_tool, the cache, and a lockfile that is missing or does not fit', () => {
    const lock = (text: string, texts: Texts) =>
      writesOf(run(text, texts).effect).filter((write) => 'path' in write && write.path.endsWith('.lock'))
    expect(writesOf(run('dart pub get', APP, { env: { PUB_CACHE: '/cache' } }).effect).slice(0, 3)).toEqual([
      { tree: '/app/.dart_tool', mode: 'merge', ignore: '**/.dart_tool' },
      { path: '/app/.packages', ignore: '.packages' },
      { tree: '/cache', mode: 'merge', allow: 'cache' },
    ])
    expect(lock('dart pub get', APP)).toEqual([])
    expect(lock('dart pub get', { '/app/pubspec.yaml': PUBSPEC })).toEqual([{ path: '/app/pubspec.lock' }])
    expect(lock('dart pub get', { ...APP, '/app/pubspec.lock': LOCK.replace('1.4.1', '1.3.0') })).toEqual([
      { path: '/app/pubspec.lock', allow: 'lockfile' },
    ])
    expect(
      lock('dart pub get --enforce-lockfile', {
        ...APP,
        '/app/pubspec.lock': LOCK.replace('1.4.1', '1.3.0'),
      }),
    ).toEqual([])
  })

  it.each<[string, string, Texts, Changes, unknown]>([
    [
      'no package',
      'dart pub get',
      {},
      {},
      { code: 'missing-file', file: 'pubspec.yaml', command: 'dart pub get' },
    ],
    [
      'a path that is not there',
      'dart pub get',
      { ...APP, '/app/pubspec.yaml': 'dependencies:\n  x:\n    path: ../x\n' },
      {},
      { code: 'missing-file', file: '/x/pubspec.yaml', command: 'dart pub get' },
    ],
    [
      'a missing member',
      'dart pub get',
      { '/app/pubspec.yaml': 'workspace: [a]' },
      {},
      { code: 'missing-file', file: 'a/pubspec.yaml', command: 'dart pub get' },
    ],
    [
      'a local repository',
      'dart pub get',
      { ...APP, '/app/pubspec.yaml': 'dependencies:\n  x:\n    git:\n      url: ../x\n' },
      {},
      { code: 'local-dependency', file: 'pubspec.yaml', dependency: '../x' },
    ],
    [
      'a broken manifest',
      'dart pub get',
      { ...APP, '/app/pubspec.yaml': 'a: [' },
      {},
      { code: 'unreadable-manifest', file: 'pubspec.yaml', problem: expect.any(String) },
    ],
    [
      'no lockfile to enforce',
      'dart pub get --enforce-lockfile',
      { '/app/pubspec.yaml': PUBSPEC },
      {},
      { code: 'missing-file', file: 'pubspec.lock', command: 'dart pub get --enforce-lockfile' },
    ],
    [
      'unknown options',
      'dart pub get --frob',
      APP,
      {},
      { code: 'unknown-argument', text: 'dart pub get --frob' },
    ],
    [
      'a cache in the project',
      'dart pub get',
      APP,
      { env: { PUB_CACHE: '.cache' } },
      { code: 'unknown-argument', text: 'PUB_CACHE' },
    ],
    [
      'translations',
      'flutter pub get',
      { ...APP, '/app/l10n.yaml': '' },
      {},
      { code: 'reads-sources', text: 'flutter pub get', path: 'l10n.yaml' },
    ],
    [
      'translations by setting',
      'flutter pub get',
      { ...APP, '/app/pubspec.yaml': 'flutter:\n  generate: true\n' },
      {},
      { code: 'reads-sources', text: 'flutter pub get', path: 'l10n.yaml' },
    ],
    [
      'code for plugins',
      'flutter pub get',
      { ...APP, '/app/linux/CMakeLists.txt': '' },
      {},
      { code: 'reads-sources', text: 'flutter pub get', path: 'linux' },
    ],
    [
      'an added package',
      'dart pub add http',
      APP,
      {},
      { code: 'edits-manifest', command: 'dart pub add http', file: 'pubspec.yaml' },
    ],
  ])('refuses: %s', (_name, text, texts, changes, reason) => {
    expect(run(text, texts, changes).effect).toEqual({ known: false, role: 'install', reason })
  })

  it.each([
    ['symlink', 'symlink'],
    ['unknown', 'changed-input'],
  ] as const)('refuses a manifest that is %s', (kind, code) => {
    const { effect } = run('dart pub get', APP, {}, { kinds: { '/app/pubspec.yaml': kind } })
    expect(effect).toEqual({ known: false, role: 'install', reason: { code, file: 'pubspec.yaml' } })
  })
})

describe('other commands', () => {
  it.each([
    'dart compile exe bin/server.dart',
    'dart run build_runner build',
    'flutter build web',
    'flutter doctor',
    'dart test',
  ])('%s is a build', (text) => {
    expect(run(text, APP).effect).toEqual({ known: false, role: 'build' })
  })

  it.each([
    ['dart pub global activate dart_frog_cli', 'tool'],
    ['dart pub token add https://pub.example.com --env-var TOKEN', 'tool'],
    ['flutter config --enable-web', 'tool'],
    ['dart --version', 'none'],
  ])('%s is %s', (text, role) => {
    expect(run(text, APP).effect).toMatchObject({ known: true, role })
  })

  it.each(['dart pub global activate --source path .', 'dart pub global run x', 'dart pub deps'])(
    '%s may do anything',
    (text) => {
      expect(run(text, APP).effect).toEqual({ known: false })
    },
  )

  it('darts is not its own', () => {
    expect(run('darts pub get', APP).effect).toBeUndefined()
  })
})

describe('constraints', () => {
  it.each([
    ['1.4.1', '^1.4.0', true],
    ['2.0.0', '^1.4.0', false],
    ['2.0.0-dev', '^1.4.0', false],
    ['0.13.5', '^0.13.0', true],
    ['0.14.0', '^0.13.0', false],
    ['1.2.0', '>=1.0.0 <1.2.0', false],
    ['1.2.0-dev.1', '>=1.2.0', false],
    ['1.2.3', '1.2.3', true],
    ['1.2.3', 'any', true],
  ])('%s and %s', (version, constraint, expected) => {
    expect(satisfies(version, constraint)).toBe(expected)
  })
})
