import { describe, expect, test } from 'vitest'
import { scanManifest } from '../../src/ecosystems/swift/scan-manifest.ts'
import { swift } from '../../src/ecosystems/swift/index.ts'
import { toCommand } from '../effects/to-command.ts'
import { fakeFiles, type FakeOptions } from './fake-files.ts'
import type { Effect, WriteEffect } from '../../src/model/types.ts'

type Texts = Readonly<Record<string, string>>
type Changes = Parameters<typeof toCommand>[1]

const MANIFEST = `// swift-tools-version:5.9
import PackageDescription

let package = Package(
    name: "shop",
    dependencies: [
        // The web framework.
        .package(url: "https://github.com/vapor/vapor.git", from: "4.89.0"),
        .package(url: "https://github.com/vapor/fluent.git", .upToNextMajor(from: "4.8.0")),
    ],
    targets: [.executableTarget(name: "App", dependencies: [.product(name: "Vapor", package: "vapor")])]
)
`
const APP: Texts = {
  '/app/Package.swift': MANIFEST,
  '/app/Package.resolved': '{}',
  '/app/Sources/App/main.swift': '',
}

function run(text: string, texts: Texts = APP, changes: Changes = {}, options: FakeOptions = {}) {
  const { files, looks } = fakeFiles(texts, options)
  const effect = swift.resolve(toCommand(text, changes), files)
  return { effect, ...looks() }
}

function fetchStep(text: string, texts: Texts = APP) {
  const { files } = fakeFiles(texts)
  return swift.fetch?.(toCommand(text), files)
}

function writesOf(effect: Effect | undefined): readonly WriteEffect[] {
  if (effect?.known !== true) throw new Error(`not known: ${JSON.stringify(effect)}`)
  return effect.writes
}

function local(dependency: string): string {
  return MANIFEST.replace('dependencies: [', `dependencies: [\n        ${dependency},`)
}

describe('swift package resolve', () => {
  test.each([
    'swift package resolve',
    'swift package --package-path /app resolve',
    'swift package resolve --skip-update',
    '/usr/bin/swift package -v resolve',
  ])('%s', (text) => {
    const { effect, found, trees, paths } = run(text, APP, text.includes('path') ? { cwd: '/' } : {})
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect(found).toEqual(['/app/Package.swift', '/app/Package.resolved'])
    expect(trees).toEqual(expect.arrayContaining(['/app/.swiftpm/configuration', '/app/.build']))
    expect(paths).toContain('/root/.netrc')
    expect(writesOf(effect)).toEqual([
      { tree: '/app/.build', mode: 'merge', allow: 'warm-up', ignore: '**/.build' },
      { path: '/app/Package.resolved', allow: 'lockfile' },
      { tree: '/root/.cache/org.swift.swiftpm', mode: 'merge', allow: 'cache' },
      { tree: '/root/.swiftpm', mode: 'merge', allow: 'cache' },
    ])
  })

  test('reads manifests for other versions and those of local packages', () => {
    const { effect, found } = run('swift package resolve', {
      ...APP,
      '/app/Package.swift': local('.package(name: "Kit", path: "Packages/Kit")'),
      '/app/Package@swift-5.8.swift': MANIFEST,
      '/app/Packages/Kit/Package.swift': local('.package(path: "../Base")'),
      '/app/Packages/Base/Package.swift': MANIFEST,
      '/app/Packages/Base/Sources/Base/Base.swift': '',
    })
    expect(effect).toMatchObject({ known: true })
    expect([...found].sort()).toEqual([
      '/app/Package.resolved',
      '/app/Package.swift',
      '/app/Package@swift-5.8.swift',
      '/app/Packages/Base/Package.swift',
      '/app/Packages/Kit/Package.swift',
    ])
  })

  test('the lockfile: made, kept, or not touched', () => {
    const { '/app/Package.resolved': _, ...bare } = APP
    expect(writesOf(run('swift package resolve', bare).effect)).toContainEqual({
      path: '/app/Package.resolved',
    })
    expect(writesOf(run('swift package update', bare).effect)).toContainEqual({
      path: '/app/Package.resolved',
    })
    for (const flag of [
      '--force-resolved-versions',
      '--only-use-versions-from-resolved-file',
      '--disable-automatic-resolution',
    ]) {
      expect(writesOf(run(`swift package resolve ${flag}`).effect)).not.toContainEqual(
        expect.objectContaining({ path: '/app/Package.resolved' }),
      )
    }
  })

  test('a manifest that asks the environment depends on all of it', () => {
    const text = `import Foundation\nlet dev = ProcessInfo.processInfo.environment["DEV"] != nil\n${MANIFEST}`
    expect(run('swift package resolve', { '/app/Package.swift': text }).effect).toMatchObject({
      known: true,
      env: 'all',
    })
  })

  test.each<[string, string, Texts, unknown]>([
    ['no manifest', 'swift package resolve', {}, { code: 'missing-file' }],
    [
      'a local package that is gone',
      'swift package resolve',
      { '/app/Package.swift': local('.package(path: "../Kit")') },
      { code: 'missing-file', file: '/Kit/Package.swift' },
    ],
    [
      'a local repository',
      'swift package resolve',
      { '/app/Package.swift': local('.package(url: "../kit", branch: "main")') },
      { code: 'local-dependency', dependency: '../kit' },
    ],
    [
      'a package around the project',
      'swift package resolve',
      { '/app/Package.swift': local('.package(path: "..")') },
      { code: 'local-dependency', dependency: '..' },
    ],
    ['an update', 'swift package update', APP, { code: 'edits-manifest', file: 'Package.resolved' }],
    ['an unknown argument', 'swift package $X resolve', APP, { code: 'unknown-argument' }],
  ])('refuses %s', (_, text, texts, reason) => {
    expect(run(text, texts).effect).toMatchObject({ known: false, role: 'install', reason })
  })

  test.each([
    'let version = try! String(contentsOfFile: "VERSION")',
    'let hasC = FileManager.default.fileExists(atPath: "C")',
    'let task = Process()',
    'let commit = Context.gitInformation?.currentCommit',
    'let f = fopen("x", "r")',
    'let name = "\\(FileManager.default.currentDirectoryPath)"',
    'let extra: [Package.Dependency] = [.package(path: directory)]',
  ])('refuses %s', (line) => {
    expect(
      run('swift package resolve', { '/app/Package.swift': `${line}\n${MANIFEST}` }).effect,
    ).toMatchObject({ known: false, reason: { code: 'manifest-runs-code', file: 'Package.swift' } })
  })

  test('comments and strings are no code', () => {
    expect(scanManifest('/* Process() */ // FileManager\nlet a = "Process"').access).toBeUndefined()
    expect(scanManifest(MANIFEST).urls).toHaveLength(2)
  })

  test('other commands', () => {
    for (const verb of ['build -c release', 'test', 'run App'])
      expect(run(`swift ${verb}`).effect).toEqual({ known: false, role: 'build' })
    expect(run('swift package clean').effect).toEqual({ known: false })
    expect(run('swift --version').effect).toMatchObject({ role: 'none' })
  })
})

describe('the fetch step', () => {
  test.each([
    ['swift build -c release --static-swift-stdlib -Xlinker -ljemalloc', 'swift package resolve'],
    [
      'swift build --product App --force-resolved-versions',
      'swift package resolve --force-resolved-versions',
    ],
    ['swift test --scratch-path=/build', 'swift package resolve --scratch-path /build'],
  ])('of %s', (text, command) => {
    expect(fetchStep(text)).toEqual({ command, cwd: '/app' })
  })

  test.each<[string, string, Texts, unknown]>([
    ['another command', 'swift package clean', APP, undefined],
    ['no package', 'swift build', {}, undefined],
    [
      'no dependencies',
      'swift build',
      { '/app/Package.swift': 'let package = Package(name: "a")' },
      undefined,
    ],
    [
      'no lockfile',
      'swift build',
      { '/app/Package.swift': MANIFEST },
      { code: 'missing-file', file: 'Package.resolved', command: 'swift build' },
    ],
    [
      'an unknown argument',
      'swift build $FLAGS',
      APP,
      { code: 'unknown-argument', text: 'swift build $FLAGS' },
    ],
    [
      'a manifest that reads files',
      'swift build',
      { ...APP, '/app/Package.swift': `let f = FileManager.default\n${MANIFEST}` },
      {
        code: 'manifest-runs-code',
        file: 'Package.swift',
        text: 'FileManager',
      },
    ],
  ])('not for %s', (_, text, texts, expected) => {
    expect(fetchStep(text, texts)).toEqual(expected)
  })
})
