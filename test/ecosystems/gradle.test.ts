import { describe, expect, it } from 'vitest'
import { gradle } from '../../src/ecosystems/gradle/index.ts'
import { scanScript } from '../../src/ecosystems/gradle/scan-script.ts'
import { toCommand } from '../effects/to-command.ts'
import { fakeFiles, type FakeOptions } from './fake-files.ts'

type Texts = Readonly<Record<string, string>>
type Changes = Parameters<typeof toCommand>[1]

function run(text: string, texts: Texts = APP, changes: Changes = {}, options: FakeOptions = {}) {
  const { files, looks } = fakeFiles(texts, options)
  return { effect: gradle.resolve(toCommand(text, changes), files), ...looks() }
}

function fetchStep(text: string, texts: Texts = APP, changes: Changes = {}, options: FakeOptions = {}) {
  const call = toCommand(text.replace(/^(\w+=\S+ )+/, ''), changes)
  return gradle.fetch?.({ ...call, text }, fakeFiles(texts, options).files)
}

const APP: Texts = {
  '/app/settings.gradle': "rootProject.name = 'shop'",
  '/app/build.gradle': "plugins { id 'java' }",
}
const WRAPPED: Texts = {
  ...APP,
  '/app/gradlew': '#!/bin/sh\n',
  '/app/gradle/wrapper/gradle-wrapper.properties': '',
}
const READS = { ...APP, '/app/build.gradle': "version = file('v').text" }

describe('a task that only resolves', () => {
  it.each<[string, Changes?]>([
    ['gradle dependencies'],
    ['gradle --no-daemon :app:dependencies buildEnvironment --configuration runtimeClasspath'],
    ['gradle -q --console=plain help'],
    ['gradle dependencies -Penv=$ENV'],
    ['gradle --no-daemon'],
    ['/opt/gradle/bin/gradle dependencies'],
    ['gradle -p app dependencies', { cwd: '/' }],
    ['gradle --project-dir=/app dependencies', { cwd: '/' }],
    ['gradle dependencies', { cwd: '/app/server' }],
  ])('%s', (text, changes) => {
    const { effect, found, trees } = run(text, APP, changes)
    expect(effect).toMatchObject({ known: true, role: 'fetch', env: 'all-but-stamps' })
    expect([...found].sort()).toEqual(['/app/build.gradle', '/app/settings.gradle'])
    expect(trees).toEqual(expect.arrayContaining(['/app/gradle', '/app/buildSrc']))
  })

  it('reads scripts, properties, lockfiles and catalogs of all projects, the wrapper, and builds of plugins whole', () => {
    const { effect, found, trees } = run('./gradlew dependencies', {
      ...WRAPPED,
      '/app/settings.gradle': "pluginManagement { includeBuild 'build-logic' }\ninclude 'server'",
      '/app/gradle.properties': '',
      '/app/server/build.gradle.kts':
        'dependencies { implementation(fileTree("libs") { include("*.jar") }) }',
      '/app/server/gradle.lockfile': '',
      '/app/server/libs/a.jar': '',
      '/app/server/src/main/java/A.java': '',
      '/app/config/deps.versions.toml': '',
      '/app/build-logic/settings.gradle.kts': '',
      '/app/build-logic/src/main/kotlin/a.gradle.kts': '',
      '/app/buildSrc/src/main/java/B.java': '',
    })
    expect(effect).toMatchObject({ known: true })
    expect([...found].sort()).toEqual([
      '/app/build-logic/settings.gradle.kts',
      '/app/build-logic/src/main/kotlin/a.gradle.kts',
      '/app/build.gradle',
      '/app/config/deps.versions.toml',
      '/app/gradle.properties',
      '/app/gradlew',
      '/app/server/build.gradle.kts',
      '/app/server/gradle.lockfile',
      '/app/settings.gradle',
    ])
    expect(trees).toEqual(
      expect.arrayContaining([
        '/app/gradle',
        '/app/gradle/wrapper',
        '/app/buildSrc',
        '/app/build-logic',
        '/app/server/libs',
      ]),
    )
  })

  it('writes its home and its notes on the project', () => {
    const { effect } = run(
      'gradle dependencies',
      { ...APP, '/app/buildSrc/a.java': '' },
      { env: { GRADLE_USER_HOME: '/g' } },
    )
    const cache = { mode: 'merge', allow: 'cache' }
    expect(effect?.known === true && effect.writes).toEqual([
      { tree: '/g', ...cache },
      { tree: '/app/.gradle', ...cache, ignore: '**/.gradle' },
      { tree: '/app/.kotlin', ...cache, ignore: '**/.kotlin' },
      { tree: '/app/buildSrc/.gradle', ...cache, ignore: '**/.gradle' },
      { tree: '/app/buildSrc/.kotlin', ...cache, ignore: '**/.kotlin' },
      { tree: '/app/buildSrc/build', ...cache, ignore: 'buildSrc/build' },
      { tree: '/app/build/reports', ...cache },
    ])
    expect(run('gradle -g /h dependencies').effect).toMatchObject({
      writes: expect.arrayContaining([{ tree: '/h', ...cache }]),
    })
  })

  it('depends on all variables where a script asks for one', () => {
    const texts = { '/app/build.gradle': 'version = "${System.getenv("GIT_SHA")}"' }
    expect(run('gradle dependencies', texts).effect).toMatchObject({ known: true, env: 'all' })
  })

  it.each<[string, string, Texts, unknown]>([
    ['no build', 'gradle dependencies', { '/app/a.txt': '' }, { code: 'missing-file', file: 'build.gradle' }],
    [
      'a file that is read',
      'gradle dependencies',
      READS,
      { code: 'manifest-runs-code', file: 'build.gradle' },
    ],
    [
      'a program that is run',
      'gradle dependencies',
      { '/app/build.gradle': 'def v = "git describe".execute()' },
      { code: 'manifest-runs-code' },
    ],
    [
      'a version from git',
      'gradle dependencies',
      { '/app/build.gradle.kts': 'plugins { id("pl.allegro.tech.build.axion-release") }' },
      { code: 'manifest-runs-code' },
    ],
    [
      'Android',
      'gradle dependencies',
      { '/app/a/build.gradle': "apply plugin: 'com.android.library'" },
      { code: 'manifest-runs-code', file: 'a/build.gradle' },
    ],
    [
      'a plugin of the project that reads files',
      'gradle dependencies',
      { ...APP, '/app/buildSrc/src/P.kt': 'File("x").readText()' },
      { code: 'manifest-runs-code', file: 'buildSrc/src/P.kt' },
    ],
    [
      'a build outside',
      'gradle dependencies',
      { '/app/settings.gradle': "includeBuild '../x'" },
      { code: 'outside-context', file: 'settings.gradle', dependency: '../x' },
    ],
    [
      'the build around it',
      'gradle -p s dependencies',
      { '/app/s/settings.gradle': "includeBuild '..'" },
      { code: 'reads-sources' },
    ],
    [
      'a computed build',
      'gradle dependencies',
      { '/app/settings.gradle': 'includeBuild(x)' },
      { code: 'manifest-runs-code' },
    ],
    [
      'a computed script',
      'gradle dependencies',
      { '/app/build.gradle': 'apply from: x' },
      { code: 'manifest-runs-code' },
    ],
    [
      'a project without a script',
      'gradle dependencies',
      { '/app/settings.gradle': "include ':a'", '/app/a/A.java': '' },
      { code: 'reads-sources', path: 'a' },
    ],
    ['locks that are written', 'gradle dependencies --write-locks', APP, { code: 'edits-manifest' }],
    ['checksums that are written', 'gradle -M sha256 help', APP, { code: 'edits-manifest' }],
    ['no network', 'gradle --offline dependencies', APP, { code: 'unknown-argument' }],
    ['another build file', 'gradle -b x.gradle dependencies', APP, { code: 'unknown-argument' }],
    ['a missing wrapper', './gradlew dependencies', APP, { code: 'missing-file', file: 'gradlew' }],
    [
      'a wrapper with Windows line ends',
      './gradlew dependencies',
      { ...APP, '/app/gradlew': '\r\n' },
      { code: 'unreadable-manifest', file: 'gradlew' },
    ],
  ])('is not known with %s', (_, text, texts, reason) => {
    expect(run(text, texts).effect).toMatchObject({ known: false, role: 'install', reason })
  })

  it.each([
    ['symlink', 'symlink'],
    ['unknown', 'changed-input'],
  ] as const)('is not known when a script is of kind %s', (kind, code) => {
    const { effect } = run('gradle dependencies', APP, {}, { kinds: { '/app/build.gradle': kind } })
    expect(effect).toMatchObject({ known: false, reason: { code, file: 'build.gradle' } })
  })
})

describe('other commands', () => {
  it.each<[string, unknown]>([
    ['gradle build', { known: false, role: 'build' }],
    ['gradle resolveDependencies', { known: false, role: 'build' }],
    ['./gradlew bootJar --no-daemon', { known: false, role: 'build' }],
    ['sh gradlew assemble', { known: false, role: 'build' }],
    ['gradle dependencies build', { known: false, role: 'build' }],
    ['gradle $TASK', { known: false, role: 'build' }],
    ['./gradlew --version', { known: true, role: 'fetch' }],
  ])('%s', (text, effect) => {
    expect(run(text, WRAPPED).effect).toMatchObject(effect as object)
  })

  it('looks at the wrapper alone for --version', () => {
    const { found, trees } = run('./gradlew --version', WRAPPED)
    expect(found).toEqual(['/app/gradlew'])
    expect(trees).toEqual(['/app/gradle/wrapper'])
  })

  it.each(['./gradle build', 'sh build.sh', 'mvn package'])('%s is left to others', (text) => {
    expect(run(text).effect).toBeUndefined()
  })
})

describe('the fetch step', () => {
  it.each<[string, string, Changes?]>([
    ['gradle build', 'gradle --no-daemon dependencies || true'],
    ['gradle clean bootJar -x test -Penv=prod', 'gradle --no-daemon -Penv=prod dependencies || true'],
    ['gradle -p app -g /g build', 'gradle --no-daemon -g /g -p app dependencies || true', { cwd: '/' }],
    [
      'GRADLE_OPTS=-Xmx1g TZ=UTC ./gradlew build',
      'GRADLE_OPTS=-Xmx1g ./gradlew --no-daemon dependencies || true',
    ],
  ])('%s', (text, command, changes) => {
    const step = fetchStep(text, WRAPPED, changes, { executable: ['/app/gradlew'] })
    expect(step).toEqual({ command, cwd: changes?.cwd ?? '/app' })
  })

  it('gives a wrapper that is not executable to the shell', () => {
    expect(fetchStep('./gradlew build', WRAPPED)).toMatchObject({
      command: 'sh ./gradlew --no-daemon dependencies || true',
    })
  })

  it('only downloads Gradle where the scripts read other files', () => {
    const texts = { ...WRAPPED, ...READS }
    expect(fetchStep('./gradlew -g /g build', texts)).toMatchObject({
      command: 'sh ./gradlew -g /g --version',
    })
    expect(fetchStep('gradle build', texts)).toMatchObject({
      code: 'manifest-runs-code',
      file: 'build.gradle',
    })
  })

  it.each<[string, string, Texts, unknown]>([
    ['an unknown task', 'gradle $TASK', APP, { code: 'unknown-argument' }],
    ['an unknown home', 'gradle build', APP, { code: 'unknown-argument' }],
    [
      'a broken wrapper',
      './gradlew build',
      { ...APP, '/app/gradlew': '\r\n' },
      { code: 'unreadable-manifest' },
    ],
    ['no build', './gradlew build', { '/app/gradlew': '' }, { code: 'missing-file' }],
  ])('is refused with %s', (name, text, texts, reason) => {
    const changes = name === 'an unknown home' ? { env: { GRADLE_USER_HOME: undefined } } : {}
    expect(fetchStep(text, texts, changes)).toMatchObject(reason as object)
  })

  it.each(['gradle clean', 'gradle --offline build', 'gradle dependencies', 'gradle --version'])(
    'is not needed for %s',
    (text) => expect(fetchStep(text)).toBeUndefined(),
  )
})

describe('a script', () => {
  it.each<[string, string]>([
    ['file("a").readText()', 'readText'],
    ['val p = Properties().apply { load(file("a").inputStream()) }', 'inputStream'],
    ['props.load(x)', '.load'],
    ["if (file('a').exists()) { }", 'exists'],
    ["new JsonSlurper().parse(file('a'))", 'JsonSlurper'],
    ['project.exec { commandLine "ls" }', 'exec'],
    ["providers.exec { commandLine('git') }", 'exec'],
    ['id("org.ajoberstar.grgit") version "5"', 'org.ajoberstar.grgit'],
    ['version = "${file("a").readText()}"', 'readText'],
    ['apply from: "${name}.gradle"', 'apply from'],
    ['rootDir.eachDir { include it.name }', 'eachDir'],
  ])('%s may read files', (text, hazard) => {
    expect(scanScript(text).hazard).toBe(hazard)
  })

  it.each([
    "// file('a').text",
    '/* exec { } */',
    'description = "runs exec and readText"',
    "task a { doLast { println file('a').text } }",
    'jar { from { configurations.runtimeClasspath.collect { it.isDirectory() ? it : zipTree(it) } } }',
    "apply from: 'https://example.com/a.gradle'",
    'apply from: "$rootDir/gradle/a.gradle"',
    'repositories { maven { url = uri("https://x.y/z") } }',
  ])('%s reads none', (text) => {
    expect(scanScript(text).hazard).toBeUndefined()
  })
})
