import { describe, expect, it } from 'vitest'
import { satisfiesCargo } from '../../src/ecosystems/cargo/cargo-version.ts'
import { cargo } from '../../src/ecosystems/cargo/index.ts'
import { toCommand } from '../effects/to-command.ts'
import { fakeFiles, type FakeOptions } from './fake-files.ts'

type Texts = Readonly<Record<string, string>>
type Changes = Parameters<typeof toCommand>[1]

function run(text: string, texts: Texts = APP, changes: Changes = {}, options: FakeOptions = {}) {
  const { files, looks } = fakeFiles(texts, options)
  const effect = cargo.resolve(toCommand(text, changes), files)
  return { effect, ...looks() }
}

function fetchStep(text: string, texts: Texts = APP, changes: Changes = {}, options: FakeOptions = {}) {
  return cargo.fetch?.(toCommand(text, changes), fakeFiles(texts, options).files)
}

const CRATES = 'registry+https://github.com/rust-lang/crates.io-index'
const ENTRY = { itoa: `[[package]]\nname = "itoa"\nversion = "1.0.11"\nsource = "${CRATES}"\n` }
const TOML = '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nitoa = "1"\n'
const LOCK = `version = 3\n${ENTRY.itoa}[[package]]\nname = "shop"\nversion = "0.1.0"\ndependencies = ["itoa"]\n`
const APP: Texts = { '/app/Cargo.toml': TOML, '/app/Cargo.lock': LOCK, '/app/src/main.rs': 'fn main() {}' }
const VENDOR = '[source.crates-io]\nreplace-with = "v"\n[source.v]\ndirectory = "vendor"\n'

describe('cargo fetch', () => {
  it.each<[string, Changes?]>([
    ['cargo fetch'],
    ['cargo fetch --locked'],
    ['cargo +nightly fetch -q --target x86_64-unknown-linux-musl'],
    ['/usr/local/cargo/bin/cargo fetch'],
    ['xx-cargo fetch'],
    ['cargo fetch --manifest-path /app/Cargo.toml', { cwd: '/' }],
    ['cargo fetch', { cwd: '/app/src' }],
  ])('%s', (text, changes) => {
    const { effect, found } = run(text, APP, changes)
    expect(effect).toMatchObject({ known: true, role: 'fetch', stubs: ['/app/src/main.rs'] })
    expect(found).toEqual(['/app/Cargo.toml', '/app/Cargo.lock'])
  })

  it('looks for settings and toolchains upwards, and never at the sources', () => {
    const { paths } = run('cargo fetch')
    expect(paths).toEqual(
      expect.arrayContaining([
        '/app/.cargo/config.toml',
        '/.cargo/config',
        '/app/rust-toolchain.toml',
        '/rust-toolchain',
      ]),
    )
    expect(paths.filter((path) => path.endsWith('.rs'))).toEqual([])
  })

  it('writes the caches, and the lockfile only when there is none', () => {
    const { effect } = run('cargo fetch', APP, { env: { CARGO_HOME: '/cargo', RUSTUP_HOME: '/rustup' } })
    const writes = effect?.known === true ? effect.writes : []
    expect(writes.slice(0, 3)).toEqual(
      ['/cargo/registry', '/cargo/git', '/rustup'].map((tree) => ({ tree, mode: 'merge', allow: 'cache' })),
    )
    expect(writes.filter(({ allow }) => allow !== 'cache')).toEqual([])
    const unlocked = run('cargo fetch', { '/app/Cargo.toml': TOML, '/app/src/main.rs': '' }).effect
    expect(unlocked?.known === true && unlocked.writes.at(-1)).toEqual({ path: '/app/Cargo.lock' })
  })

  it('does not depend on variables of the build', () => {
    expect(run('cargo fetch').effect).toMatchObject({ env: expect.not.arrayContaining(['RUSTFLAGS']) })
  })

  it('reads every member, local packages of all kinds, patches, and what a search found', () => {
    const member = (name: string, rest = ''): string =>
      `[package]\nname = "${name}"\nversion = "0.1.0"\n${rest}`
    const { effect, found, finds } = run(
      'cargo fetch --locked',
      {
        '/app/Cargo.toml':
          '[workspace]\nmembers = ["crates/*", "./tool"]\nexclude = ["crates/old"]\n[workspace.dependencies]\nshared = { path = "shared" }\nunused = { path = "gone" }\n[patch.crates-io]\nserde = { path = "patches/serde" }\n',
        '/app/Cargo.lock': '',
        '/app/crates/a/Cargo.toml': member(
          'a',
          '[dependencies]\nshared.workspace = true\n[target."cfg(windows)".dependencies]\nwin = { path = "../../win", optional = true }\n[dev-dependencies]\ntesting = { path = "../../testing" }\n',
        ),
        '/app/crates/a/src/lib.rs': '',
        '/app/crates/old/Cargo.toml': member('old'),
        ...Object.fromEntries(
          ['tool', 'shared', 'patches/serde', 'win', 'testing'].flatMap((dir) => [
            [`/app/${dir}/Cargo.toml`, member(dir)],
            [`/app/${dir}/src/lib.rs`, ''],
          ]),
        ),
      },
      { cwd: '/app/crates/a' },
    )
    expect(effect).toMatchObject({ known: true })
    expect(finds).toEqual(['/app/crates/*/Cargo.toml'])
    expect([...found].sort()).toEqual([
      '/app/Cargo.lock',
      '/app/Cargo.toml',
      '/app/crates/a/Cargo.toml',
      '/app/crates/old/Cargo.toml',
      '/app/patches/serde/Cargo.toml',
      '/app/shared/Cargo.toml',
      '/app/testing/Cargo.toml',
      '/app/tool/Cargo.toml',
      '/app/win/Cargo.toml',
    ])
  })

  it('follows package.workspace, and includes and programs of the settings', () => {
    const { found } = run('cargo fetch --locked', {
      '/ws/Cargo.toml': '[workspace]\nmembers = ["../app"]\n',
      '/ws/Cargo.lock': '',
      '/app/Cargo.toml': '[package]\nname = "app"\nworkspace = "../ws"\n[lib]\npath = "lib.rs"\n',
      '/app/.cargo/config.toml': 'include = ["more.toml"]\n[build]\nrustc-wrapper = "tools/wrap"\n',
      '/app/.cargo/more.toml': '[http]\ncainfo = "ca.pem"\n',
      '/app/tools/wrap': '',
      '/app/ca.pem': '',
    })
    expect(found).toEqual([
      '/app/.cargo/config.toml',
      '/app/tools/wrap',
      '/app/.cargo/more.toml',
      '/app/ca.pem',
      '/app/Cargo.toml',
      '/ws/Cargo.toml',
      '/ws/Cargo.lock',
    ])
  })

  it.each<[string, readonly string[], readonly string[] | 'reads-sources']>([
    ['', ['src/main.rs'], ['src/main.rs']],
    ['', ['src/lib.rs'], ['src/lib.rs']],
    ['', ['src/bin/x.rs'], 'reads-sources'],
    ['[lib]\nname = "q"', ['src/lib.rs', 'src/main.rs'], ['src/lib.rs']],
    ['[lib]\npath = "q.rs"', [], []],
    ['[[bin]]\nname = "shop"', ['src/main.rs'], ['src/main.rs']],
    ['[[bin]]\nname = "z"', ['src/main.rs'], 'reads-sources'],
    ['[[bin]]\nname = "z"', ['src/bin/z/main.rs'], ['src/bin/z/main.rs']],
    ['[[example]]\nname = "e"', ['src/main.rs', 'examples/e.rs'], ['examples/e.rs']],
    [
      '[[test]]\nname = "t"\n[[bench]]\nname = "b"',
      ['tests/t.rs', 'benches/b.rs'],
      ['tests/t.rs', 'benches/b.rs'],
    ],
    ['links = "z"', ['src/lib.rs', 'build.rs'], ['src/lib.rs', 'build.rs']],
    ['default-run = "gen"', ['src/main.rs', 'src/bin/gen.rs'], ['src/bin/gen.rs']],
  ])('needs the targets of %j to be there', (rest, sources, expected) => {
    const texts = Object.fromEntries(sources.map((file) => [`/app/${file}`, '']))
    const toml = `[package]\nname = "shop"\nedition = "2021"\n${rest}\n`
    const { effect } = run('cargo fetch', { '/app/Cargo.toml': toml, ...texts })
    if (expected === 'reads-sources')
      expect(effect).toMatchObject({ known: false, reason: { code: expected } })
    else expect(effect).toMatchObject({ known: true, stubs: expected.map((file) => `/app/${file}`) })
  })

  it.each<[string, string, Texts, unknown]>([
    ['no manifest', 'cargo fetch', {}, { code: 'missing-file', file: 'Cargo.toml' }],
    [
      'no lockfile',
      'cargo fetch --locked',
      { ...APP, '/app/Cargo.lock': undefined as never },
      { code: 'missing-file', file: 'Cargo.lock' },
    ],
    [
      'a stale lockfile',
      'cargo fetch',
      { ...APP, '/app/Cargo.toml': `${TOML}ryu = "1"\n` },
      { code: 'stale-lockfile', file: 'Cargo.lock' },
    ],
    [
      'another version',
      'cargo fetch',
      { ...APP, '/app/Cargo.toml': TOML.replace('"1"', '"2"') },
      { code: 'stale-lockfile' },
    ],
    [
      'a manifest that is no TOML',
      'cargo fetch',
      { ...APP, '/app/Cargo.toml': '[' },
      { code: 'unreadable-manifest', file: 'Cargo.toml' },
    ],
    [
      'a missing member',
      'cargo fetch',
      { ...APP, '/app/Cargo.toml': '[workspace]\nmembers = ["gone"]\n' },
      { code: 'missing-file', file: 'gone/Cargo.toml' },
    ],
    [
      'a member without manifest',
      'cargo fetch',
      { ...APP, '/app/Cargo.toml': '[workspace]\nmembers = ["src"]\n' },
      { code: 'missing-file', file: 'src/Cargo.toml' },
    ],
    [
      'vendored packages',
      'cargo fetch',
      { ...APP, '/app/.cargo/config.toml': VENDOR },
      { code: 'vendored', path: 'vendor' },
    ],
    [
      'path overrides',
      'cargo fetch',
      { ...APP, '/app/.cargo/config': 'paths = ["x"]\n' },
      { code: 'unknown-argument' },
    ],
    [
      'a toolchain by path',
      'cargo fetch',
      { ...APP, '/app/rust-toolchain.toml': '[toolchain]\npath = "/opt/rust"\n' },
      { code: 'unknown-argument', text: 'rust-toolchain.toml' },
    ],
    ['an unknown argument', 'cargo fetch --target $TARGET', APP, { code: 'unknown-argument' }],
    ['a setting on the command line', 'cargo fetch --config net.retry=3', APP, { code: 'unknown-argument' }],
    ['no network', 'cargo fetch --offline', APP, { code: 'unknown-argument' }],
  ])('is not known with %s', (_, text, texts, reason) => {
    const { effect } = run(
      text,
      Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined)),
    )
    expect(effect).toMatchObject({ known: false, role: 'install', reason })
  })

  it.each([
    ['symlink', 'symlink'],
    ['unknown', 'changed-input'],
  ] as const)('is not known when the manifest is of kind %s', (kind, code) => {
    const { effect } = run('cargo fetch', APP, {}, { kinds: { '/app/Cargo.toml': kind } })
    expect(effect).toMatchObject({ known: false, reason: { code, file: 'Cargo.toml' } })
  })
})

describe('other commands', () => {
  it.each<[string, unknown]>([
    ['cargo build --release', { known: false, role: 'build' }],
    ['cargo +nightly b -r', { known: false, role: 'build' }],
    ['cargo auditable build', { known: false, role: 'build' }],
    ['cargo install --path . --locked', { known: false, role: 'build' }],
    ['cargo chef cook --release', { known: false, role: 'install' }],
    ['cargo chef prepare', { known: false }],
    ['cargo update', { known: false, reason: { code: 'edits-manifest', file: 'Cargo.lock' } }],
    ['cargo --version', { known: true, role: 'none' }],
    ['cargo xtask dist', { known: false }],
    ['cargo clean', { known: false }],
  ])('%s', (text, effect) => {
    expect(run(text).effect).toMatchObject(effect as object)
  })

  it.each(['cargo install just', 'cargo binstall just', './cargo fetch', 'cargo-lambda build', 'npm ci'])(
    '%s is left to others',
    (text) => expect(run(text).effect).toBeUndefined(),
  )
})

describe('the fetch step', () => {
  it.each<[string, string, Changes?]>([
    ['cargo build --release', 'cargo fetch'],
    ['cargo build --release --locked', 'cargo fetch --locked'],
    ['cargo +nightly test --workspace', 'cargo +nightly fetch'],
    ['cargo build --target x86_64-unknown-linux-musl', 'cargo fetch --target x86_64-unknown-linux-musl'],
    ['cargo build --target x.json', 'cargo fetch'],
    ['/usr/local/cargo/bin/cargo build', '/usr/local/cargo/bin/cargo fetch'],
    ['xx-cargo build --release', 'cargo fetch'],
    ['cargo pgrx package --pg-config /usr/bin/pg_config', 'cargo fetch'],
    ['cargo deb --no-strip', 'cargo fetch'],
    ['cargo install --locked --path .', 'cargo fetch --locked --manifest-path Cargo.toml'],
    [
      'cargo build --manifest-path app/Cargo.toml',
      'cargo fetch --manifest-path app/Cargo.toml',
      { cwd: '/' },
    ],
    ['RUSTFLAGS=-g CARGO_NET_RETRY=5 cargo build', 'CARGO_NET_RETRY=5 cargo fetch'],
    ['cargo build --bin $NAME', 'cargo fetch'],
  ])('%s', (text, command, changes) => {
    const call = toCommand(text.replace(/^(\w+=\S+ )+/, ''), changes)
    const step = cargo.fetch?.({ ...call, text }, fakeFiles(APP).files)
    expect(step).toEqual({ command, cwd: changes?.cwd ?? '/app' })
  })

  it.each<[string, string, Texts, unknown]>([
    [
      'a stale lockfile',
      'cargo build',
      { ...APP, '/app/Cargo.toml': `${TOML}ryu = "1"\n` },
      { code: 'stale-lockfile', reader: 'cargo build' },
    ],
    [
      'no lockfile',
      'cargo build',
      { '/app/Cargo.toml': TOML, '/app/src/main.rs': '' },
      { code: 'missing-file', file: 'Cargo.lock' },
    ],
    ['vendored packages', 'cargo build', { ...APP, '/app/.cargo/config.toml': VENDOR }, { code: 'vendored' }],
    ['unknown flags', 'cargo build $FLAGS', APP, { code: 'unknown-argument' }],
    ['settings of the command line', 'cargo build --config a.toml', APP, { code: 'unknown-argument' }],
  ])('is refused with %s', (_, text, texts, reason) => {
    expect(fetchStep(text, texts)).toMatchObject(reason as object)
  })

  it.each<[string, string, Texts]>([
    [
      'nothing to download',
      'cargo build',
      {
        ...APP,
        '/app/Cargo.toml': TOML.replace('itoa = "1"\n', ''),
        '/app/Cargo.lock': '[[package]]\nname = "shop"\nversion = "0.1.0"\n',
      },
    ],
    ['no network', 'cargo build --offline', APP],
    ['no project', 'cargo build', {}],
    ['a tool', 'cargo install just', APP],
    ['a fetch', 'cargo fetch', APP],
  ])('is not needed with %s', (_, text, texts) => {
    expect(fetchStep(text, texts)).toBeUndefined()
  })

  it('is let fail where an installation takes no notice of the revisions that the lockfile names', () => {
    const texts = { ...APP, '/app/Cargo.lock': LOCK.replace(CRATES, 'git+https://example.com/itoa#1') }
    const fetch = 'cargo fetch --manifest-path Cargo.toml'
    expect(fetchStep('cargo install --path .', texts)).toMatchObject({ command: `${fetch} || true` })
    expect(fetchStep('cargo install --path .', APP)).toMatchObject({ command: fetch })
  })
})

it.each<[string, string, boolean]>([
  ['1', '1.9.3', true],
  ['1.2', '1.1.9', false],
  ['0.3.1', '0.3.9', true],
  ['0.3', '0.4.0', false],
  ['0.0.3', '0.0.4', false],
  ['^1.2.3', '2.0.0', false],
  ['~1.2', '1.2.9', true],
  ['~1', '1.9.0', true],
  ['~1.2.3', '1.3.0', false],
  ['1.*', '1.7.0', true],
  ['*', '3.0.0', true],
  ['=1.2.3', '1.2.4', false],
  ['>=1.2, <2', '1.9.0', true],
  ['>=1.2, <2', '2.0.0', false],
  ['>1.2', '1.2.5', false],
  ['<=1.2', '1.2.5', true],
  ['1.0.0-rc.1', '1.0.0-rc.1', true],
  ['1', '2.0.0-rc.1', false],
  ['=0.9.0+zstd.1', '0.9.0+zstd.1', true],
  ['banana', '1.0.0', false],
])('%s is satisfied by %s: %s', (requirement, version, expected) => {
  expect(satisfiesCargo(requirement, version)).toBe(expected)
})
