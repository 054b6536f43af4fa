import { describe, expect, test } from 'vitest'
import { julia } from '../../src/ecosystems/julia/index.ts'
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

const APP: Texts = {
  '/app/Project.toml': '[deps]\nHTTP = "cd3eb016-35fb-5094-929b-558a96fad6f3"\n',
  '/app/Manifest.toml':
    'manifest_format = "2.0"\n\n[[deps.HTTP]]\nuuid = "cd3eb016-35fb-5094-929b-558a96fad6f3"\nversion = "1.10.0"\n',
  '/app/app.jl': 'using HTTP',
}

function run(text: string, texts: Texts = APP, changes: Changes = {}, options: FakeOptions = {}) {
  const { files, looks } = fakeFiles(texts, options)
  const effect = julia.resolve(toCommand(text, changes), files)
  return { effect, ...looks() }
}

function writesOf(effect: Effect | undefined): readonly WriteEffect[] {
  if (effect?.known !== true) throw new Error(`not known: ${JSON.stringify(effect)}`)
  return effect.writes
}

const DEPOT = { tree: '/root/.julia', mode: 'merge' }

describe('Pkg.instantiate()', () => {
  test.each([
    `julia --project -e 'using Pkg; Pkg.instantiate()'`,
    `julia --project=. -e 'import Pkg; Pkg.instantiate(); Pkg.precompile()'`,
    `julia --project=@. --startup-file=no -e "using Pkg; Pkg.instantiate(verbose=true)"`,
    `julia -e 'using Pkg; Pkg.activate("."); Pkg.instantiate()'`,
    `/usr/local/julia/bin/julia -t auto --project=/app -e 'using Pkg; Pkg.Registry.update(); Pkg.instantiate()'`,
  ])('%s', (text) => {
    const { effect, found, paths } = run(text)
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect([...found].sort()).toEqual(['/app/Manifest.toml', '/app/Project.toml'])
    expect(paths).toEqual(
      expect.arrayContaining(['/app/JuliaProject.toml', '/app/LocalPreferences.toml', '/app/Artifacts.toml']),
    )
    expect(writesOf(effect)).toEqual([DEPOT])
  })

  test('other files, places and a manifest that is made', () => {
    const files = {
      '/app/JuliaProject.toml': '',
      '/app/Manifest-v1.11.toml': '',
      '/app/LocalPreferences.toml': '',
    }
    expect([...run(`julia --project -e 'using Pkg; Pkg.instantiate()'`, files).found].sort()).toEqual(
      Object.keys(files).sort(),
    )
    const { effect } = run(
      `julia -e 'using Pkg; Pkg.instantiate()'`,
      { '/app/Project.toml': '' },
      { env: { JULIA_PROJECT: '/app', JULIA_DEPOT_PATH: '/depot:/other' } },
    )
    expect(writesOf(effect)).toEqual([{ tree: '/depot', mode: 'merge' }, { path: '/app/Manifest.toml' }])
  })

  test.each<[string, string, Texts, Changes, unknown]>([
    [
      'no project',
      `julia --project=. -e 'using Pkg; Pkg.instantiate()'`,
      {},
      {},
      { code: 'missing-file', file: 'Project.toml' },
    ],
    [
      'a package, which is precompiled',
      `julia --project -e 'using Pkg; Pkg.instantiate()'`,
      { ...APP, '/app/Project.toml': 'name = "Shop"\nuuid = "a"\n' },
      {},
      { code: 'reads-sources', path: 'src/Shop.jl' },
    ],
    [
      'a source on the disk',
      `julia --project -e 'using Pkg; Pkg.instantiate()'`,
      { '/app/Project.toml': '[sources]\nCart = { path = "../Cart" }\n' },
      {},
      { code: 'local-dependency', file: 'Project.toml', dependency: 'Cart (../Cart)' },
    ],
    [
      'a package that is developed',
      `julia --project -e 'using Pkg; Pkg.instantiate()'`,
      { ...APP, '/app/Manifest.toml': '[[deps.Cart]]\npath = "cart"\n' },
      {},
      { code: 'local-dependency', file: 'Manifest.toml', dependency: 'Cart (cart)' },
    ],
    [
      'the same in the first format',
      `julia --project -e 'using Pkg; Pkg.instantiate()'`,
      { ...APP, '/app/Manifest.toml': '[[Cart]]\npath = "cart"\n' },
      {},
      { code: 'local-dependency' },
    ],
    [
      'a workspace',
      `julia --project -e 'using Pkg; Pkg.instantiate()'`,
      { '/app/Project.toml': '[workspace]\nprojects = ["test"]\n' },
      {},
      { code: 'local-dependency', dependency: 'test' },
    ],
    [
      'a broken project',
      `julia --project -e 'using Pkg; Pkg.instantiate()'`,
      { '/app/Project.toml': '[' },
      {},
      { code: 'unreadable-manifest' },
    ],
    [
      'a package that is added',
      `julia --project -e 'using Pkg; Pkg.add("HTTP")'`,
      APP,
      {},
      { code: 'edits-manifest', file: 'Project.toml' },
    ],
    [
      'other code',
      `julia --project -e 'using Pkg; Pkg.instantiate(); using HTTP'`,
      APP,
      {},
      { code: 'unknown-argument' },
    ],
    [
      'a depot that is not known',
      `julia --project -e 'using Pkg; Pkg.instantiate()'`,
      APP,
      { env: { JULIA_DEPOT_PATH: undefined } },
      { code: 'unknown-argument', text: 'JULIA_DEPOT_PATH' },
    ],
  ])('refuses %s', (_, text, texts, changes, reason) => {
    expect(run(text, texts, changes).effect).toMatchObject({ known: false, role: 'install', reason })
  })

  test('its tools', () => {
    for (const text of [
      `julia -e 'using Pkg; Pkg.add("HTTP")'`,
      `julia -e 'import Pkg; Pkg.add(name="HTTP", version="1.10"); Pkg.precompile()'`,
      `julia --project=@v1.10 -e 'using Pkg; Pkg.add(["A", "B"])'`,
    ]) {
      expect(run(text).effect).toMatchObject({ known: true, role: 'tool', writes: [DEPOT] })
    }
    expect(run('julia --version').effect).toMatchObject({ role: 'none' })
  })

  test.each([
    'julia app.jl',
    `julia -e 'using HTTP'`,
    `julia -e 'using Pkg; Pkg.develop(path=".")'`,
    `julia -e 'using Pkg; Pkg.add(path="../x")'`,
    `julia -e 'include("x.jl")'`,
    'julia',
  ])('%s as unknown', (text) => {
    expect(run(text).effect).toEqual({ known: false })
    expect(julia.fetch).toBeUndefined()
  })
})
