import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, type TestContext } from 'vitest'
import { createDiskTree } from '../../src/context/disk-tree.ts'
import { filterTree } from '../../src/context/filter-tree.ts'
import { parseIgnore } from '../../src/context/ignore-matcher.ts'
import type { FileTree } from '../../src/context/types.ts'
import { makeContextDirectory } from './directory.ts'
import { buildTar } from './docker.ts'

interface Case {
  readonly patterns: readonly string[]
  /** Files; a name with a slash at its end is an empty directory. */
  readonly tree: readonly string[]
}

interface Golden extends Case {
  /** What the newest builder copies, and what the one of Docker 20.10 does; absent where the build fails. */
  readonly buildkit: readonly string[] | null
  readonly engine20: readonly string[] | null
}

/** Where old and new builders disagree, the matcher is right about the new ones, and the engine here may be old. */
const goldens = readFileSync(new URL('../goldens/dockerignore.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line): Golden => JSON.parse(line))
  .filter(({ buildkit, engine20 }) => JSON.stringify(buildkit) === JSON.stringify(engine20))

const recorded = goldens.filter((_, index) => index % Math.floor(goldens.length / 40) === 0).slice(0, 40)
const seed = Math.floor(Math.random() * 2 ** 31)

describe.concurrent('.dockerignore', () => {
  it.for(toTable(recorded))('recorded: %s', ([, one], context) => compare(one, context))
  it.for(toTable(fc.sample(randomCases(), { seed, numRuns: 20 })))('random: %s', ([, one], context) =>
    compare(one, context),
  )
})

function toTable(cases: readonly Case[]): readonly (readonly [string, Case])[] {
  return cases.map((one) => [`${one.patterns.join(' | ')} over ${one.tree.join(' ')}`, one] as const)
}

async function compare({ patterns, tree }: Case, context: TestContext): Promise<void> {
  const text = patterns.join('\n') + '\n'
  const files = Object.fromEntries(
    tree.filter((path) => path !== '.dockerignore').map((path) => [path, path]),
  )
  const dir = makeContextDirectory(context, { ...files, '.dockerignore': text })
  // Outside, so that the context holds nothing but the case.
  const file = join(makeContextDirectory(context, { Dockerfile: 'FROM scratch\nCOPY . /x\n' }), 'Dockerfile')
  const matcher = parseIgnore(text)
  if (!('ignores' in matcher)) return expect(buildTar(dir, { file })).rejects.toThrow(/pattern/)
  const built = [...(await buildTar(dir, { file }))].flatMap(([path, { type }]) =>
    path.startsWith('/x/') ? [`${path.slice('/x/'.length)}${type === 'dir' ? '/' : ''}`] : [],
  )
  expect(entriesOf(filterTree(createDiskTree(dir), matcher), '').sort()).toEqual(built.sort())
}

function entriesOf(tree: FileTree, dir: string): string[] {
  return tree.list(dir).flatMap((name) => {
    const path = dir === '' ? name : `${dir}/${name}`
    return tree.kind(path) === 'dir' ? [`${path}/`, ...entriesOf(tree, path)] : [path]
  })
}

/** Cases of which no part is among those that old and new builders read differently. */
function randomCases(): fc.Arbitrary<Case> {
  const name = fc.constantFrom(
    'a',
    'b',
    'src',
    'lib',
    'dist',
    'app.js',
    'README.md',
    '.env',
    'node_modules',
    'x.log',
  )
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'))
  const part = fc.oneof(
    { weight: 3, arbitrary: name },
    fc.constantFrom('*', '*.js', '*.md', '?', '.*', 'app.??', '[a-c]'),
  )
  const pattern = fc
    .tuple(
      fc.constantFrom('', '', '/', './', '**/'),
      fc.array(part, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('', '', '/', '/**'),
    )
    .map(([before, parts, after]) => before + parts.join('/') + after)
  return fc
    .record({
      patterns: fc.array(pattern, { minLength: 1, maxLength: 4 }),
      paths: fc.uniqueArray(path, { minLength: 3, maxLength: 9 }),
      exception: fc.option(fc.nat(8), { nil: undefined }),
    })
    .map(({ patterns, paths, exception }) => {
      const tree = paths.filter((one) => !paths.some((other) => other.startsWith(`${one}/`)))
      const kept = exception === undefined ? undefined : tree[exception]
      return { patterns: kept === undefined ? patterns : [...patterns, `!${kept}`], tree }
    })
}
