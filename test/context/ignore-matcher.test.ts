import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileGoRegexp, parseTokens, simulate } from '../../src/context/go-regexp.ts'
import { parseIgnore } from '../../src/context/ignore-matcher.ts'
import type { IgnoreMatcher } from '../../src/context/types.ts'

interface Golden {
  readonly patterns: readonly string[]
  readonly tree: readonly string[]
  readonly buildkit: readonly string[] | null
}

const goldens = readFileSync(new URL('../goldens/dockerignore.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line): Golden => JSON.parse(line))

function parseValid(...patterns: readonly string[]): IgnoreMatcher {
  const matcher = parseIgnore(patterns.join('\n'))
  if ('message' in matcher) throw new Error(matcher.message)
  return matcher
}

/** What a builder copies of the tree; directories end in a slash. */
function walk(matcher: IgnoreMatcher, tree: readonly string[]): string[] {
  const entries = new Set<string>()
  for (const path of tree)
    for (let i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) entries.add(path.slice(0, i + 1))
  for (const path of tree) entries.add(path)
  const kept = new Set<string>()
  for (const entry of entries) {
    if (matcher.ignores(entry)) continue
    kept.add(entry)
    for (let i = entry.indexOf('/'); i >= 0; i = entry.indexOf('/', i + 1)) kept.add(entry.slice(0, i + 1))
  }
  return [...kept].sort()
}

describe('parseIgnore', () => {
  it('has all recorded cases', () => expect(goldens.length).toBe(498))

  it.each(goldens.map((golden) => [golden.patterns.join(' | '), golden] as const))('%s', (_, golden) => {
    const matcher = parseIgnore(golden.patterns.join('\n') + '\n')
    if ('message' in matcher) return expect(golden.buildkit).toBeNull()
    const tree = golden.tree.includes('.dockerignore') ? golden.tree : [...golden.tree, '.dockerignore']
    expect(walk(matcher, tree)).toEqual([...(golden.buildkit ?? ['an error'])].sort())
  })

  it('asks for a deep path first as for a shallow one', () => {
    const patterns = ['a', '!a/b', 'a/b/c']
    const matcher = parseValid(...patterns)
    expect(matcher.ignores('a/b/c/d')).toBe(true)
    expect(matcher.ignores('a/b/x/y')).toBe(false)
    expect(matcher.ignores('a/x/y/z')).toBe(true)
    expect([matcher.prunes('a'), matcher.prunes('a/x'), matcher.prunes('')]).toEqual([false, true, false])
  })

  it('names the line that decides', () => {
    const matcher = parseValid('# logs', '*.log', '', 'docs', '!keep.log')
    expect(matcher.line('a.log')).toBe(2)
    expect(matcher.line('docs/a/b')).toBe(4)
    expect(matcher.line('keep.log')).toBeUndefined()
    expect(matcher.line('src/a.log')).toBeUndefined()
  })

  it('reads lines as the builder does', () => {
    expect(parseValid('\uFEFFa').ignores('a')).toBe(true)
    expect(parseValid('a\r', 'b').ignores('a')).toBe(true)
    expect(parseValid('*', '/!a').ignores('a')).toBe(false)
    expect(parseValid('/ a').ignores('a')).toBe(true)
    expect(parseValid('../x', '.', '/').ignores('x')).toBe(false)
    expect(parseIgnore('a\n!/')).toEqual({ line: 2, message: 'illegal exclusion pattern: "!"' })
    expect(parseIgnore('ok\n\n[z-a]')).toMatchObject({ line: 3 })
    expect(parseIgnore('!\\Foo')).toHaveProperty('ignores')
  })

  it.each([
    ['[[:digit:]]x', '7x', 'ax'],
    ['[a\\-z]', '-', 'b'],
    ['\\x41*', 'Ab', 'b'],
    ['\\101*', 'Ab', 'b'],
    ['\\Qa*', 'a[^/]*$ and more', 'ab'],
    ['a*\\b.x', 'ab.x', 'a-.x'],
    ['[^a-c]?', 'dd', 'bd'],
    ['?', '😀', 'ab'],
    ['[*]', '[[]', '*'],
  ])('%s matches %s, not %s', (pattern, yes, no) => {
    expect(parseValid(pattern).ignores(yes)).toBe(true)
    expect(parseValid(pattern).ignores(no)).toBe(false)
  })

  it.each([
    '[a',
    'a\\',
    '[]a]',
    '[a-]',
    '[-a]',
    '\\R',
    '[b-a]',
    '[[:nope:]]',
    '[[:constructor:]]',
    '\\1',
    '[\\b]',
    '\\pL',
  ])('%s is an error', (pattern) => expect(parseIgnore(pattern)).toMatchObject({ line: 1 }))

  const piece = fc.constantFrom(
    ...'ab/.*?[]!^-\\#{}()|+$ \n\té'.split(''),
    '**',
    '**/',
    '/**',
    '[a-b]',
    '\\Q',
    '[:',
    ':]',
  )
  const texts = fc.array(piece, { maxLength: 24 }).map((parts) => parts.join(''))

  it('never throws on any text', () => {
    fc.assert(
      fc.property(texts, fc.array(texts, { maxLength: 5 }), (text, paths) => {
        const matcher = parseIgnore(text)
        if ('message' in matcher) return matcher.line >= 1
        for (const path of paths)
          if (matcher.ignores(path) !== (matcher.line(path) !== undefined)) return false
        return true
      }),
      { numRuns: 2000 },
    )
  })

  it('keeps the order of questions out of the answers, and hides all below a pruned directory', () => {
    const path = fc
      .array(fc.constantFrom('a', 'b', 'c.x'), { minLength: 1, maxLength: 4 })
      .map((p) => p.join('/'))
    const pattern = fc
      .tuple(
        fc.constantFrom('', '', '!'),
        fc.array(fc.constantFrom('a', 'b', '*', '**', '*.x', '?'), { minLength: 1, maxLength: 3 }),
      )
      .map(([sign, parts]) => sign + parts.join('/'))
    fc.assert(
      fc.property(
        fc.array(pattern, { maxLength: 5 }),
        fc.array(path, { minLength: 1 }),
        (patterns, paths) => {
          const used = parseValid(...patterns)
          for (const one of paths) {
            expect(used.ignores(one)).toBe(parseValid(...patterns).ignores(one))
            if (used.prunes(one)) expect(used.ignores(`${one}/a/b`)).toBe(true)
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  it('simulates what the regular expression finds', () => {
    const atom = fc.constantFrom(
      'a',
      '\\.',
      '[^/]*',
      '(.*/)?',
      '[^/]',
      '[ab]',
      '/',
      '.*',
      '\\b',
      '[^a]*',
      '$',
    )
    const chars = fc.array(fc.constantFrom('a', 'b', '/', '.', '\n'), { maxLength: 8 })
    fc.assert(
      fc.property(fc.array(atom, { maxLength: 7 }), chars, (atoms, path) => {
        const source = `^${atoms.join('')}$`
        const tokens = parseTokens([...source]) ?? []
        const text = path.join('')
        expect(simulate(tokens, text)).toBe(new RegExp(source.replaceAll('.*', '[^\\n]*'), 'u').test(text))
        expect(compileGoRegexp(source)?.(text)).toBe(simulate(tokens, text))
      }),
      { numRuns: 3000 },
    )
  })

  it('does not hang on hostile patterns', () => {
    const matcher = parseValid('**/*a*'.repeat(40) + 'b', '*a'.repeat(200) + 'b', '**/a**'.repeat(20) + '/x')
    const start = performance.now()
    expect(matcher.ignores('a'.repeat(4000))).toBe(false)
    expect(matcher.ignores('a/'.repeat(200) + 'z')).toBe(false)
    expect(performance.now() - start).toBeLessThan(5000)
  })

  it('is fast on a large tree', () => {
    const names = [
      '.git',
      '**/node_modules',
      '*.md',
      'docs/**',
      '!docs/keep',
      '**/*.log',
      'build-?',
      '**/__pycache__',
    ]
    const matcher = parseValid(
      ...names,
      'a/b',
      'c',
      'd/e/f',
      '**/dist',
      'tmp*',
      '[ab]c',
      '**/.env*',
      'x/**/y',
    )
    const start = performance.now()
    let count = 0
    for (let i = 0; i < 100_000; i++) if (matcher.ignores(`pkg${i % 100}/src${i % 1000}/file${i}.ts`)) count++
    expect(count).toBe(0)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
