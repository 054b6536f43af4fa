import { describe, expect, it } from 'vitest'
import { maven } from '../../src/ecosystems/maven/index.ts'
import { toCommand } from '../effects/to-command.ts'
import { fakeFiles, type FakeOptions } from './fake-files.ts'

type Texts = Readonly<Record<string, string>>
type Changes = Parameters<typeof toCommand>[1]

function run(text: string, texts: Texts = APP, changes: Changes = {}, options: FakeOptions = {}) {
  const { files, looks } = fakeFiles(texts, options)
  return { effect: maven.resolve(toCommand(text, changes), files), ...looks() }
}

function fetchStep(text: string, texts: Texts = APP, changes: Changes = {}, options: FakeOptions = {}) {
  const call = toCommand(text.replace(/^(\w+=\S+ )+/, ''), changes)
  return maven.fetch?.({ ...call, text }, fakeFiles(texts, options).files)
}

function pom(body = '', parent = ''): string {
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">${parent}<artifactId>a</artifactId>${body}</project>`
}

const modules = (...names: readonly string[]): string =>
  `<modules>${names.map((name) => `<module>${name}</module>`).join('')}</modules>`
const PARENT = '<parent><artifactId>p</artifactId></parent>'
const APP: Texts = { '/app/pom.xml': pom() }
const FORGET = "find ~/.m2 -name '*.lastUpdated' -delete || true"

describe('a goal that only downloads', () => {
  it.each<[string, Changes?]>([
    ['mvn dependency:go-offline'],
    ['mvn -B -q -ntp dependency:resolve dependency:resolve-plugins -DincludeScope=runtime'],
    ['mvn --batch-mode org.apache.maven.plugins:maven-dependency-plugin:3.6.1:go-offline'],
    ['mvn de.qaware.maven:go-offline-maven-plugin:1.2.8:resolve-dependencies'],
    ['/opt/maven/bin/mvn dependency:go-offline'],
    ['mvn -f /app/pom.xml dependency:go-offline', { cwd: '/' }],
    ['mvn --file=app dependency:go-offline', { cwd: '/' }],
    ['mvn dependency:get -Dartifact=junit:junit:4.13.2'],
    ['mvn -Drevision=$VERSION dependency:go-offline'],
  ])('%s', (text, changes) => {
    const { effect, found } = run(text, APP, changes)
    expect(effect).toMatchObject({ known: true, role: 'fetch', env: 'all-but-stamps' })
    expect(found).toEqual(['/app/pom.xml'])
  })

  it('writes the local repository, and the distribution of the wrapper', () => {
    const write = (tree: string): object => ({ tree, mode: 'merge', allow: 'cache' })
    const texts = {
      ...APP,
      '/app/mvnw': '',
      '/app/s.xml': '<settings><localRepository>${user.home}/r</localRepository></settings>',
    }
    const writesOf = (text: string, changes: Changes = {}): unknown => {
      const { effect } = run(text, texts, changes)
      return effect?.known === true ? effect.writes : effect
    }
    expect(writesOf('mvn dependency:go-offline')).toEqual([write('/root/.m2/repository')])
    expect(writesOf('./mvnw dependency:go-offline')).toEqual([
      write('/root/.m2/repository'),
      write('/root/.m2/wrapper'),
    ])
    expect(writesOf('mvn -Dmaven.repo.local=/r dependency:go-offline')).toEqual([write('/r')])
    expect(writesOf('mvn -s s.xml dependency:go-offline')).toEqual([write('/root/r')])
    const env = { MAVEN_OPTS: '-Xmx1g -Dmaven.repo.local=/o' }
    expect(writesOf('mvn dependency:go-offline', { env })).toEqual([write('/o')])
  })

  it('reads parents, the modules of all profiles, libraries, and a repository of the project', () => {
    const { effect, found, trees } = run('mvn dependency:go-offline', {
      '/app/pom.xml': pom(
        `${modules('a', 'b/other.xml')}<profiles><profile>${modules('c', 'gone')}</profile></profiles><repositories><repository><url>file://\${project.basedir}/repo</url></repository></repositories>`,
        '<parent><relativePath>build</relativePath></parent>',
      ),
      '/app/build/pom.xml': pom('', '<parent><relativePath/></parent>'),
      '/app/a/pom.xml': pom(
        '<dependencies><dependency><systemPath>${basedir}/lib/x.jar</systemPath></dependency></dependencies>',
        PARENT,
      ),
      '/app/a/lib/x.jar': '',
      '/app/b/other.xml': pom('', PARENT),
      '/app/c/pom.xml': pom(),
      '/app/repo/x.jar': '',
    })
    expect(effect).toMatchObject({ known: true })
    expect([...found].sort()).toEqual([
      '/app/a/lib/x.jar',
      '/app/a/pom.xml',
      '/app/b/other.xml',
      '/app/build/pom.xml',
      '/app/c/pom.xml',
      '/app/pom.xml',
    ])
    expect(trees).toContain('/app/repo')
  })

  it('reads no module with -N', () => {
    const { effect, found } = run('mvn -N dependency:go-offline', { '/app/pom.xml': pom(modules('a')) })
    expect(effect).toMatchObject({ known: true })
    expect(found).toEqual(['/app/pom.xml'])
  })

  it('reads the nearest .mvn, the wrapper and settings', () => {
    const { found, trees, effect } = run(
      './mvnw -s ../settings.xml -t tools.xml dependency:go-offline',
      {
        '/app/server/pom.xml': pom(),
        '/app/server/mvnw': '',
        '/app/server/tools.xml': '',
        '/app/settings.xml': '',
        '/app/.mvn/maven.config': '-Pci\n-Dmaven.repo.local=/r',
      },
      { cwd: '/app/server' },
    )
    expect(trees).toContain('/app/.mvn')
    expect([...found].sort()).toEqual([
      '/app/server/mvnw',
      '/app/server/pom.xml',
      '/app/server/tools.xml',
      '/app/settings.xml',
    ])
    expect(effect?.known === true && effect.writes[0]).toMatchObject({ tree: '/r' })
  })

  it('looks at files that switch profiles on, also of those that inherit them', () => {
    const activation =
      '<profiles><profile><activation><file><exists>flag</exists></file></activation></profile></profiles>'
    const { found, paths } = run('mvn dependency:go-offline', {
      '/app/pom.xml': pom(`${modules('a')}${activation}`),
      '/app/a/pom.xml': pom('', PARENT),
      '/app/a/flag': '',
    })
    expect(found).toEqual(['/app/pom.xml', '/app/a/pom.xml', '/app/a/flag'])
    expect(paths).toContain('/app/flag')
  })

  it('depends on all variables where a POM names one', () => {
    const texts = { '/app/pom.xml': pom('<version>${env.GIT_SHA}</version>') }
    expect(run('mvn dependency:go-offline', texts).effect).toMatchObject({ known: true, env: 'all' })
  })

  it('lets profiles by directories be with -fn', () => {
    const body =
      '<profiles><profile><activation><file><missing>src</missing></file></activation></profile></profiles>'
    const texts = { '/app/pom.xml': pom(body), '/app/src/A.java': '' }
    expect(run('mvn -fn dependency:go-offline', texts).effect).toMatchObject({ known: true })
    expect(run('mvn dependency:go-offline', texts).effect).toMatchObject({
      known: false,
      reason: { code: 'reads-sources', path: 'src' },
    })
  })

  const extension = (name: string): string =>
    `<extensions><extension><artifactId>${name}</artifactId></extension></extensions>`

  it.each<[string, string, Texts, unknown]>([
    ['no POM', 'mvn dependency:go-offline', {}, { code: 'missing-file', file: 'pom.xml' }],
    [
      'a missing module',
      'mvn dependency:go-offline',
      { '/app/pom.xml': pom(modules('a')) },
      { code: 'missing-file' },
    ],
    [
      'a POM that is no XML',
      'mvn dependency:go-offline',
      { '/app/pom.xml': '<project>' },
      { code: 'unreadable-manifest', file: 'pom.xml' },
    ],
    [
      'a module that is computed',
      'mvn dependency:go-offline',
      { '/app/pom.xml': pom(modules('${x}')) },
      { code: 'unknown-argument' },
    ],
    [
      'a library that is computed',
      'mvn dependency:go-offline',
      {
        '/app/pom.xml': pom(
          '<dependencies><dependency><systemPath>${x}/a.jar</systemPath></dependency></dependencies>',
        ),
      },
      { code: 'unknown-argument', text: '${x}/a.jar in pom.xml' },
    ],
    [
      'bundles',
      'mvn dependency:go-offline',
      { '/app/pom.xml': pom('<packaging>eclipse-plugin</packaging>') },
      { code: 'reads-sources', path: 'META-INF/MANIFEST.MF' },
    ],
    [
      'a version from git',
      'mvn dependency:go-offline',
      { ...APP, '/app/.mvn/extensions.xml': extension('jgitver-maven-plugin') },
      { code: 'reads-sources', path: '.git' },
    ],
    [
      'a version from git by a build extension',
      'mvn dependency:go-offline',
      { '/app/pom.xml': pom(`<build>${extension('maven-git-versioning-extension')}</build>`) },
      { code: 'reads-sources', path: '.git' },
    ],
    [
      'other formats',
      'mvn dependency:go-offline',
      { ...APP, '/app/.mvn/extensions.xml': extension('polyglot-yaml') },
      { code: 'unreadable-manifest', file: '.mvn/extensions.xml' },
    ],
    [
      'an agent',
      'mvn dependency:go-offline',
      { ...APP, '/app/.mvn/jvm.config': '-javaagent:lib/a.jar' },
      { code: 'unknown-argument', text: '.mvn/jvm.config' },
    ],
    ['no network', 'mvn -o dependency:go-offline', APP, { code: 'unknown-argument' }],
    ['an output file', 'mvn dependency:resolve -DoutputFile=x', APP, { code: 'unknown-argument' }],
    [
      'an unknown repository',
      'mvn -Dmaven.repo.local=$R dependency:go-offline',
      APP,
      { code: 'unknown-argument' },
    ],
    ['a missing wrapper', './mvnw dependency:go-offline', APP, { code: 'missing-file', file: 'mvnw' }],
    [
      'a wrapper with Windows line ends',
      './mvnw dependency:go-offline',
      { ...APP, '/app/mvnw': '#!/bin/sh\r\n' },
      { code: 'unreadable-manifest', file: 'mvnw' },
    ],
  ])('is not known with %s', (_, text, texts, reason) => {
    expect(run(text, texts).effect).toMatchObject({ known: false, role: 'install', reason })
  })

  it.each([
    ['symlink', 'symlink'],
    ['unknown', 'changed-input'],
  ] as const)('is not known when the POM is of kind %s', (kind, code) => {
    const { effect } = run('mvn dependency:go-offline', APP, {}, { kinds: { '/app/pom.xml': kind } })
    expect(effect).toMatchObject({ known: false, reason: { code, file: 'pom.xml' } })
  })
})

describe('other commands', () => {
  it.each<[string, unknown]>([
    ['mvn clean package', { known: false, role: 'build' }],
    ['./mvnw verify', { known: false, role: 'build' }],
    ['sh mvnw verify', { known: false, role: 'build' }],
    ['mvn $GOALS', { known: false, role: 'build' }],
    ['mvn dependency:go-offline package', { known: false, role: 'build' }],
    ['mvn -v', { known: true, role: 'tool' }],
    [
      `find /root/.m2 -name '*.lastUpdated' -delete`,
      { known: true, role: 'fetch', writes: [{ tree: '/root/.m2', allow: 'cache' }] },
    ],
  ])('%s', (text, effect) => {
    expect(run(text).effect).toMatchObject(effect as object)
  })

  it.each(['sh build.sh', 'find . -name x -delete', 'gradle build', './mvn package'])(
    '%s is left to others',
    (text) => {
      expect(run(text).effect).toBeUndefined()
    },
  )
})

describe('the fetch step', () => {
  it.each<[string, string, Changes?]>([
    ['mvn clean package -DskipTests', 'mvn -B -fn dependency:go-offline'],
    ['mvn package -Pprod -pl app -am -ntp', 'mvn -B -fn -Pprod -pl app -am -ntp dependency:go-offline'],
    [
      'mvn -P prod,x -f app/pom.xml package',
      'mvn -B -fn -f app/pom.xml -Pprod,x dependency:go-offline',
      { cwd: '/' },
    ],
    [
      'mvn -Drevision=1.0 -Dquick -Dmaven.test.skip=true package',
      'mvn -B -fn -Drevision=1.0 -Dquick dependency:go-offline',
    ],
    ['mvn -Drevision=$VERSION package', 'mvn -B -fn dependency:go-offline'],
    ['MAVEN_OPTS=-Xmx1g TZ=UTC mvn package', 'MAVEN_OPTS=-Xmx1g mvn -B -fn dependency:go-offline'],
    ['./mvnw package', './mvnw -B -fn dependency:go-offline'],
    ['bash ./mvnw package', 'bash ./mvnw -B -fn dependency:go-offline'],
  ])('%s', (text, command, changes) => {
    const step = fetchStep(text, { ...APP, '/app/mvnw': '#!/bin/sh\n' }, changes, {
      executable: ['/app/mvnw'],
    })
    expect(step).toEqual({ command: `${command} && ${FORGET}`, cwd: changes?.cwd ?? '/app' })
  })

  it('gives a wrapper that is not executable to the shell', () => {
    expect(fetchStep('./mvnw package', { ...APP, '/app/mvnw': '' })).toMatchObject({
      command: `sh ./mvnw -B -fn dependency:go-offline && ${FORGET}`,
    })
  })

  it('keeps a property that a profile looks at', () => {
    const body =
      '<profiles><profile><activation><property><name>!skipTests</name></property></activation></profile></profiles>'
    expect(fetchStep('mvn package -DskipTests', { '/app/pom.xml': pom(body) })).toMatchObject({
      command: `mvn -B -fn -DskipTests dependency:go-offline && ${FORGET}`,
    })
  })

  it('forgets in the repository that is used', () => {
    expect(fetchStep('mvn -Dmaven.repo.local=/r package')).toMatchObject({
      command:
        "mvn -B -fn -Dmaven.repo.local=/r dependency:go-offline && find /r -name '*.lastUpdated' -delete || true",
    })
  })

  it.each<[string, string, Texts, unknown]>([
    ['unknown goals', 'mvn $GOALS', APP, { code: 'unknown-argument' }],
    ['an unknown repository', 'mvn -Dmaven.repo.local=$R package', APP, { code: 'unknown-argument' }],
    ['a missing module', 'mvn package', { '/app/pom.xml': pom(modules('a')) }, { code: 'missing-file' }],
    ['a broken wrapper', './mvnw package', { ...APP, '/app/mvnw': '\r\n' }, { code: 'unreadable-manifest' }],
  ])('is refused with %s', (_, text, texts, reason) => {
    expect(fetchStep(text, texts)).toMatchObject(reason as object)
  })

  it.each<[string, string, Texts]>([
    ['nothing to resolve', 'mvn clean', APP],
    ['no network', 'mvn -o package', APP],
    ['no network by default', 'mvn package', { ...APP, '/app/.mvn/maven.config': '--offline' }],
    ['a download', 'mvn dependency:go-offline', APP],
    ['a question', 'mvn --version', APP],
    [
      'a POM that only holds others together',
      'mvn install',
      { '/app/pom.xml': pom('<packaging>pom</packaging>') },
    ],
  ])('is not needed with %s', (_, text, texts) => {
    expect(fetchStep(text, texts)).toBeUndefined()
  })
})
