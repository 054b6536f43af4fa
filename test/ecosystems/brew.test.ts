import { describe, expect, test } from 'vitest'
import { createRun, refusal } from './create-run.ts'
import { brew } from '../../src/ecosystems/brew/index.ts'
import type { Texts } from './create-run.ts'

const APP: Texts = { '/app/Brewfile': 'tap "shop/tools"\nbrew "jq"\ncask "firefox" if OS.mac?\n' }
const run = createRun(brew, APP)

describe('brew bundle', () => {
  test.each(['brew bundle', 'brew bundle install --verbose', 'brew bundle --file=./Brewfile --no-upgrade'])(
    '%s',
    (text) => {
      const { effect, found, paths, writes } = run(text)
      expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
      expect(found).toEqual(['/app/Brewfile'])
      expect(paths).toEqual(['/app/Brewfile', '/app/Brewfile.lock.json'])
      expect(writes).toEqual([
        { tree: '/home/linuxbrew/.linuxbrew', mode: 'merge' },
        { system: true },
        { path: '/app/Brewfile.lock.json' },
        { tree: '/root/.cache/Homebrew', mode: 'merge', allow: 'cache' },
      ])
    },
  )

  test('a lockfile stays as it is', () => {
    const texts = { ...APP, '/app/Brewfile.lock.json': '{}' }
    expect(run('brew bundle', texts).writes).toContainEqual({
      path: '/app/Brewfile.lock.json',
      allow: 'lockfile',
    })
    expect(run('brew bundle --no-lock', texts).kept).toEqual(['/home/linuxbrew/.linuxbrew', 'system'])
  })

  test('variables move things', () => {
    const env = { HOMEBREW_BUNDLE_FILE: 'tools/Brewfile', HOMEBREW_PREFIX: '/brew', HOMEBREW_CACHE: '/cache' }
    const { found, writes } = run('brew bundle --no-lock', { '/app/tools/Brewfile': 'brew "jq"' }, { env })
    expect(found).toEqual(['/app/tools/Brewfile'])
    expect(writes).toEqual([
      { tree: '/brew', mode: 'merge' },
      { system: true },
      { tree: '/cache', mode: 'merge', allow: 'cache' },
    ])
  })

  test('a Brewfile that asks for variables depends on all', () => {
    const { effect } = run('brew bundle', { '/app/Brewfile': 'brew "jq" unless ENV["SMALL"]' })
    expect(effect).toMatchObject({ known: true, env: 'all' })
  })

  test.each(['%w[jq yq].each do |name|\n  brew name\nend', 'brew "jq", args: ["HEAD"], link: true # json'])(
    '%s is understood',
    (text) => {
      expect(run('brew bundle', { '/app/Brewfile': text }).effect).toMatchObject({ known: true })
    },
  )

  test.each([
    ['brew File.read("name.txt")', 'File'],
    ['system "make"', 'system'],
    ['brew "#{`cat name.txt`}"', '`'],
    ['instance_eval(other)', 'instance_eval'],
  ])('%s is refused', (text, word) => {
    expect(run('brew bundle', { '/app/Brewfile': text }).effect).toEqual(
      refusal({ code: 'manifest-runs-code', file: 'Brewfile', text: word }),
    )
  })

  test.each([
    [APP, 'brew bundle --new', { code: 'unknown-argument', text: 'brew bundle --new' }],
    [{}, 'brew bundle', { code: 'missing-file', file: 'Brewfile', command: 'brew bundle' }],
    [
      { '/app/Brewfile': 'tap "a/b", "file:///app/tap"' },
      'brew bundle',
      { code: 'local-dependency', file: 'Brewfile', dependency: 'file:///app/tap' },
    ],
  ] as const)('%j %s', (texts, text, reason) => {
    expect(run(text, texts).effect).toEqual(refusal(reason))
  })

  test.each(['brew bundle dump', 'brew bundle --global', 'brew bundle --cleanup', 'brew bundle --file=-'])(
    '%s is not known',
    (text) => {
      expect(run(text).effect).toEqual({ known: false })
    },
  )
})

describe('other commands', () => {
  test.each(['brew install jq node@20', 'brew tap shop/tools', 'brew update', 'brew cleanup -s'])(
    '%s is a tool',
    (text) => {
      const { effect, paths } = run(text)
      expect(effect).toMatchObject({ known: true, role: 'tool' })
      expect(paths).toEqual([])
    },
  )

  test.each(['brew list', 'brew --prefix', 'brew --version'])('%s', (text) => {
    expect(run(text).effect).toMatchObject({ known: true, role: 'none', writes: [] })
  })

  test.each(['brew install ./formula/shop.rb', 'brew services start x', 'brew tap a/b file:///app/tap'])(
    '%s is not known',
    (text) => {
      expect(run(text).effect).toEqual({ known: false })
    },
  )
})
