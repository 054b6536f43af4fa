import { describe, expect, it } from 'vitest'
import { go } from '../../src/ecosystems/go/index.ts'
import { parseGoMod } from '../../src/ecosystems/go/parse-go-mod.ts'
import { toCommand } from '../effects/to-command.ts'
import { fakeFiles, type FakeOptions } from './fake-files.ts'
import type { Effect, WriteEffect } from '../../src/model/types.ts'

type Texts = Readonly<Record<string, string>>
type Changes = Parameters<typeof toCommand>[1]

function run(text: string, texts: Texts = {}, changes: Changes = {}, options: FakeOptions = {}) {
  const { files, looks } = fakeFiles(texts, options)
  const effect = go.resolve(toCommand(text, changes), files)
  return { effect, ...looks() }
}

function fetchStep(text: string, texts: Texts = {}, changes: Changes = {}) {
  const { files, looks } = fakeFiles(texts)
  const step = go.fetch?.(toCommand(text, changes), files)
  return { step, ...looks() }
}

function writesOf(effect: Effect | undefined): readonly WriteEffect[] {
  return effect?.known === true ? effect.writes : []
}

const MOD = 'module example.com/app\n\ngo 1.22\n\nrequire github.com/a/b v1.2.3\n'
const SUM = 'github.com/a/b v1.2.3 h1:x=\ngithub.com/a/b v1.2.3/go.mod h1:y=\n'
const APP = { '/app/go.mod': MOD, '/app/go.sum': SUM, '/app/main.go': 'package main' }

describe('go mod download', () => {
  it('reads go.mod and go.sum, and looks for go.work upwards', () => {
    const { effect, found, paths } = run('go mod download', APP)
    expect(effect).toMatchObject({ known: true, role: 'fetch' })
    expect(found).toEqual(['/app/go.mod', '/app/go.sum'])
    expect(paths.slice(0, 5)).toEqual([
      '/app/go.work',
      '/go.work',
      '/app/go.mod',
      '/app/go.sum',
      '/app/vendor/modules.txt',
    ])
  })

  it.each([
    'go mod download -x',
    '/usr/local/go/bin/go mod download',
    'go -C /app mod download',
    'go mod download -C=/app',
    'go mod verify',
  ])('%s', (text) => {
    const { effect, found } = run(text, APP, text.includes('-C') ? { cwd: '/' } : {})
    expect(effect).toMatchObject({ known: true, role: 'fetch' })
    expect(found).toEqual(['/app/go.mod', '/app/go.sum'])
  })

  it('finds the module above the directory', () => {
    expect(run('go mod download', APP, { cwd: '/app/cmd/x' }).found).toEqual(['/app/go.mod', '/app/go.sum'])
  })

  it('reads go.mod of directories that replace a required module, and of those that these require', () => {
    const { effect, found } = run('go mod download', {
      '/app/go.mod':
        'module app\ngo 1.22\nrequire (\n\tx.com/one v0.0.0 // indirect\n)\nreplace (\n\tx.com/one => ./one\n\tx.com/two v1.0.0 => ../two\n\tx.com/unused => ./unused\n)\n',
      '/app/one/go.mod': 'module x.com/one\ngo 1.22\nrequire x.com/two v1.0.0\n',
      '/app/one/go.sum': '',
      '/two/go.mod': 'module x.com/two\n',
      '/app/unused/go.mod': 'module x.com/unused\n',
    })
    expect(effect).toMatchObject({ known: true })
    expect(found).toEqual(['/app/go.mod', '/app/one/go.mod', '/two/go.mod'])
  })

  it('reads every replacement that is there when the go line is older than 1.17', () => {
    const { found } = run('go mod download', {
      '/app/go.mod': 'module app\ngo 1.16\nreplace x.com/one => ./one\nreplace x.com/two => ./two\n',
      '/app/one/go.mod': 'module x.com/one\n',
    })
    expect(found).toEqual(['/app/go.mod', '/app/one/go.mod'])
  })

  it('reads every member of a workspace', () => {
    const { effect, found } = run(
      'go mod download',
      {
        '/app/go.work': 'go 1.22\nuse (\n\t./a\n\t./b\n)\nreplace x.com/l => ./l\n',
        '/app/go.work.sum': '',
        '/app/a/go.mod': 'module x.com/a\ngo 1.22\nrequire x.com/l v1.0.0\n',
        '/app/a/go.sum': '',
        '/app/b/go.mod': 'module x.com/b\ngo 1.22\nreplace x.com/a => ../a\n',
        '/app/l/go.mod': 'module x.com/l\n',
      },
      { cwd: '/app/a' },
    )
    expect(effect).toMatchObject({ known: true })
    expect(found).toEqual([
      '/app/go.work',
      '/app/a/go.mod',
      '/app/b/go.mod',
      '/app/l/go.mod',
      '/app/go.work.sum',
      '/app/a/go.sum',
    ])
  })

  it('leaves the workspace alone when GOWORK is off', () => {
    const { paths } = run(
      'go mod download',
      { ...APP, '/app/go.work': 'use ./gone' },
      { env: { GOWORK: 'off' } },
    )
    expect(paths).not.toContain('/app/go.work')
  })

  it('writes the module cache, and go.sum when it lacks something', () => {
    const cache = { mode: 'merge', allow: 'cache' }
    expect(writesOf(run('go mod download', APP, { env: { GOPATH: '/g' } }).effect)).toEqual([
      { tree: '/g/pkg/mod', ...cache },
      { tree: '/g/pkg/sumdb', ...cache },
      { tree: '/root/.config/go/telemetry', ...cache },
    ])
    expect(writesOf(run('go mod download', APP).effect)).toContainEqual({ tree: '/go/pkg/mod', ...cache })
    expect(writesOf(run('go mod download', APP, { env: { GOMODCACHE: '/c' } }).effect)).toContainEqual({
      tree: '/c',
      ...cache,
    })
    expect(writesOf(run('go mod download', { '/app/go.mod': MOD }).effect)).toContainEqual({
      path: '/app/go.sum',
      allow: 'lockfile',
    })
  })

  it('does not depend on variables of the build', () => {
    const { effect } = run('go mod download', APP)
    expect(effect).toMatchObject({ env: expect.arrayContaining(['GOPROXY', 'GOFLAGS']) })
    expect(effect?.known === true && effect.env).not.toContain('GOOS')
  })

  it.each<[string, Texts, Changes, unknown]>([
    ['no module', {}, {}, { code: 'missing-file', file: 'go.mod', command: 'go mod download' }],
    ['vendored', { ...APP, '/app/vendor/modules.txt': '' }, {}, { code: 'vendored', path: 'vendor' }],
    [
      'a replacement outside the context',
      { '/app/go.mod': `${MOD}replace github.com/a/b => ../b\n` },
      {},
      { code: 'outside-context', file: 'go.mod', dependency: '../b' },
    ],
    [
      'a replacement without go.mod',
      { '/app/go.mod': `${MOD}replace github.com/a/b => ./b\n`, '/app/b/b.go': '' },
      {},
      { code: 'missing-file', file: 'b/go.mod', command: 'go mod download' },
    ],
    [
      'a missing workspace member',
      { '/app/go.work': 'go 1.22\nuse ./a\n' },
      {},
      { code: 'missing-file', file: 'a/go.mod', command: 'go mod download' },
    ],
    [
      'an unreadable go.mod',
      { '/app/go.mod': '<<<<<<< HEAD\n' },
      {},
      { code: 'unreadable-manifest', file: 'go.mod', problem: 'it is not a go.mod file' },
    ],
    [
      'no go line',
      { '/app/go.mod': 'module app\n' },
      {},
      { code: 'edits-manifest', command: 'go mod download', file: 'go.mod' },
    ],
    ['unknown GOFLAGS', APP, { env: { GOFLAGS: undefined } }, { code: 'unknown-argument', text: 'GOFLAGS' }],
    [
      'another go.mod',
      APP,
      { env: { GOFLAGS: '-modfile=x.mod' } },
      { code: 'unknown-argument', text: 'go mod download' },
    ],
  ])('refuses: %s', (_name, texts, changes, reason) => {
    expect(run('go mod download', texts, changes).effect).toEqual({ known: false, role: 'fetch', reason })
  })

  it.each([
    ['symlink', 'symlink'],
    ['unknown', 'changed-input'],
  ] as const)('refuses a go.mod that is %s', (kind, code) => {
    const { effect } = run('go mod download', APP, {}, { kinds: { '/app/go.mod': kind } })
    expect(effect).toEqual({ known: false, role: 'fetch', reason: { code, file: 'go.mod' } })
  })
})

describe('other commands', () => {
  it.each([
    ['go build ./...', { known: false, role: 'build' }],
    ['go install ./cmd/x', { known: false, role: 'build' }],
    ['go test ./...', { known: false, role: 'build' }],
    ['go generate ./...', { known: false, role: 'build' }],
    ['go run pkg@v1', { known: false, role: 'build' }],
    ['go fmt ./...', { known: false }],
    [
      'go get github.com/a/b@v1',
      {
        known: false,
        role: 'install',
        reason: { code: 'edits-manifest', command: 'go get github.com/a/b@v1', file: 'go.mod' },
      },
    ],
    [
      'go mod tidy',
      {
        known: false,
        role: 'install',
        reason: { code: 'edits-manifest', command: 'go mod tidy', file: 'go.mod' },
      },
    ],
    [
      'go mod vendor',
      {
        known: false,
        role: 'install',
        reason: { code: 'edits-manifest', command: 'go mod vendor', file: 'go.mod' },
      },
    ],
    ['go clean', { known: false }],
  ])('%s', (text, expected) => {
    expect(run(text, APP).effect).toEqual(expected)
  })

  it.each([
    ['go install golang.org/x/tools/cmd/goimports@v0.1.0', 'tool'],
    ['go install -v -ldflags "-s -w" github.com/a/b@latest github.com/c/d@v1', 'tool'],
    ['go install github.com/a/b@v$VERSION', 'tool'],
    ['go version', 'none'],
    ['go env GOPATH', 'none'],
    ['go env -w GOPROXY=https://goproxy.io', 'files'],
    ['go clean -modcache', 'files'],
  ])('%s is %s', (text, role) => {
    expect(run(text, APP).effect).toMatchObject({ known: true, role })
  })

  it('installs a tool without looking at the module around it', () => {
    const { effect, paths } = run('go install github.com/a/b@v1', APP, { env: { GOPATH: '/g' } })
    expect(paths.filter((path) => path.startsWith('/app'))).toEqual([])
    expect(writesOf(effect)[0]).toEqual({ tree: '/g/bin', mode: 'merge' })
  })

  it.each(['go install $PKG', 'go install github.com/a/b@v1 ./cmd/x'])('%s may be the project', (text) => {
    expect(run(text, APP).effect).toEqual({ known: false, role: 'build' })
  })

  it('refuses a tool when the vendor directory is asked for', () => {
    expect(run('go install a.com/b@v1', APP, { env: { GOFLAGS: '-mod=vendor' } }).effect?.known).toBe(false)
  })

  it('go version may read the toolchain line', () => {
    expect(run('go version', APP).found).toEqual(['/app/go.mod'])
    expect(run('go version', APP, { env: { GOTOOLCHAIN: 'local' } }).found).toEqual([])
  })

  it.each(['gofmt -w .', './go build', 'xx-go build'])('%s is not its own', (text) => {
    expect(run(text).effect).toBeUndefined()
  })
})

describe('the fetch step', () => {
  it.each([
    'go build -o /server ./cmd/server',
    'go build -ldflags "-X main.version=$VERSION" -o /server .',
    'go test ./...',
    'go install ./...',
    'go run .',
    'go vet ./...',
  ])('%s', (text) => {
    const { step, found } = fetchStep(text, APP)
    expect(step).toEqual({ command: 'go mod download', cwd: '/app' })
    expect(found).toEqual(['/app/go.mod', '/app/go.sum'])
  })

  it('runs in the module’s directory, with the program of the build', () => {
    expect(fetchStep('/usr/local/go/bin/go build .', APP, { cwd: '/app/cmd' }).step).toEqual({
      command: '/usr/local/go/bin/go mod download',
      cwd: '/app',
    })
  })

  it.each<[string, string, Texts, Changes, unknown]>([
    ['no module', 'go build', {}, {}, undefined],
    ['no requirements', 'go build', { '/app/go.mod': 'module app\ngo 1.22\n' }, {}, undefined],
    [
      'only local ones',
      'go build',
      { '/app/go.mod': `${MOD}replace github.com/a/b => ./b\n`, '/app/b/go.mod': 'module b' },
      {},
      undefined,
    ],
    ['a tool', 'go install a.com/b@v1', APP, {}, undefined],
    ['no build', 'go generate ./...', APP, {}, undefined],
    ['no modules', 'go build', APP, { env: { GO111MODULE: 'off' } }, undefined],
    ['vendor asked for', 'go build -mod=vendor', APP, {}, { code: 'vendored', path: 'vendor' }],
    [
      'vendor in GOFLAGS',
      'go build',
      APP,
      { env: { GOFLAGS: '-v -mod=vendor' } },
      { code: 'vendored', path: 'vendor' },
    ],
    [
      'vendored',
      'go build',
      { ...APP, '/app/vendor/modules.txt': '' },
      {},
      { code: 'vendored', path: 'vendor' },
    ],
    [
      'go.mod is edited',
      'go build -mod=mod',
      APP,
      {},
      { code: 'edits-manifest', command: 'go build -mod=mod', file: 'go.mod' },
    ],
    [
      'no go.sum',
      'go build',
      { '/app/go.mod': MOD },
      {},
      { code: 'missing-file', file: 'go.sum', command: 'go build' },
    ],
    [
      'no content hash',
      'go build',
      { '/app/go.mod': MOD, '/app/go.sum': 'github.com/a/b v1.2.3/go.mod h1:y=\n' },
      {},
      { code: 'incomplete-lockfile', file: 'go.sum', dependency: 'github.com/a/b' },
    ],
    [
      'the hash of the replaced module',
      'go build',
      { '/app/go.mod': `${MOD}replace github.com/a/b => github.com/f/b v1.2.4\n`, '/app/go.sum': SUM },
      {},
      { code: 'incomplete-lockfile', file: 'go.sum', dependency: 'github.com/f/b' },
    ],
    [
      'an old go line with a module that is not downloaded',
      'go build',
      {
        '/app/go.mod': MOD.replace('1.22', '1.16'),
        '/app/go.sum': `${SUM}github.com/c/d v1.0.0/go.mod h1:z=\n`,
      },
      {},
      { code: 'incomplete-lockfile', file: 'go.sum', dependency: 'github.com/c/d' },
    ],
    [
      'outside the context',
      'go build',
      { '/app/go.mod': `${MOD}replace github.com/a/b => ../b\n`, '/app/go.sum': SUM },
      {},
      { code: 'outside-context', file: 'go.mod', dependency: '../b' },
    ],
    ['unknown flags', 'go build $FLAGS .', APP, {}, { code: 'unknown-argument', text: 'go build $FLAGS .' }],
  ])('is none for %s', (_name, text, texts, changes, expected) => {
    expect(fetchStep(text, texts, changes).step).toEqual(expected)
  })
})

describe('parsing go.mod', () => {
  it('reads blocks, comments and quotes', () => {
    const file = parseGoMod(
      'module "example.com/a b" // comment\r\ngo 1.21.0\ntoolchain go1.22.1\nrequire (\n\ta.com/b v1.0.0 // indirect\n\n\t"c.com/d" v2.0.0\n)\nexclude a.com/b v0.9.0\nretract [v1.0.0, v1.1.0]\nreplace a.com/b v1.0.0 => ./b\ntool a.com/b/cmd/x\n',
    )
    expect(file).toEqual({
      go: '1.21.0',
      requires: [
        { path: 'a.com/b', version: 'v1.0.0' },
        { path: 'c.com/d', version: 'v2.0.0' },
      ],
      replaces: [{ from: { path: 'a.com/b', version: 'v1.0.0' }, to: { path: './b', version: '' } }],
      uses: [],
    })
  })

  it.each(['require (\n a v1\n', 'frob x\n', 'require a\n', 'replace a b\n', 'module "a\n'])(
    'refuses %j',
    (text) => {
      expect(parseGoMod(text)).toBeUndefined()
    },
  )
})
