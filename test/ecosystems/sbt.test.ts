import { describe, expect, it } from 'vitest'
import { sbt } from '../../src/ecosystems/sbt/index.ts'
import { toCommand } from '../effects/to-command.ts'
import { fakeFiles, type FakeOptions } from './fake-files.ts'

type Texts = Readonly<Record<string, string>>
type Changes = Parameters<typeof toCommand>[1]

function run(text: string, texts: Texts = APP, changes: Changes = {}, options: FakeOptions = {}) {
  const { files, looks } = fakeFiles(texts, options)
  return { effect: sbt.resolve(toCommand(text, changes), files), ...looks() }
}

function fetchStep(text: string, texts: Texts = APP, changes: Changes = {}) {
  const call = toCommand(text.replace(/^(\w+=\S+ )+/, ''), changes)
  return sbt.fetch?.({ ...call, text }, fakeFiles(texts).files)
}

const APP: Texts = {
  '/app/build.sbt': 'name := "shop"',
  '/app/project/build.properties': 'sbt.version=1.10.7',
}

describe('sbt update', () => {
  it.each([
    'sbt update',
    'sbt -Dsbt.color=false update',
    'sbt -mem 2048 Test/update it:update',
    "sbt 'project server' update",
    "sbt 'reload; update'",
    '/usr/local/sbt/bin/sbt update',
  ])('%s', (text) => {
    const { effect, found, trees } = run(text)
    expect(effect).toMatchObject({ known: true, role: 'fetch', env: 'all-but-stamps' })
    expect(found).toEqual(['/app/build.sbt'])
    expect(trees).toContain('/app/project')
  })

  it('reads the definitions of all projects, options and a script of the project', () => {
    const { found } = run('./sbt update', {
      ...APP,
      '/app/sbt': '#!/bin/sh\n',
      '/app/server/build.sbt': '',
      '/app/version.sbt': '',
      '/app/.jvmopts': '',
      '/app/server/src/main/scala/A.scala': '',
    })
    expect([...found].sort()).toEqual([
      '/app/.jvmopts',
      '/app/build.sbt',
      '/app/sbt',
      '/app/server/build.sbt',
      '/app/version.sbt',
    ])
  })

  it('writes the caches, and what it compiles of the definition', () => {
    const { effect } = run('sbt update', APP, { env: { COURSIER_CACHE: '/c' } })
    const cache = { mode: 'merge', allow: 'cache' }
    const writes = effect?.known === true ? effect.writes : []
    expect(writes[0]).toEqual({ tree: '/c', ...cache })
    expect(writes).toContainEqual({ tree: '/root/.ivy2', ...cache })
    expect(writes).toContainEqual({ tree: '/app/project/target', ...cache, ignore: '**/target' })
    expect(writes.filter(({ allow }) => allow !== 'cache')).toEqual([])
  })

  it('depends on all variables where the definition asks for one', () => {
    const texts = { '/app/build.sbt': 'version := sys.env("VERSION")' }
    expect(run('sbt update', texts).effect).toMatchObject({ known: true, env: 'all' })
  })

  it.each<[string, string, Texts, unknown]>([
    ['no build', 'sbt update', {}, { code: 'missing-file', file: 'build.sbt' }],
    [
      'a file that is read',
      'sbt update',
      { '/app/build.sbt': 'version := IO.read(file("V"))' },
      { code: 'manifest-runs-code', file: 'build.sbt' },
    ],
    [
      'a program that is run',
      'sbt update',
      { '/app/build.sbt': 'version := "git describe".!!' },
      { code: 'manifest-runs-code' },
    ],
    [
      'a version from git',
      'sbt update',
      { ...APP, '/app/project/plugins.sbt': 'addSbtPlugin("com.github.sbt" % "sbt-dynver" % "5")' },
      { code: 'manifest-runs-code', file: 'project/plugins.sbt' },
    ],
    [
      'code of the build that reads files',
      'sbt update',
      { ...APP, '/app/project/B.scala': 'Source.fromFile("x")' },
      { code: 'manifest-runs-code', file: 'project/B.scala' },
    ],
    [
      'another build',
      'sbt update',
      { '/app/build.sbt': 'RootProject(file("../x"))' },
      { code: 'manifest-runs-code' },
    ],
    ['another cache', 'sbt -ivy /ivy update', APP, { code: 'unknown-argument' }],
    ['a missing script', './sbt update', APP, { code: 'missing-file', file: 'sbt' }],
  ])('is not known with %s', (_, text, texts, reason) => {
    expect(run(text, texts).effect).toMatchObject({ known: false, role: 'install', reason })
  })

  it('does not mind what comments and texts say', () => {
    const texts = { '/app/build.sbt': '// IO.read\ndescription := "Process files"\n/* Source */' }
    expect(run('sbt update', texts).effect).toMatchObject({ known: true })
  })

  it.each([
    ['symlink', 'symlink'],
    ['unknown', 'changed-input'],
  ] as const)('is not known when a definition is of kind %s', (kind, code) => {
    const { effect } = run('sbt update', APP, {}, { kinds: { '/app/build.sbt': kind } })
    expect(effect).toMatchObject({ known: false, reason: { code, file: 'build.sbt' } })
  })
})

it.each<[string, unknown]>([
  ['sbt assembly', { known: false, role: 'build' }],
  ['sbt update compile', { known: false, role: 'build' }],
  ['sbt $TASK', { known: false, role: 'build' }],
  ['sbt', { known: false, role: 'build' }],
])('%s is a build', (text, effect) => {
  expect(run(text).effect).toMatchObject(effect as object)
})

it.each(['./sbtx update', 'sh build.sh', 'mvn package'])('%s is left to others', (text) => {
  expect(run(text).effect).toBeUndefined()
})

describe('the fetch step', () => {
  it.each<[string, string]>([
    ['sbt assembly', 'sbt update || true'],
    ['sbt -Dsbt.color=false -mem 2048 clean stage', 'sbt -Dsbt.color=false -mem 2048 update || true'],
    ['SBT_OPTS=-Xmx2g TZ=UTC sbt stage', 'SBT_OPTS=-Xmx2g sbt update || true'],
    ['./sbt stage', 'sh ./sbt update || true'],
  ])('%s', (text, command) => {
    expect(fetchStep(text, { ...APP, '/app/sbt': '' })).toEqual({ command, cwd: '/app' })
  })

  it.each<[string, string, Texts, unknown]>([
    ['an unknown command', 'sbt $TASK', APP, { code: 'unknown-argument' }],
    [
      'a definition that reads files',
      'sbt stage',
      { '/app/build.sbt': 'IO.read(x)' },
      { code: 'manifest-runs-code' },
    ],
    ['no build', 'sbt stage', {}, { code: 'missing-file' }],
  ])('is refused with %s', (_, text, texts, reason) => {
    expect(fetchStep(text, texts)).toMatchObject(reason as object)
  })

  it.each(['sbt update', 'sbt clean', 'sbt'])('is not needed for %s', (text) => {
    expect(fetchStep(text)).toBeUndefined()
  })
})
