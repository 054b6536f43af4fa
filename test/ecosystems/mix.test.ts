import { describe, expect, it } from 'vitest'
import { mix } from '../../src/ecosystems/mix/index.ts'
import { lexCode } from '../../src/ecosystems/shared/lex-code.ts'
import { satisfies } from '../../src/ecosystems/mix/satisfies.ts'
import { toCommand } from '../effects/to-command.ts'
import { fakeFiles, type FakeOptions } from './fake-files.ts'
import type { Effect, WriteEffect } from '../../src/model/types.ts'

type Texts = Readonly<Record<string, string>>
type Changes = Parameters<typeof toCommand>[1]

function run(text: string, texts: Texts = {}, changes: Changes = {}, options: FakeOptions = {}) {
  const { files, looks } = fakeFiles(texts, options)
  const effect = mix.resolve(toCommand(text, changes), files)
  return { effect, ...looks() }
}

function fetchStep(text: string, texts: Texts = {}) {
  const { files } = fakeFiles(texts)
  return mix.fetch?.(toCommand(text), files)
}

function writesOf(effect: Effect | undefined): readonly WriteEffect[] {
  return effect?.known === true ? effect.writes : []
}

function project(deps: string, more = ''): string {
  return `defmodule Shop.MixProject do\n  use Mix.Project\n${more}\n  def project, do: [app: :shop, version: "0.1.0", deps: deps()]\n  defp deps, do: [${deps}]\nend\n`
}

const LOCK = '%{\n  "plug": {:hex, :plug, "1.15.3", "abc", [:mix], [], "hexpm", "def"},\n}\n'
const APP = { '/app/mix.exs': project('{:plug, "~> 1.15"}'), '/app/mix.lock': LOCK, '/app/lib/shop.ex': '' }
const MANIFESTS = ['/app/mix.exs', '/app/mix.lock']

describe('mix deps.get', () => {
  it.each([
    'mix deps.get',
    'mix deps.get --only prod',
    'mix deps.get --only $MIX_ENV --check-locked',
    '/usr/local/bin/mix deps.get',
    'mix deps.compile',
    'mix do deps.get --only prod, deps.compile',
    'mix do deps.get + deps.compile',
    'mix do local.hex --force, local.rebar --force, deps.get',
  ])('%s', (text) => {
    const { effect, found } = run(text, APP)
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect(found).toEqual(MANIFESTS)
  })

  it('writes deps and _build, and what Hex keeps in the home', () => {
    const writes = writesOf(run('mix deps.get', APP).effect)
    expect(writes.slice(0, 2)).toEqual([
      { tree: '/app/deps', mode: 'merge', allow: 'warm-up', ignore: 'deps' },
      { tree: '/app/_build', mode: 'merge', allow: 'warm-up', ignore: '_build' },
    ])
    expect(writes.slice(2).every((write) => write.allow === 'cache')).toBe(true)
    expect(writesOf(run('mix deps.compile', APP).effect)).toContainEqual({
      tree: '/app/_build',
      mode: 'merge',
      ignore: '_build',
    })
    expect(writesOf(run('mix deps.get', APP, { env: { MIX_DEPS_PATH: '/deps' } }).effect)[0]).toMatchObject({
      tree: '/deps',
    })
  })

  it('depends on Hex in the home', () => {
    expect(run('mix deps.get', APP, { env: { MIX_HOME: '/opt/elixir' } }).trees).toEqual(
      expect.arrayContaining(['/opt/elixir', '/root/.hex', '/app/deps', '/app/_build']),
    )
  })

  it('writes a lockfile that is missing or does not fit', () => {
    const lock = (text: string, texts: Texts) =>
      writesOf(run(text, texts).effect).filter((write) => 'path' in write)
    expect(lock('mix deps.get', APP)).toEqual([])
    expect(lock('mix deps.get', { '/app/mix.exs': APP['/app/mix.exs'] })).toEqual([{ path: '/app/mix.lock' }])
    const newer = { ...APP, '/app/mix.exs': project('{:plug, "~> 1.16"}') }
    expect(lock('mix deps.get', newer)).toEqual([{ path: '/app/mix.lock', allow: 'lockfile' }])
    expect(lock('mix deps.get --check-locked', newer)).toEqual([])
  })

  it('reads the configuration that is evaluated', () => {
    const texts = {
      ...APP,
      '/app/config/config.exs':
        'import Config\nconfig :shop, url: [host: System.get_env("HOST")]\nif File.exists?("config/local.marker"), do: :ok\nimport_config "#{config_env()}.exs"\n',
      '/app/config/prod.exs': 'import Config\nimport_config "shared.exs"',
      '/app/config/shared.exs': 'import Config',
      '/app/config/local.marker': '',
      '/app/config/runtime.exs': 'import Config\nconfig :shop, x: File.read!("/run/secret")',
    }
    const { effect, found } = run('mix deps.get', texts)
    expect(effect).toMatchObject({ known: true })
    expect([...found].sort()).toEqual(
      [
        ...MANIFESTS,
        ...['config.exs', 'local.marker', 'prod.exs', 'runtime.exs', 'shared.exs'].map(
          (name) => `/app/config/${name}`,
        ),
      ].sort(),
    )
  })

  it('reads every mix.exs of an umbrella, and of dependencies by path', () => {
    const texts = {
      ...APP,
      '/app/mix.exs':
        'defmodule U do\n  use Mix.Project\n  def project, do: [apps_path: "apps", deps: [{:tool, path: "tool"}]]\nend',
      '/app/apps/a/mix.exs': project(
        '{:b, in_umbrella: true}, {:plug, "~> 1.15"}',
        '  @x File.read!("VERSION")',
      ),
      '/app/apps/a/VERSION': '1',
      '/app/apps/b/mix.exs': project(''),
      '/app/apps/b/lib/b.ex': '',
      '/app/tool/mix.exs': project(''),
    }
    const { effect, found } = run('mix deps.get', texts)
    expect(effect).toMatchObject({ known: true })
    const names = [
      'mix.exs',
      'mix.lock',
      'apps/a/VERSION',
      'apps/a/mix.exs',
      'apps/b/mix.exs',
      'tool/mix.exs',
    ]
    expect([...found].sort()).toEqual(names.map((name) => `/app/${name}`).sort())
  })

  it('follows the places that a project of an umbrella names', () => {
    const text =
      'defmodule A do\n  use Mix.Project\n  def project, do: [app: :a, deps_path: "../../deps", build_path: "../../_build", lockfile: "../../mix.lock", config_path: "../../config/config.exs", deps: []]\nend'
    const texts = {
      '/app/apps/a/mix.exs': text,
      '/app/mix.lock': LOCK,
      '/app/config/config.exs': 'import Config',
    }
    const { effect, found } = run('mix deps.get', texts, { cwd: '/app/apps/a' })
    expect(found).toEqual(['/app/apps/a/mix.exs', '/app/config/config.exs', '/app/mix.lock'])
    expect(writesOf(effect)[0]).toMatchObject({ tree: '/app/deps' })
  })

  it.each([
    '@version File.read!("VERSION")',
    '@version "VERSION" |> File.read!() |> String.trim()',
    '@version File.read!(Path.join(__DIR__, "VERSION"))',
    '@version File.read!(Path.expand("VERSION", __DIR__))',
  ])('reads what the project reads: %s', (line) => {
    const { effect, found } = run('mix deps.get', {
      ...APP,
      '/app/mix.exs': project('{:plug, "~> 1.15"}', line),
      '/app/VERSION': '1',
    })
    expect(effect).toMatchObject({ known: true })
    expect(found).toContain('/app/VERSION')
  })

  it.each([
    '  @moduledoc """\n  Reads #{"nothing"} and "quotes".\n  """',
    '  defp docs, do: [extras: Path.wildcard("guides/*.md"), source_ref: "v#{@version}"]',
    '  defp paths(:test), do: ["lib", "test/support"]\n  defp paths(_), do: ~w(lib)',
    '  defp os, do: :erlang.system_info(:system_architecture) |> to_string() |> String.contains?("x86")',
    '  defp env, do: if(Mix.env() == :prod, do: System.get_env("X", "1"), else: nil)',
    '  defp extra, do: [compilers: [:phoenix, :gettext] ++ Mix.compilers()]',
  ])('understands %s', (line) => {
    expect(
      run('mix deps.get', { ...APP, '/app/mix.exs': project('{:plug, "~> 1.15"}', line) }).effect,
    ).toMatchObject({ known: true })
  })

  it.each<[string, string]>([
    ['System.cmd("git", ["describe"])', 'System.cmd'],
    ['Code.require_file("lib/x.ex")', 'Code.require_file'],
    [':os.cmd(~c"git describe")', ':os.cmd'],
    ['File.read!("#{name}")', 'File.read!'],
    ['File.ls!("priv")', 'File.ls!'],
    ['apply(File, :read!, [])', 'apply'],
    ['Kernel.apply(File, :read!, [])', 'Kernel.apply'],
    ['Enum.map([File], & &1.read!("x"))', 'read!'],
    ['Enum.map(libs(), &{&1, path: &1})', 'path'],
    ['use Bootstrap', 'use Bootstrap'],
    ['"#{File.cwd!()}"', 'File.cwd!'],
  ])('refuses a project that runs code: %s', (line, text) => {
    const texts = { ...APP, '/app/mix.exs': project('', `  @x ${line}`) }
    expect(run('mix deps.get', texts).effect).toEqual({
      known: false,
      role: 'install',
      reason: { code: 'manifest-runs-code', file: 'mix.exs', text },
    })
  })

  const refused = (reason: unknown) => ({ known: false, role: 'install', reason })
  it.each<[string, string, Texts, Changes, unknown]>([
    [
      'no project',
      'mix deps.get',
      {},
      {},
      { code: 'missing-file', file: 'mix.exs', command: 'mix deps.get' },
    ],
    [
      'a compiled path dependency',
      'mix deps.compile',
      { ...APP, '/app/mix.exs': project('{:x, path: "x"}') },
      {},
      { code: 'local-dependency', file: 'mix.exs', dependency: 'x' },
    ],
    [
      'a computed path',
      'mix deps.get',
      { ...APP, '/app/mix.exs': project('{:x, path: x()}') },
      {},
      { code: 'manifest-runs-code', file: 'mix.exs', text: 'path' },
    ],
    [
      'the applications of an umbrella, which are compiled too',
      'mix deps.compile',
      {
        '/app/mix.exs': 'defmodule A do\n  use Mix.Project\n  def project, do: [apps_path: "apps"]\nend',
        '/app/apps/shop/mix.exs': project(''),
      },
      {},
      { code: 'local-dependency', file: 'mix.exs', dependency: 'apps/shop' },
    ],
    [
      'a local repository that looks like a remote one',
      'mix deps.get',
      { ...APP, '/app/mix.exs': project('{:x, git: "repositories/x"}') },
      {},
      { code: 'local-dependency', file: 'mix.exs', dependency: 'repositories/x' },
    ],
    [
      'a local repository',
      'mix deps.get',
      { ...APP, '/app/mix.exs': project('{:x, git: "../x"}') },
      {},
      { code: 'local-dependency', file: 'mix.exs', dependency: '../x' },
    ],
    [
      'a merge conflict',
      'mix deps.get',
      { ...APP, '/app/mix.lock': '<<<<<<< HEAD' },
      {},
      { code: 'unreadable-manifest', file: 'mix.lock', problem: 'it is not a lockfile of Mix' },
    ],
    [
      'configuration that runs code',
      'mix deps.get',
      { ...APP, '/app/config/config.exs': 'System.cmd("x", [])' },
      {},
      { code: 'manifest-runs-code', file: 'config/config.exs', text: 'System.cmd' },
    ],
    [
      'unknown options',
      'mix deps.get --frob',
      APP,
      {},
      { code: 'unknown-argument', text: 'mix deps.get --frob' },
    ],
    [
      'unknown places',
      'mix deps.get',
      APP,
      { env: { MIX_DEPS_PATH: undefined } },
      { code: 'unknown-argument', text: 'MIX_DEPS_PATH' },
    ],
    [
      'an update',
      'mix deps.update --all',
      APP,
      {},
      { code: 'edits-manifest', command: 'mix deps.update --all', file: 'mix.lock' },
    ],
  ])('refuses: %s', (_name, text, texts, changes, reason) => {
    expect(run(text, texts, changes).effect).toEqual(refused(reason))
  })

  it.each([
    ['symlink', 'symlink'],
    ['unknown', 'changed-input'],
  ] as const)('refuses a project that is %s', (kind, code) => {
    expect(run('mix deps.get', APP, {}, { kinds: { '/app/mix.exs': kind } }).effect).toEqual(
      refused({ code, file: 'mix.exs' }),
    )
  })
})

describe('the fetch step', () => {
  it.each([
    ['mix do deps.get, compile', 'mix deps.get'],
    ['mix do deps.get --only prod, deps.compile, release', 'mix deps.get --only prod'],
    [
      'mix do local.hex --force, local.rebar --force, deps.get, compile',
      'mix do local.hex --force, local.rebar --force, deps.get',
    ],
    ['mix do local.hex --force + deps.get + compile', 'mix do local.hex --force + deps.get'],
  ])('%s', (text, command) => {
    expect(fetchStep(text, APP)).toEqual({ command, cwd: '/app' })
    expect(writesOf(run(command, APP).effect).every((write) => write.allow !== undefined)).toBe(true)
  })

  it.each([
    ['mix compile'],
    ['mix deps.get'],
    ['mix do compile, deps.get'],
    ['mix do deps.get, deps.get'],
    ['make deps'],
  ])('is none for %s', (text) => {
    expect(fetchStep(text, APP)).toBeUndefined()
  })

  it('is refused with the reason of the fetch', () => {
    expect(fetchStep('mix do deps.get, compile', {})).toMatchObject({ code: 'missing-file' })
  })
})

describe('other commands', () => {
  it.each(['mix compile', 'mix release', 'mix phx.digest', 'mix assets.deploy', 'mix do compile, release'])(
    '%s is a build',
    (text) => {
      expect(run(text, APP).effect).toEqual({ known: false, role: 'build' })
    },
  )

  it.each([
    ['mix local.hex --force', 'tool'],
    ['mix do local.hex --force, local.rebar --force', 'tool'],
    ['mix archive.install hex phx_new 1.7.0 --force', 'tool'],
    ['mix hex.organization auth acme --key $KEY', 'tool'],
    ['mix --version', 'none'],
  ])('%s is %s, and does not depend on the project', (text, role) => {
    const { effect, found } = run(text, APP)
    expect(effect).toMatchObject({ known: true, role })
    expect(found).toEqual([])
  })

  it.each(['mix archive.install ./x.ez', 'mix local.rebar rebar3 ./rebar3', 'mix $TASK', 'mix docs'])(
    '%s may do anything',
    (text) => {
      expect(run(text, APP).effect).toEqual({ known: false })
    },
  )

  it('elixir is not its own', () => {
    expect(run('elixir x.exs').effect).toBeUndefined()
  })
})

describe('requirements', () => {
  it.each([
    ['1.15.3', '~> 1.15', true],
    ['2.0.0', '~> 1.15', false],
    ['1.15.9', '~> 1.15.3', true],
    ['1.16.0', '~> 1.15.3', false],
    ['1.2.0', '>= 1.0.0 and < 1.2.0', false],
    ['3.0.0', '~> 1.0 or ~> 3.0', true],
    ['1.0.0-rc.1', '>= 1.0.0', false],
    ['1.0.0', '1.0.0', true],
    ['1.0.1', '!= 1.0.0', true],
  ])('%s and %s', (version, requirement, expected) => {
    expect(satisfies(version, requirement)).toBe(expected)
  })
})

describe('reading Elixir', () => {
  it('tells code from text', () => {
    const tokens = lexCode(
      '@v "a#{b(1)}" |> c!() # no\n[d: ~w(e f)a, "g": :h] ~r/#{x}/i ~S"""\n#{no}\n"""',
      'elixir',
    )
    expect(tokens?.map(({ kind, text }) => `${kind} ${text}`).join('; ')).toBe(
      'word @v; string a; mark |>; word c!; mark (; mark ); newline \n; mark [; key d; string e f; mark ,; string g; mark :; symbol h; mark ]; string ; string \n#{no}\n',
    )
  })
})
