import { describe, expect, test } from 'vitest'
import { carton } from '../../src/ecosystems/carton/index.ts'
import { toCommand } from '../effects/to-command.ts'
import { fakeFiles, type FakeOptions } from './fake-files.ts'
import type { Effect, WriteEffect } from '../../src/model/types.ts'

type Texts = Readonly<Record<string, string>>
type Changes = Parameters<typeof toCommand>[1]

const APP: Texts = {
  '/app/cpanfile': "requires 'Mojolicious';",
  '/app/cpanfile.snapshot': '# carton snapshot',
  '/app/lib/Shop.pm': '',
}

function run(text: string, texts: Texts = APP, changes: Changes = {}, options: FakeOptions = {}) {
  const { files, looks } = fakeFiles(texts, options)
  const effect = carton.resolve(toCommand(text, changes), files)
  return { effect, ...looks() }
}

function writesOf(effect: Effect | undefined): readonly WriteEffect[] {
  if (effect?.known !== true) throw new Error(`not known: ${JSON.stringify(effect)}`)
  return effect.writes
}

const LOCAL = { tree: '/app/local', mode: 'merge', ignore: 'local' }
const CACHE = { tree: '/root/.cpanm', mode: 'merge', allow: 'cache' }

describe('carton install', () => {
  test.each([
    'carton',
    'carton install',
    'carton install --without develop',
    'carton install --cpanfile=cpanfile',
  ])('%s', (text) => {
    const { effect, found, paths } = run(text)
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect(found).toEqual(['/app/cpanfile', '/app/cpanfile.snapshot'])
    expect(paths).toEqual(
      expect.arrayContaining(['/app/META.json', '/app/META.yml', '/app/Build.PL', '/app/Makefile']),
    )
    expect(writesOf(effect)).toEqual([LOCAL, { path: '/app/cpanfile.snapshot', allow: 'lockfile' }, CACHE])
  })

  test('a snapshot that is pinned, or missing', () => {
    expect(writesOf(run('carton install --deployment').effect)).toEqual([LOCAL, CACHE])
    expect(writesOf(run('carton install', { '/app/cpanfile': '' }).effect)).toContainEqual({
      path: '/app/cpanfile.snapshot',
    })
  })

  test('the archives that are committed, and other places', () => {
    expect(
      run('carton install --cached --deployment', { ...APP, '/app/vendor/cache/a.tar.gz': '' }).trees,
    ).toEqual(['/app/vendor/cache'])
    expect(writesOf(run('carton install --path /perl').effect)).toContainEqual({
      tree: '/perl',
      mode: 'merge',
    })
    expect(
      writesOf(
        run('carton install', APP, { env: { PERL_CARTON_PATH: '/perl', PERL_CPANM_HOME: '/c' } }).effect,
      ),
    ).toEqual(
      expect.arrayContaining([
        { tree: '/perl', mode: 'merge' },
        { ...CACHE, tree: '/c' },
      ]),
    )
  })

  test.each<[string, string, Texts, unknown]>([
    ['no cpanfile', 'carton install', {}, { code: 'missing-file', file: 'cpanfile' }],
    [
      'a deployment without a snapshot',
      'carton install --deployment',
      { '/app/cpanfile': '' },
      { code: 'missing-file', file: 'cpanfile.snapshot' },
    ],
    [
      'a cpanfile that reads files',
      'carton install',
      { '/app/cpanfile': "do './more';" },
      { code: 'manifest-runs-code', file: 'cpanfile' },
    ],
    ['an update', 'carton update', APP, { code: 'edits-manifest', file: 'cpanfile.snapshot' }],
    ['an unknown argument', 'carton install $X', APP, { code: 'unknown-argument' }],
  ])('refuses %s', (_, text, texts, reason) => {
    expect(run(text, texts).effect).toMatchObject({ known: false, role: 'install', reason })
  })

  test('other commands', () => {
    for (const text of ['carton exec perl app.pl', 'carton bundle', 'carton fatpack'])
      expect(run(text).effect).toEqual({ known: false })
    expect(run('carton version').effect).toMatchObject({ role: 'none' })
    expect(carton.fetch).toBeUndefined()
  })
})
