import { describe, expect, test } from 'vitest'
import { renv } from '../../src/ecosystems/renv/index.ts'
import { parseCalls } from '../../src/ecosystems/shared/parse-calls.ts'
import { fakeCommand, fakeFiles, type FakeOptions } from './fake-files.ts'
import type { Command, Effect, WriteEffect } from '../../src/model/types.ts'

type Texts = Readonly<Record<string, string>>
type Changes = Parameters<typeof fakeCommand>[1]

/** As the shell reads it: code stands in quotes, which may hold other quotes. */
function toCommand(text: string, changes: Changes): Command {
  const words = [...text.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, plain]) => {
    const word = double ?? plain ?? ''
    return single ?? (word.includes('$') ? undefined : word)
  })
  const [program, ...args] = words
  return { ...fakeCommand(text, changes), program, name: program?.replace(/^.*\//, ''), args }
}

const LOCK = JSON.stringify({
  R: { Version: '4.3.2' },
  Packages: { jsonlite: { Package: 'jsonlite', Version: '1.8.8', Source: 'Repository' } },
})
const APP: Texts = { '/app/renv.lock': LOCK, '/app/app.R': 'library(jsonlite)', '/app/R/a.R': '' }
const ACTIVE: Texts = {
  ...APP,
  '/app/.Rprofile': '# renv\nsource("renv/activate.R")\n',
  '/app/renv/activate.R': '',
  '/app/renv/settings.json': '{}',
}

function run(text: string, texts: Texts = APP, changes: Changes = {}, options: FakeOptions = {}) {
  const { files, looks } = fakeFiles(texts, options)
  const effect = renv.resolve(toCommand(text, changes), files)
  return { effect, ...looks() }
}

function writesOf(effect: Effect | undefined): readonly WriteEffect[] {
  if (effect?.known !== true) throw new Error(`not known: ${JSON.stringify(effect)}`)
  return effect.writes
}

describe('renv::restore()', () => {
  test.each([
    `R -e 'renv::restore()'`,
    `Rscript -e "renv::restore()"`,
    `R --vanilla -s -e 'renv::restore(prompt = FALSE)'`,
    `R -e 'install.packages("renv", repos = c(CRAN = "https://cloud.r-project.org"))' -e 'renv::restore()'`,
    `R -q -e 'library(renv); options(renv.consent = TRUE); restore(repos = c("https://cran.r-project.org"))'`,
    `R -e 'remotes::install_version("renv", "1.0.0"); renv::consent(provided = TRUE); renv::restore(lockfile = "renv.lock")'`,
    `/usr/local/bin/Rscript --no-save -e 'renv::restore()'`,
  ])('%s', (text) => {
    const { effect, found, trees } = run(text)
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect(found).toEqual(['/app/renv.lock'])
    expect(trees).toEqual(['/app/renv/local', '/app/renv/cellar'])
    expect(writesOf(effect)).toEqual(
      expect.arrayContaining([{ system: true }, { tree: '/root/.cache/R', mode: 'merge' }]),
    )
  })

  test('with the profile that activates renv', () => {
    const { effect, found } = run(`R -e 'renv::restore()'`, ACTIVE)
    expect([...found].sort()).toEqual([
      '/app/.Rprofile',
      '/app/renv.lock',
      '/app/renv/activate.R',
      '/app/renv/settings.json',
    ])
    expect(writesOf(effect)).toEqual(
      expect.arrayContaining([
        { tree: '/app/renv/library', mode: 'merge', ignore: '**/renv/library' },
        { tree: '/app/renv/staging', mode: 'merge', ignore: '**/renv/staging' },
      ]),
    )
    expect(run(`R --vanilla -e 'renv::restore()'`, ACTIVE).found).not.toContain('/app/.Rprofile')
  })

  test('what R reads when it starts', () => {
    const files = { ...APP, '/app/.Renviron': '', '/app/.RData': '' }
    expect(run(`R -e 'renv::restore()'`, files).found).toEqual(
      expect.arrayContaining(['/app/.Renviron', '/app/.RData']),
    )
    expect(run(`Rscript -e 'renv::restore()'`, files).found).not.toContain('/app/.RData')
    expect(run(`R --no-environ --no-restore -e 'renv::restore()'`, files).found).toEqual(['/app/renv.lock'])
  })

  test('a guard around the activation', () => {
    const profile = { '/app/.Rprofile': 'if (file.exists("renv/activate.R")) source("renv/activate.R")' }
    expect(run(`R -e 'renv::restore()'`, { ...APP, ...profile }).effect).toMatchObject({ known: true })
  })

  test('places that variables and arguments set', () => {
    const { effect, found } = run(
      `R -e 'renv::restore(library = "/lib")'`,
      { ...APP, '/app/ci.lock': LOCK },
      { env: { RENV_PATHS_CACHE: '/renv', RENV_PATHS_LOCKFILE: 'ci.lock' } },
    )
    expect(writesOf(effect)).toEqual(
      expect.arrayContaining([
        { tree: '/renv', mode: 'merge' },
        { tree: '/lib', mode: 'merge' },
      ]),
    )
    expect(found).toEqual(['/app/ci.lock'])
  })

  test.each<[string, string, Texts, Changes, unknown]>([
    ['no lockfile', `R -e 'renv::restore()'`, {}, {}, { code: 'missing-file', file: 'renv.lock' }],
    [
      'a broken lockfile',
      `R -e 'renv::restore()'`,
      { '/app/renv.lock': '<<<' },
      {},
      { code: 'unreadable-manifest', file: 'renv.lock' },
    ],
    [
      'a profile without its script',
      `R -e 'renv::restore()'`,
      { ...APP, '/app/.Rprofile': 'source("renv/activate.R")' },
      {},
      { code: 'missing-file', file: 'renv/activate.R' },
    ],
    [
      'a profile that loads code',
      `R -e 'renv::restore()'`,
      { ...APP, '/app/.Rprofile': 'source("R/a.R")' },
      {},
      { code: 'manifest-runs-code', file: '.Rprofile' },
    ],
    [
      'a profile with control flow',
      `R -e 'renv::restore()'`,
      { ...APP, '/app/.Rprofile': 'x <- readLines("VERSION")' },
      {},
      { code: 'manifest-runs-code', file: '.Rprofile' },
    ],
    [
      'a package on the disk',
      `R -e 'renv::restore()'`,
      { '/app/renv.lock': JSON.stringify({ Packages: { shop: { Source: 'Local', RemoteUrl: '../shop' } } }) },
      {},
      { code: 'local-dependency', file: 'renv.lock', dependency: 'shop (../shop)' },
    ],
    [
      'a library that .Renviron moves',
      `R -e 'renv::restore()'`,
      { ...APP, '/app/.Renviron': 'A=1\nRENV_PATHS_LIBRARY=lib\n' },
      {},
      { code: 'unknown-argument', text: 'RENV_PATHS_LIBRARY' },
    ],
    [
      'another profile',
      `R -e 'renv::restore()'`,
      APP,
      { env: { RENV_PROFILE: 'ci' } },
      { code: 'unknown-argument', text: 'RENV_PROFILE' },
    ],
    ['another project', `R -e 'renv::restore("../x")'`, APP, {}, { code: 'unknown-argument' }],
    ['other code', `R -e 'renv::restore(); source("app.R")'`, APP, {}, { code: 'unknown-argument' }],
    ['a variable', `R -e "renv::restore($X)"`, APP, {}, { code: 'unknown-argument' }],
    ['a new lockfile', `R -e 'renv::snapshot()'`, APP, {}, { code: 'edits-manifest', file: 'renv.lock' }],
    ['an activation', `R -e 'renv::init()'`, APP, {}, { code: 'edits-manifest', file: '.Rprofile' }],
  ])('refuses %s', (_, text, texts, changes, reason) => {
    expect(run(text, texts, changes).effect).toMatchObject({ known: false, role: 'install', reason })
  })
})

describe('other installs', () => {
  test.each([
    `R -e 'remotes::install_deps()'`,
    `Rscript -e 'remotes::install_deps(dependencies = TRUE)'`,
    `R -e 'pak::local_install_deps()'`,
    `R -e 'devtools::install_deps(".")'`,
  ])('%s', (text) => {
    const { effect, found } = run(text, { ...APP, '/app/DESCRIPTION': 'Package: shop' })
    expect(effect).toMatchObject({ known: true, role: 'install' })
    expect(found).toEqual(['/app/DESCRIPTION'])
    expect(run(text).effect).toMatchObject({
      known: false,
      reason: { code: 'missing-file', file: 'DESCRIPTION' },
    })
  })

  test.each([
    `R -e 'install.packages(c("shiny", "DBI"))'`,
    `Rscript -e 'BiocManager::install("DESeq2", ask = FALSE)'`,
    'install2.r --error --ncpus -1 shiny',
    `R -e 'pak::pkg_install("rstudio/renv@1.0.0")'`,
  ])('%s', (text) => {
    const { effect, found } = run(text)
    expect(effect).toMatchObject({ known: true, role: 'tool' })
    expect(found).toEqual([])
  })

  test.each([
    `R -e 'install.packages("shop_1.0.tar.gz", repos = NULL)'`,
    `R -e 'install.packages(".")'`,
    `R -e 'remotes::install_local()'`,
    'Rscript install.R',
    'R CMD INSTALL .',
    'install2.r',
    `R -e 'x <- 1'`,
    `R -e 'install.packages(readLines("packages.txt"))'`,
  ])('%s as unknown', (text) => {
    expect(run(text).effect).toEqual({ known: false })
  })

  test.each([
    ['Rscript install.R', `install.packages(c("shiny", "jsonlite"))\n`],
    ['Rscript --vanilla install.R --quiet', 'renv::restore()\n'],
    ['R --no-save -f install.R', 'options(Ncpus = 2)\nremotes::install_deps()\n'],
  ])('%s with a script that only installs', (text, code) => {
    const { effect, found } = run(text, { ...APP, '/app/install.R': code, '/app/DESCRIPTION': '' })
    expect(effect).toMatchObject({ known: true, role: 'install' })
    expect(found).toContain('/app/install.R')
  })

  test.each(['x <- readLines("x.txt")\n', 'source("other.R")\n', 'install.packages(names)\n'])(
    'a script with %j is not known',
    (code) => {
      expect(run('Rscript install.R', { '/app/install.R': code }).effect).toEqual({ known: false })
    },
  )

  test('the lockfile of pak', () => {
    const text = `R -e 'pak::lockfile_install()'`
    const lock = (type: string): Texts => ({
      '/app/pkg.lock': JSON.stringify({ packages: [{ ref: 'x', type }] }),
    })
    expect(run(text, lock('standard'))).toMatchObject({
      effect: { known: true, role: 'install' },
      found: ['/app/pkg.lock'],
    })
    expect(run(text, lock('local')).effect).toMatchObject({
      reason: { code: 'local-dependency', dependency: 'x' },
    })
    expect(run(text, {}).effect).toMatchObject({ reason: { code: 'missing-file', file: 'pkg.lock' } })
  })

  test.each([`R -e 'renv::install()'`, `R -e 'renv::hydrate()'`])('%s reads sources', (text) => {
    expect(run(text).effect).toMatchObject({
      known: false,
      role: 'install',
      reason: { code: 'reads-sources' },
    })
  })

  test('what tells only', () => {
    expect(run('R --version').effect).toMatchObject({ role: 'none' })
    expect(run(`R -e 'library(shiny)'`).effect).toMatchObject({ role: 'none' })
    expect(renv.fetch).toBeUndefined()
  })
})

test.each<[string, number | undefined]>([
  ['f()', 1],
  ['f(a = "x", b = c(1, TRUE)) # note\nusing Pkg; Pkg.add(["A"; "B"])', 3],
  ['f(\n  "a",\n  \'b\'\n)', 1],
  ['x <- f()', undefined],
  ['f() + 1', undefined],
  ['f("$x")', undefined],
  ['f(', undefined],
])('parses %s', (text, count) => {
  expect(parseCalls(text)?.length).toBe(count)
})
