import { describe, expect, it } from 'vitest'
import { clojure } from '../../src/ecosystems/clojure/index.ts'
import { toCommand } from '../effects/to-command.ts'
import { fakeFiles, type FakeOptions } from './fake-files.ts'

type Texts = Readonly<Record<string, string>>
type Changes = Parameters<typeof toCommand>[1]

function run(text: string, texts: Texts = APP, changes: Changes = {}, options: FakeOptions = {}) {
  const { files, looks } = fakeFiles(texts, options)
  return { effect: clojure.resolve(toCommand(text, changes), files), ...looks() }
}

function fetchStep(text: string, texts: Texts = APP, changes: Changes = {}) {
  const call = toCommand(text.replace(/^(\w+=\S+ )+/, ''), changes)
  return clojure.fetch?.({ ...call, text }, fakeFiles(texts).files)
}

const APP: Texts = {
  '/app/deps.edn': '{:deps {org.clojure/clojure {:mvn/version "1.11.1"}} :aliases {:build {}}}',
}
const root = (path: string): Texts => ({ '/app/deps.edn': `{:deps {shop/prices {:local/root "${path}"}}}` })

describe('clojure -P', () => {
  it.each([
    'clojure -P',
    'clj -P',
    'clojure -P -M:build',
    'clojure -A:dev -P',
    'clojure -P -X:test',
    'clojure -J-Xmx1g -Srepro -P -T:build',
    'clojure -Spath',
    '/usr/local/bin/clojure -P',
  ])('%s', (text) => {
    const { effect, found } = run(text)
    expect(effect).toMatchObject({ known: true, role: 'fetch', env: 'all-but-stamps' })
    expect(found).toEqual(['/app/deps.edn'])
  })

  it('reads local dependencies, of aliases too, and those of theirs', () => {
    const texts = {
      '/app/deps.edn':
        '{:aliases {:dev {:extra-deps {a/a {:local/root "a"}}}} :mvn/repos {"own" {:url "file:repo"}}}',
      '/app/a/deps.edn': '{:deps {b/b {:local/root "../b"}}}',
      '/app/a/src/a.clj': '',
      '/app/b/deps.edn': '{}',
      '/app/x.jar': '',
      '/app/repo/y.jar': '',
    }
    const { files, looks } = fakeFiles(texts)
    const args = ['-Sdeps', '{:deps {x/x {:local/root "x.jar"}}}', '-P']
    const effect = clojure.resolve({ ...toCommand('clojure -P'), args }, files)
    const { found, trees } = looks()
    expect(effect).toMatchObject({ known: true })
    expect([...found].sort()).toEqual(['/app/a/deps.edn', '/app/b/deps.edn', '/app/deps.edn', '/app/x.jar'])
    expect(trees).toContain('/app/repo')
  })

  it('writes the caches, its settings and the class path', () => {
    const cache = { mode: 'merge', allow: 'cache' }
    expect(run('clojure -P', APP, { env: { GITLIBS: '/libs', CLJ_CONFIG: '/clj' } }).effect).toMatchObject({
      writes: [
        { tree: '/root/.m2/repository', ...cache },
        { tree: '/libs', ...cache },
        { tree: '/clj', ...cache },
        { tree: '/app/.cpcache', ...cache, ignore: '**/.cpcache' },
      ],
    })
    const texts = { '/app/deps.edn': '{:mvn/local-repo "m2"}' }
    expect(run('clojure -P', texts).effect).toMatchObject({
      writes: expect.arrayContaining([{ tree: '/app/m2', ...cache }]),
    })
  })

  it.each<[string, string, Texts, unknown]>([
    ['no deps.edn', 'clojure -P', {}, { code: 'missing-file', file: 'deps.edn' }],
    [
      'a deps.edn that does not end',
      'clojure -P',
      { '/app/deps.edn': '{' },
      { code: 'unreadable-manifest', file: 'deps.edn' },
    ],
    [
      'a dependency outside',
      'clojure -P',
      root('../x'),
      { code: 'outside-context', file: 'deps.edn', dependency: '../x' },
    ],
    [
      'a dependency that Maven describes',
      'clojure -P',
      { ...root('x'), '/app/x/pom.xml': '' },
      { code: 'local-dependency', dependency: 'x' },
    ],
    [
      'a dependency that must be built',
      'clojure -P',
      { ...root('x'), '/app/x/deps.edn': '{:deps/prep-lib {}}' },
      { code: 'local-dependency', dependency: 'x' },
    ],
    ['an unknown alias', 'clojure -P $ALIAS', APP, { code: 'unknown-argument' }],
    ['another class path', 'clojure -Scp x -P', APP, { code: 'unknown-argument' }],
  ])('is not known with %s', (_, text, texts, reason) => {
    expect(run(text, texts).effect).toMatchObject({ known: false, role: 'install', reason })
  })

  it.each([
    ['symlink', 'symlink'],
    ['unknown', 'changed-input'],
  ] as const)('is not known when deps.edn is of kind %s', (kind, code) => {
    const { effect } = run('clojure -P', APP, {}, { kinds: { '/app/deps.edn': kind } })
    expect(effect).toMatchObject({ known: false, reason: { code, file: 'deps.edn' } })
  })
})

it.each(['clojure -T:build uber', 'clojure -M -m shop', 'clj -X:run', 'clojure build.clj'])(
  '%s is a build',
  (text) => {
    expect(run(text).effect).toEqual({ known: false, role: 'build' })
  },
)

describe('the fetch step', () => {
  it.each<[string, string]>([
    ['clojure -M:build -m shop.build', 'clojure -P -M:build || true'],
    ['clojure -A:dev -X:uberjar :jar x.jar', 'clojure -P -A:dev -X:uberjar || true'],
    ['clj -T:build uber', 'clj -P && clj -P -T:build || true'],
    ['GITLIBS=/g A=b clojure -M -m shop', 'GITLIBS=/g clojure -P -M || true'],
    ["clojure -Sdeps '{:deps{}}' -M -m shop", "clojure -Sdeps '{:deps{}}' -P -M || true"],
  ])('%s', (text, command) => {
    expect(fetchStep(text)).toEqual({ command, cwd: '/app' })
  })

  it.each<[string, string, Texts, unknown]>([
    ['an unknown alias', 'clojure $ALIAS', APP, { code: 'unknown-argument' }],
    ['no deps.edn', 'clojure -M -m shop', {}, { code: 'missing-file' }],
    ['a dependency outside', 'clojure -M -m shop', root('../x'), { code: 'outside-context' }],
  ])('is refused with %s', (_, text, texts, reason) => {
    expect(fetchStep(text, texts)).toMatchObject(reason as object)
  })

  it('is not needed beside itself', () => {
    expect(fetchStep('clojure -P -M:build')).toBeUndefined()
  })
})
