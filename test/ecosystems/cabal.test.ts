import { describe, expect, test } from 'vitest'
import { cabal } from '../../src/ecosystems/cabal/index.ts'
import { toCommand } from '../effects/to-command.ts'
import { fakeFiles, type FakeOptions } from './fake-files.ts'
import type { Effect, WriteEffect } from '../../src/model/types.ts'

type Texts = Readonly<Record<string, string>>
type Changes = Parameters<typeof toCommand>[1]

const CABAL = `cabal-version: 2.4
name: shop
version: 0.1.0.0

common shared
  build-depends:
    base >=4 && <5,
    -- for JSON
    aeson

library
  import: shared
  exposed-modules: Shop

executable shop
  main-is: Main.hs
  build-depends: base, shop
`
const APP: Texts = {
  '/app/shop.cabal': CABAL,
  '/app/app/Main.hs': '',
  '/app/src/Shop.hs': '',
  '/app/LICENSE': '',
}
const ALONE = CABAL.replace(/library[\s\S]*?(?=executable)/, '').replace('base, shop', 'base, aeson')

function run(text: string, texts: Texts = APP, changes: Changes = {}, options: FakeOptions = {}) {
  const { files, looks } = fakeFiles(texts, options)
  const effect = cabal.resolve(toCommand(text, changes), files)
  return { effect, ...looks() }
}

function writesOf(effect: Effect | undefined): readonly WriteEffect[] {
  if (effect?.known !== true) throw new Error(`not known: ${JSON.stringify(effect)}`)
  return effect.writes
}

function fetchStep(text: string, texts: Texts = APP, changes: Changes = {}, updated = true) {
  const { files } = fakeFiles(texts, updated ? { kinds: { '/root/.cabal/packages/index': 'unknown' } } : {})
  return cabal.fetch?.(toCommand(text, changes), files)
}

const STORES = ['/root/.cabal', '/root/.local/state/cabal', '/root/.cache/cabal', '/root/.config/cabal']

describe('cabal build --only-dependencies', () => {
  test.each([
    'cabal build --only-dependencies',
    'cabal v2-build --dependencies-only',
    'cabal new-build --only-dependencies -j4 -O2 --enable-tests',
    'cabal build --only-dependencies --ghc-options=-O1 -f static all',
    'cabal build --only-dependencies lib:shop',
    '/opt/ghc/bin/cabal --verbose=1 build --only-dependencies',
  ])('%s', (text) => {
    const { effect, found, paths, trees } = run(text)
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect(found).toEqual(['/app/shop.cabal'])
    expect(paths).toEqual(
      expect.arrayContaining([
        '/app/cabal.project',
        '/cabal.project',
        '/app/cabal.project.local',
        '/app/cabal.project.freeze',
      ]),
    )
    expect(trees).toEqual(['/app/dist-newstyle', ...STORES])
    expect(writesOf(effect)).toEqual([
      { tree: '/app/dist-newstyle', mode: 'merge', allow: 'warm-up', ignore: '**/dist-newstyle' },
      ...STORES.map((tree) => ({ tree, mode: 'merge', allow: 'warm-up' })),
    ])
  })

  test('reads the project, what it imports, and every package', () => {
    const files = {
      '/app/cabal.project':
        'packages:\n  ./*.cabal\n  libs/*\n  -- old/*\nimport: shared/options.project\noptional-packages: extra/x.cabal\nsource-repository-package\n  type: git\n  location: https://github.com/a/b\n',
      '/app/cabal.project.local': 'optimization: 0',
      '/app/cabal.project.freeze': 'constraints: any.aeson ==2.2.1.0',
      '/app/shared/options.project': 'packages: tools\nimport: https://example.com/x.config',
      '/app/shop.cabal': ALONE,
      '/app/libs/cart/cart.cabal': 'name: cart\n',
      '/app/libs/cart/src/Cart.hs': '',
      '/app/tools/tools.cabal': 'name: tools\n',
      '/app/old/y/y.cabal': 'name: y\n',
    }
    const expected = Object.keys(files)
      .filter((path) => !/\.hs$|old/.test(path))
      .sort()
    expect([...run('cabal build --only-dependencies', files).found].sort()).toEqual(expected)
    expect(
      [...run('cabal build --only-dependencies', files, { cwd: '/app/libs/cart' }).found].sort(),
    ).toEqual(expected)
  })

  test('places that options and variables set', () => {
    const { effect } = run('cabal build --only-dependencies --builddir /out --store-dir=/store', APP, {
      env: { CABAL_DIR: '/cabal' },
    })
    expect(writesOf(effect).map((write) => 'tree' in write && write.tree)).toEqual([
      '/out',
      '/cabal',
      '/store',
    ])
    expect(
      run('cabal build --only-dependencies --project-file=ci.project', {
        ...APP,
        '/app/ci.project': 'packages: .',
      }).found,
    ).toContain('/app/ci.project')
  })

  const project = {
    '/app/cabal.project': 'packages: . cart',
    '/app/cart/cart.cabal': 'name: cart\nlibrary\n  build-depends: base\n',
  }

  test('of all packages, also when they need each other', () => {
    const files = { ...APP, ...project, '/app/shop.cabal': ALONE.replace('aeson', 'cart') }
    expect(run('cabal build --only-dependencies all', files).effect).toMatchObject({ known: true })
    expect(run('cabal build --only-dependencies shop', { ...APP, ...project }).effect).toMatchObject({
      known: true,
    })
  })

  test.each<[string, string, Texts, unknown]>([
    [
      'the target that needs the library of its package',
      'cabal build --only-dependencies exe:shop',
      APP,
      { code: 'reads-sources', path: '/app' },
    ],
    [
      'a target that needs another package',
      'cabal build --only-dependencies exe:shop',
      { ...APP, ...project, '/app/shop.cabal': ALONE.replace('aeson', 'cart') },
      { code: 'reads-sources', path: '/app/cart' },
    ],
    ['cabal install, which builds', 'cabal install --only-dependencies', APP, { code: 'reads-sources' }],
    [
      'no package',
      'cabal build --only-dependencies',
      { '/app/package.yaml': '' },
      { code: 'missing-file', file: '*.cabal' },
    ],
    [
      'an import that is gone',
      'cabal build --only-dependencies',
      { ...APP, '/app/cabal.project': 'import: x.project' },
      { code: 'missing-file', file: 'x.project' },
    ],
    [
      'an option that is not known',
      'cabal build --only-dependencies --frobnicate x',
      APP,
      { code: 'unknown-argument' },
    ],
    ['a variable', 'cabal build --only-dependencies $FLAGS', APP, { code: 'unknown-argument' }],
    [
      'a change of the project',
      'cabal freeze',
      APP,
      { code: 'edits-manifest', file: 'cabal.project.freeze' },
    ],
    [
      'a configuration',
      'cabal configure --enable-tests',
      APP,
      { code: 'edits-manifest', file: 'cabal.project.local' },
    ],
  ])('refuses %s', (_, text, texts, reason) => {
    const { effect } = run(text, texts)
    expect(effect).toMatchObject({ known: false, role: 'install' })
    expect(effect?.known === false && JSON.stringify(effect.reason)).toContain(
      (reason as { code: string }).code,
    )
  })

  test('other commands', () => {
    for (const text of ['cabal build', 'cabal v2-install exe:shop', 'cabal test all'])
      expect(run(text).effect).toEqual({ known: false, role: 'build' })
    expect(run('cabal --version').effect).toMatchObject({ role: 'none' })
    expect(run('cabal user-config init').effect).toEqual({ known: false })
    const { effect, paths } = run('cabal update')
    expect(effect).toMatchObject({ known: true, role: 'tool' })
    expect(paths).toContain('/app/cabal.project')
    expect(writesOf(effect)).toContainEqual({ path: '/root/.cabal/packages/index' })
  })
})

describe('the fetch step', () => {
  test.each([
    ['cabal build', 'cabal build --only-dependencies'],
    ['cabal v2-build -O2 exe:shop', 'cabal build --only-dependencies -O2 all'],
    [
      "cabal build all --ghc-options='-O1 -fno-warn'",
      "cabal build --only-dependencies '--ghc-options=-O1 -fno-warn' all",
    ],
  ])('of %s', (text, command) => {
    expect(fetchStep(text)).toEqual({ command, cwd: '/app' })
  })

  test.each<[string, string, Texts, boolean, unknown]>([
    ['an index that is not there', 'cabal build', APP, false, undefined],
    ['an install', 'cabal install exe:shop', APP, true, undefined],
    [
      'nothing to download',
      'cabal build',
      { '/app/shop.cabal': 'name: shop\nexecutable shop\n  build-depends: base\n' },
      true,
      undefined,
    ],
    [
      'several executables',
      'cabal build',
      { '/app/shop.cabal': `${CABAL}executable other\n  main-is: O.hs\n` },
      true,
      undefined,
    ],
    ['tests that the build leaves out', 'cabal build --enable-tests exe:shop', APP, true, undefined],
    [
      'several packages',
      'cabal build all',
      { ...APP, '/app/cabal.project': 'packages: . cart', '/app/cart/cart.cabal': 'name: cart' },
      true,
      { code: 'local-dependency', file: 'cart/cart.cabal', dependency: '/app' },
    ],
    [
      'an unknown argument',
      'cabal build $X',
      APP,
      true,
      { code: 'unknown-argument', text: 'cabal build $X' },
    ],
  ])('not for %s', (_, text, texts, updated, expected) => {
    const step = fetchStep(text, texts, {}, updated)
    if (expected === undefined) expect(step).toBeUndefined()
    else expect(step).toMatchObject({ code: (expected as { code: string }).code })
  })
})
