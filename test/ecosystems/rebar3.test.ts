import { describe, expect, it } from 'vitest'
import { parseTerms } from '../../src/ecosystems/rebar3/parse-terms.ts'
import { rebar3 } from '../../src/ecosystems/rebar3/index.ts'
import { toCommand } from '../effects/to-command.ts'
import { fakeFiles, type FakeOptions } from './fake-files.ts'
import type { Effect, WriteEffect } from '../../src/model/types.ts'

type Texts = Readonly<Record<string, string>>
type Changes = Parameters<typeof toCommand>[1]

function run(text: string, texts: Texts = {}, changes: Changes = {}, options: FakeOptions = {}) {
  const { files, looks } = fakeFiles(texts, options)
  const effect = rebar3.resolve(toCommand(text, changes), files)
  return { effect, ...looks() }
}

function fetchStep(text: string, texts: Texts = {}, changes: Changes = {}) {
  const { files } = fakeFiles(texts)
  return rebar3.fetch?.(toCommand(text, changes), files)
}

function writesOf(effect: Effect | undefined): readonly WriteEffect[] {
  return effect?.known === true ? effect.writes : []
}

const CONFIG =
  '%% Dependencies\n{deps, [{cowboy, "2.10.0"}, {jsx, {git, "https://github.com/x/jsx.git", {tag, "v3"}}}]}.\n'
const LOCK =
  '{"1.2.0",\n[{<<"cowboy">>,{pkg,<<"cowboy">>,<<"2.10.0">>},0},\n {<<"cowlib">>,{pkg,<<"cowlib">>,<<"2.12.1">>},1},\n {<<"jsx">>,{git,"https://x",{ref,"a"}},0}]}.\n[{pkg_hash,[]}].\n'
const APP = {
  '/app/rebar.config': CONFIG,
  '/app/rebar.lock': LOCK,
  '/app/apps/shop/src/shop.app.src': '{application, shop, []}.',
  '/app/apps/shop/src/shop.erl': '',
  '/app/config/sys.config': '[].',
}
const MANIFESTS = ['/app/rebar.config', '/app/rebar.lock', '/app/apps/shop/src/shop.app.src']

function config(terms: string): Texts {
  return { ...APP, '/app/rebar.config': `${CONFIG}${terms}\n` }
}

describe('rebar3 get-deps', () => {
  it.each([
    'rebar3 get-deps',
    'rebar3 as prod get-deps',
    'rebar3 as prod,test get-deps',
    '/usr/local/bin/rebar3 get-deps',
    'rebar3 compile --deps_only',
    'rebar3 as prod compile -d',
  ])('%s', (text) => {
    const { effect, found } = run(text, APP)
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect(found).toEqual(MANIFESTS)
  })

  it('reads applications by their patterns, with their configurations', () => {
    const texts = {
      ...config('{project_app_dirs, ["services/*"]}.'),
      '/app/services/a/src/a.app.src': '',
      '/app/services/a/rebar.config': '{deps, [lager]}.',
    }
    const { effect, found } = run('rebar3 get-deps', texts)
    expect(found).toEqual([
      '/app/rebar.config',
      '/app/rebar.lock',
      '/app/services/a/src/a.app.src',
      '/app/services/a/rebar.config',
    ])
    // The lockfile lacks what the application depends on.
    expect(writesOf(effect)).toContainEqual({ path: '/app/rebar.lock', allow: 'lockfile' })
  })

  it('reads a single application, and a program of the project', () => {
    const texts = { '/app/rebar3': '', '/app/rebar.config': '', '/app/src/shop.app.src': '' }
    expect(run('./rebar3 get-deps', texts).found).toEqual([
      '/app/rebar.config',
      '/app/src/shop.app.src',
      '/app/rebar3',
    ])
  })

  it('writes _build, and a lockfile that is missing', () => {
    expect(writesOf(run('rebar3 get-deps', APP).effect)).toEqual([
      { tree: '/app/_build', mode: 'merge', allow: 'warm-up', ignore: '_build' },
      { tree: '/root/.cache/rebar3', mode: 'merge', allow: 'cache' },
      { tree: '/root/.config/rebar3', mode: 'merge', allow: 'cache' },
    ])
    expect(writesOf(run('rebar3 compile -d', APP).effect)[0]).toEqual({
      tree: '/app/_build',
      mode: 'merge',
      ignore: '_build',
    })
    expect(writesOf(run('rebar3 get-deps', { '/app/rebar.config': CONFIG }).effect)).toContainEqual({
      path: '/app/rebar.lock',
    })
    expect(writesOf(run('rebar3 get-deps', APP, { env: { REBAR_BASE_DIR: '/b' } }).effect)[0]).toMatchObject({
      tree: '/b',
    })
  })

  it('does not mind what a fetch does not run', () => {
    const texts = config(
      '{plugins, [rebar3_hex, {pc, "1.15.0"}]}. {pre_hooks, [{compile, "make -C c_src"}]}. {overrides, [{override, x, [{erl_opts, []}]}]}.',
    )
    expect(run('rebar3 get-deps', texts).effect).toMatchObject({ known: true })
  })

  const local = (dependency: string) => ({ code: 'local-dependency', file: 'rebar.config', dependency })
  const hook = (script: string, command: string) => ({
    code: 'lifecycle-script',
    file: 'rebar.config',
    script,
    command,
  })
  const script = (file: string) => ({
    code: 'manifest-runs-code',
    file,
  })
  it.each<[string, string, Texts, Changes, unknown]>([
    [
      'no project',
      'rebar3 get-deps',
      {},
      {},
      { code: 'missing-file', file: 'rebar.config', command: 'rebar3 get-deps' },
    ],
    [
      'a script',
      'rebar3 get-deps',
      { ...APP, '/app/rebar.config.script': '' },
      {},
      script('rebar.config.script'),
    ],
    [
      'a script of an application',
      'rebar3 get-deps',
      { ...APP, '/app/apps/shop/rebar.config.script': '' },
      {},
      script('apps/shop/rebar.config.script'),
    ],
    [
      'a script that describes one',
      'rebar3 get-deps',
      { ...APP, '/app/apps/shop/src/shop.app.src.script': '' },
      {},
      script('apps/shop/src/shop.app.src.script'),
    ],
    [
      'checkouts',
      'rebar3 get-deps',
      { ...APP, '/app/_checkouts/x/rebar.config': '' },
      {},
      local('_checkouts'),
    ],
    [
      'a local repository',
      'rebar3 get-deps',
      config('{profiles, [{prod, [{deps, [{x, {git, "../x", {branch, "main"}}}]}]}]}.'),
      {},
      local('x'),
    ],
    ['a plugin by path', 'rebar3 get-deps', config('{plugins, [{x, {path, "plugins/x"}}]}.'), {}, local('x')],
    [
      'a hook on the fetch',
      'rebar3 get-deps',
      config('{pre_hooks, [{\'get-deps\', "./prepare.sh"}]}.'),
      {},
      hook('hooks', 'get-deps'),
    ],
    [
      'a hook on the compilation',
      'rebar3 compile -d',
      config('{pre_hooks, [{compile, "make"}]}.'),
      {},
      hook('hooks', 'compile'),
    ],
    [
      'hooks of dependencies',
      'rebar3 compile -d',
      config('{overrides, [{add, x, [{pre_hooks, []}]}]}.'),
      {},
      hook('overrides', 'hooks'),
    ],
    [
      'outputs elsewhere',
      'rebar3 get-deps',
      config('{base_dir, "out"}.'),
      {},
      { code: 'unknown-argument', text: 'base_dir' },
    ],
    [
      'a broken configuration',
      'rebar3 get-deps',
      config('{deps, ['),
      {},
      { code: 'unreadable-manifest', file: 'rebar.config', problem: 'it is not a list of Erlang terms' },
    ],
    [
      'a merge conflict',
      'rebar3 get-deps',
      { ...APP, '/app/rebar.lock': '<<<<<<< HEAD' },
      {},
      { code: 'unreadable-manifest', file: 'rebar.lock', problem: 'it is not a list of Erlang terms' },
    ],
    [
      'unknown places',
      'rebar3 get-deps',
      APP,
      { env: { REBAR_BASE_DIR: undefined } },
      { code: 'unknown-argument', text: 'REBAR_BASE_DIR' },
    ],
    [
      'an upgrade',
      'rebar3 upgrade',
      APP,
      {},
      { code: 'edits-manifest', command: 'rebar3 upgrade', file: 'rebar.lock' },
    ],
  ])('refuses: %s', (_name, text, texts, changes, reason) => {
    expect(run(text, texts, changes).effect).toEqual({ known: false, role: 'install', reason })
  })

  it.each([
    ['symlink', 'symlink'],
    ['unknown', 'changed-input'],
  ] as const)('refuses a configuration that is %s', (kind, code) => {
    const { effect } = run('rebar3 get-deps', APP, {}, { kinds: { '/app/rebar.config': kind } })
    expect(effect).toEqual({ known: false, role: 'install', reason: { code, file: 'rebar.config' } })
  })
})

describe('the fetch step', () => {
  it.each([
    ['rebar3 compile', 'rebar3 get-deps'],
    ['rebar3 as prod release', 'rebar3 as prod get-deps'],
    ['rebar3 as prod do compile, tar', 'rebar3 as prod get-deps'],
    ['/usr/bin/rebar3 escriptize', '/usr/bin/rebar3 get-deps'],
  ])('%s', (text, command) => {
    expect(fetchStep(text, APP)).toEqual({ command, cwd: '/app' })
    expect(writesOf(run(command, APP).effect).every((write) => write.allow !== undefined)).toBe(true)
  })

  it.each<[string, string, Texts, unknown]>([
    ['another command', 'rebar3 eunit', APP, undefined],
    ['a fetch', 'rebar3 get-deps', APP, undefined],
    ['no project', 'rebar3 compile', {}, undefined],
    ['no dependencies', 'rebar3 compile', { ...APP, '/app/rebar.config': '' }, undefined],
    [
      'no lockfile',
      'rebar3 compile',
      { '/app/rebar.config': CONFIG },
      { code: 'missing-file', file: 'rebar.lock', command: 'rebar3 compile' },
    ],
    [
      'an unknown profile',
      'rebar3 as $PROFILE release',
      APP,
      { code: 'unknown-argument', text: 'rebar3 as $PROFILE release' },
    ],
    [
      'a local dependency',
      'rebar3 compile',
      config('{plugins, [{x, {path, "x"}}]}.'),
      { code: 'local-dependency', file: 'rebar.config', dependency: 'x' },
    ],
  ])('is none for %s', (_name, text, texts, expected) => {
    expect(fetchStep(text, texts)).toEqual(expected)
  })
})

describe('other commands', () => {
  it.each([
    'rebar3 compile',
    'rebar3 as prod release',
    'rebar3 do get-deps, compile',
    'rebar3 ct',
    'rebar3 as $X get-deps',
  ])('%s is a build', (text) => {
    expect(run(text, APP).effect).toEqual({ known: false, role: 'build' })
  })

  it.each(['rebar3 version', 'rebar3 update'])('%s leaves nothing in the project', (text) => {
    expect(run(text, APP).effect).toMatchObject({ known: true, role: 'none' })
  })

  it.each(['rebar get-deps', 'make deps'])('%s is not its own', (text) => {
    expect(run(text, APP).effect).toBeUndefined()
  })
})

describe('reading Erlang terms', () => {
  it('knows atoms, strings, numbers, binaries, tuples, lists and maps', () => {
    expect(
      parseTerms(
        '%% x\n{a, \'B c\', "s\\"" "t", 1.5, -2, 16#ff, <<"b"/utf8>>, [x | y], #{k => v}, $a}.\r\nb.',
      ),
    ).toEqual([
      {
        kind: 'tuple',
        items: [
          { kind: 'atom', text: 'a' },
          { kind: 'atom', text: 'B c' },
          { kind: 'text', text: 's"t' },
          { kind: 'number', text: '1.5' },
          { kind: 'number', text: '-2' },
          { kind: 'number', text: '16#ff' },
          { kind: 'text', text: 'b' },
          {
            kind: 'list',
            items: [
              { kind: 'atom', text: 'x' },
              { kind: 'atom', text: 'y' },
            ],
          },
          {
            kind: 'tuple',
            items: [
              { kind: 'atom', text: 'k' },
              { kind: 'atom', text: 'v' },
            ],
          },
          { kind: 'number', text: '0' },
        ],
      },
      { kind: 'atom', text: 'b' },
    ])
  })

  it.each(['{a', 'a', '{a b}.', 'X = 1.', '"open', '[a,].'])('gives up on %j', (text) => {
    expect(parseTerms(text)).toBeUndefined()
  })
})
