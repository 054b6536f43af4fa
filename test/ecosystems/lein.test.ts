import { describe, expect, it } from 'vitest'
import { lein } from '../../src/ecosystems/lein/index.ts'
import { ednAt, ednString, ednWalk, parseEdn } from '../../src/ecosystems/shared/parse-edn.ts'
import { toCommand } from '../effects/to-command.ts'
import { fakeFiles, type FakeOptions } from './fake-files.ts'

type Texts = Readonly<Record<string, string>>
type Changes = Parameters<typeof toCommand>[1]

function run(text: string, texts: Texts = APP, changes: Changes = {}, options: FakeOptions = {}) {
  const { files, looks } = fakeFiles(texts, options)
  return { effect: lein.resolve(toCommand(text, changes), files), ...looks() }
}

function fetchStep(text: string, texts: Texts = APP, changes: Changes = {}) {
  const call = toCommand(text.replace(/^(\w+=\S+ )+/, ''), changes)
  return lein.fetch?.({ ...call, text }, fakeFiles(texts).files)
}

const project = (rest = ''): string =>
  `(defproject shop "0.1.0" :dependencies [[org.clojure/clojure "1.11.1"]] ${rest})`
const APP: Texts = { '/app/project.clj': project() }

describe('lein deps', () => {
  it.each<[string, Changes?]>([
    ['lein deps'],
    ['lein -U deps :tree'],
    ['lein with-profile +prod deps'],
    ['lein do clean, deps'],
    ['lein classpath'],
    ['/usr/local/bin/lein deps'],
    ['lein deps', { cwd: '/app/src' }],
  ])('%s', (text, changes) => {
    const { effect, found } = run(text, APP, changes)
    expect(effect).toMatchObject({ known: true, role: 'fetch', env: 'all-but-stamps' })
    expect(found).toEqual(['/app/project.clj'])
  })

  it('reads profiles, what lies beside, a script and a repository of the project', () => {
    const { found, trees } = run('./lein deps', {
      '/app/project.clj': project(':repositories {"own" "file:repo"}'),
      '/app/profiles.clj': '{:dev {}}',
      '/app/.leinrc': '',
      '/app/lein': '#!/bin/sh\n',
      '/app/repo/a.jar': '',
    })
    expect([...found].sort()).toEqual(['/app/.leinrc', '/app/lein', '/app/profiles.clj', '/app/project.clj'])
    expect(trees).toContain('/app/repo')
  })

  it('writes the local repository, its home, and notes in target', () => {
    const cache = { mode: 'merge', allow: 'cache' }
    const texts = { '/app/project.clj': project(':local-repo "m2" :target-path "out/%s"') }
    expect(run('lein deps', texts, { env: { LEIN_HOME: '/lein' } }).effect).toMatchObject({
      writes: [
        { tree: '/app/m2', ...cache },
        { tree: '/lein', ...cache },
        { tree: '/app/out', ...cache, ignore: '**/target' },
      ],
    })
  })

  it('depends on all variables where the project asks for one', () => {
    const texts = { '/app/project.clj': project(':url ~(str (System/getenv "URL") "/x")') }
    expect(run('lein deps', texts).effect).toMatchObject({ known: true, env: 'all' })
  })

  it.each<[string, Texts, unknown]>([
    ['no project', {}, { code: 'missing-file', file: 'project.clj' }],
    [
      'a file that is read',
      { '/app/project.clj': project(':url ~(slurp "URL")') },
      { code: 'manifest-runs-code', text: 'slurp' },
    ],
    [
      'a version that is read from a file',
      { '/app/project.clj': '(defproject shop (slurp "VERSION"))' },
      { code: 'manifest-runs-code', text: 'slurp' },
    ],
    [
      'code above the project',
      { '/app/project.clj': `(def v (slurp "V"))\n${project()}` },
      { code: 'manifest-runs-code' },
    ],
    [
      'code that the reader executes',
      { '/app/project.clj': project(':url #=(eval x)') },
      { code: 'manifest-runs-code' },
    ],
    [
      'a version from git',
      { '/app/project.clj': project(':profiles {:dev {:plugins [[me.raynes/lein-git "1"]]}}') },
      { code: 'manifest-runs-code' },
    ],
    [
      'other projects',
      { '/app/project.clj': project(':plugins [[lein-sub "0.3.0"]]') },
      { code: 'manifest-runs-code' },
    ],
    ['middleware', { '/app/project.clj': project(':middleware [a/b]') }, { code: 'manifest-runs-code' }],
    [
      'profiles that are code',
      { ...APP, '/app/profiles.clj': '{:dev ~(slurp "x")}' },
      { code: 'manifest-runs-code', file: 'profiles.clj' },
    ],
    [
      'checkouts',
      { ...APP, '/app/checkouts/a/project.clj': '' },
      { code: 'reads-sources', path: 'checkouts' },
    ],
    [
      'a project that does not end',
      { '/app/project.clj': '(defproject a "1"' },
      { code: 'unreadable-manifest' },
    ],
    ['no definition', { '/app/project.clj': '(ns a)' }, { code: 'unreadable-manifest' }],
  ])('is not known with %s', (_, texts, reason) => {
    expect(run('lein deps', texts).effect).toMatchObject({ known: false, role: 'install', reason })
  })

  it.each([
    ['symlink', 'symlink'],
    ['unknown', 'changed-input'],
  ] as const)('is not known when the project is of kind %s', (kind, code) => {
    const { effect } = run('lein deps', APP, {}, { kinds: { '/app/project.clj': kind } })
    expect(effect).toMatchObject({ known: false, reason: { code, file: 'project.clj' } })
  })
})

it.each<[string, unknown]>([
  ['lein uberjar', { known: false, role: 'build' }],
  ['lein do clean, uberjar', { known: false, role: 'build' }],
  ['lein with-profile prod ring uberwar', { known: false, role: 'build' }],
  ['lein clean', { known: false }],
])('%s is a build', (text, effect) => {
  expect(run(text).effect).toMatchObject(effect as object)
})

describe('the fetch step', () => {
  it.each<[string, string]>([
    ['lein uberjar', 'lein deps || true'],
    ['lein with-profile +prod,uberjar do clean, uberjar', 'lein with-profile +prod,uberjar deps || true'],
    ['LEIN_ROOT=1 A=b lein uberjar', 'LEIN_ROOT=1 lein deps || true'],
    ['./lein uberjar', 'sh ./lein deps || true'],
  ])('%s', (text, command) => {
    expect(fetchStep(text, { ...APP, '/app/lein': '' })).toEqual({ command, cwd: '/app' })
  })

  it.each<[string, string, Texts, unknown]>([
    ['an unknown task', 'lein $TASK', APP, { code: 'unknown-argument' }],
    [
      'a project that reads files',
      'lein uberjar',
      { '/app/project.clj': project(':url ~(slurp "x")') },
      { code: 'manifest-runs-code' },
    ],
  ])('is refused with %s', (_, text, texts, reason) => {
    expect(fetchStep(text, texts)).toMatchObject(reason as object)
  })

  it.each(['lein deps', 'lein clean', 'lein version', 'lein -o uberjar'])('is not needed for %s', (text) => {
    expect(fetchStep(text)).toBeUndefined()
  })
})

describe('EDN', () => {
  it('reads values, and drops comments, metadata and discarded forms', () => {
    const forms = parseEdn('; a\n{:a ^:b [1 #_(2 3) "x\\"y" \\a], :c #{nil} #_:d #_e}')
    const [map] = forms ?? []
    expect(forms).toHaveLength(1)
    expect(ednAt(map, ':a')).toEqual({
      kind: 'vector',
      items: [
        { kind: 'atom', text: '1' },
        { kind: 'string', text: 'x"y' },
        { kind: 'atom', text: '\\a' },
      ],
    })
    expect(ednAt(map, ':c')).toEqual({ kind: 'set', items: [{ kind: 'atom', text: 'nil' }] })
  })

  it('shows reader macros as lists', () => {
    const [form] = parseEdn('[~x #"re" #=(f) #inst "2024"]') ?? []
    const signs = ednWalk(form ?? { kind: 'atom', text: '' }).flatMap((inner) =>
      'items' in inner && inner.kind === 'list' ? [inner.items[0]] : [],
    )
    expect(signs).toEqual(['~', '#"', '#=', 'f', '#inst'].map((text) => ({ kind: 'symbol', text })))
  })

  it.each(['(', '{:a "b}', ')', '[1 #_]', '^:a'])('does not read %s', (text) => {
    expect(parseEdn(text)).toBeUndefined()
  })

  it('takes nothing for a value that is not there', () => {
    expect(ednString(ednAt(undefined, ':a'))).toBeUndefined()
    expect(ednString({ kind: 'symbol', text: 'a' })).toBeUndefined()
  })
})
