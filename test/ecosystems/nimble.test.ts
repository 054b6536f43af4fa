import { describe, expect, test } from 'vitest'
import { nimble } from '../../src/ecosystems/nimble/index.ts'
import { toCommand } from '../effects/to-command.ts'
import { fakeFiles, type FakeOptions } from './fake-files.ts'
import type { Effect, WriteEffect } from '../../src/model/types.ts'

type Texts = Readonly<Record<string, string>>
type Changes = Parameters<typeof toCommand>[1]

const MANIFEST = `# Package
version = "0.1.0"
author = "shop"
srcDir = "src"
bin = @["shop"]

import std/[os, strutils]

# Dependencies
requires "nim >= 1.6.0", "jester >= 0.6.0"
requires "https://github.com/a/b#head"
when defined(windows):
  requires "winim"

task assets, "Compiles the assets":
  exec "sass style.scss"
  let text = readFile("style.css")
`
const APP: Texts = { '/app/shop.nimble': MANIFEST, '/app/src/shop.nim': '' }

function run(text: string, texts: Texts = APP, changes: Changes = {}, options: FakeOptions = {}) {
  const { files, looks } = fakeFiles(texts, options)
  const effect = nimble.resolve(toCommand(text, changes), files)
  return { effect, ...looks() }
}

function writesOf(effect: Effect | undefined): readonly WriteEffect[] {
  if (effect?.known !== true) throw new Error(`not known: ${JSON.stringify(effect)}`)
  return effect.writes
}

describe('nimble install -d', () => {
  test.each([
    'nimble install -d -y',
    'nimble install --depsOnly --accept',
    'nimble -y install --depsOnly --noColor',
    'nimble install -dy --solver:sat',
    '/usr/bin/nimble install -d',
  ])('%s', (text) => {
    const { effect, found, paths } = run(text)
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect(found).toEqual(['/app/shop.nimble'])
    expect(paths).toEqual(
      expect.arrayContaining([
        '/app/nimble.develop',
        '/app/nimble.lock',
        '/app/config.nims',
        '/app/nim.cfg',
        '/app/nimble.paths',
      ]),
    )
    expect(writesOf(effect)).toEqual([{ tree: '/root/.nimble', mode: 'merge' }])
  })

  test('the lockfile and settings beside the manifest', () => {
    expect(
      run('nimble install -d', { ...APP, '/app/nimble.lock': '{}', '/app/config.nims': '' }).found,
    ).toEqual(['/app/shop.nimble', '/app/nimble.lock', '/app/config.nims'])
  })

  test('where packages go', () => {
    const local = { tree: '/app/nimbledeps', mode: 'merge', ignore: '**/nimbledeps' }
    expect(writesOf(run('nimble install -d -l').effect)).toEqual([local])
    expect(writesOf(run('nimble install -d', { ...APP, '/app/nimbledeps/.keep': '' }).effect)).toEqual([
      local,
    ])
    expect(writesOf(run('nimble install -d --nimbleDir:/nimble').effect)).toEqual([
      { tree: '/nimble', mode: 'merge' },
    ])
    expect(writesOf(run('nimble install -d', APP, { env: { NIMBLE_DIR: '/n' } }).effect)).toEqual([
      { tree: '/n', mode: 'merge' },
    ])
  })

  test('a manifest that asks the environment depends on all of it', () => {
    expect(
      run('nimble install -d', { '/app/a.nimble': 'if getEnv("X") == "":\n  requires "x"' }).effect,
    ).toMatchObject({ known: true, env: 'all' })
  })

  test.each([
    'version = staticRead("VERSION").strip',
    'include "common.nims"',
    'import tools/version',
    'let commit = gorge("git rev-parse HEAD")',
    'if fileExists("src/x.nim"):\n  requires "x"',
    'before install:\n  echo "x"',
    'proc f(): string =\n  readFile("x")',
    'when dirExists("a"): requires "x"',
  ])('refuses %s', (line) => {
    expect(run('nimble install -d', { '/app/a.nimble': `${MANIFEST}${line}\n` }).effect).toMatchObject({
      known: false,
      reason: { code: 'manifest-runs-code', file: 'a.nimble' },
    })
  })

  test.each<[string, string, Texts, unknown]>([
    ['no manifest', 'nimble install -d', {}, { code: 'missing-file', file: '*.nimble' }],
    [
      'several manifests',
      'nimble install -d',
      { ...APP, '/app/a.nimble': '' },
      { code: 'unreadable-manifest' },
    ],
    [
      'a package on the disk',
      'nimble install -d',
      { '/app/a.nimble': 'requires "jester",\n  "file://../lib"' },
      { code: 'local-dependency', dependency: 'file://../lib' },
    ],
    [
      'packages that are developed beside',
      'nimble install -d',
      { ...APP, '/app/nimble.develop': '{}' },
      { code: 'local-dependency', file: 'nimble.develop' },
    ],
    ['the project itself', 'nimble install -y', APP, { code: 'installs-project', file: 'shop.nimble' }],
    ['a new lockfile', 'nimble lock', APP, { code: 'edits-manifest', file: 'nimble.lock' }],
    ['an unknown argument', 'nimble install -d $X', APP, { code: 'unknown-argument' }],
    ['a directory', 'nimble install ./lib', APP, { code: 'unknown-argument' }],
  ])('refuses %s', (_, text, texts, reason) => {
    expect(run(text, texts).effect).toMatchObject({ known: false, role: 'install', reason })
  })

  test('other commands', () => {
    expect(run('nimble install jester@0.6.0 -y', {}).effect).toMatchObject({ known: true, role: 'tool' })
    expect(run('nimble refresh', {}).effect).toMatchObject({ known: true, role: 'tool' })
    for (const text of ['nimble build -d:release', 'nimble c src/shop.nim'])
      expect(run(text.replace(' -d:release', '')).effect).toEqual({ known: false, role: 'build' })
    expect(run('nimble setup').effect).toEqual({ known: false })
    expect(run('nimble --version').effect).toMatchObject({ role: 'none' })
    expect(nimble.fetch).toBeUndefined()
  })
})
