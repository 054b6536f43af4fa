import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMemoryTree } from '../src/context/memory-tree.ts'
import { fixDockerfile } from '../src/pipeline.ts'
import { parseDockerfile } from '../src/dockerfile/scan.ts'

/** A workspace: its directories with a manifest, and the patterns that name its members. */
interface Workspace {
  readonly dirs: readonly string[]
  readonly patterns: readonly string[]
}

const name = fc.constantFrom('api', 'web', 'money', 'legacy', 'examples', 'core-a', 'core-b')
const top = fc.constantFrom('packages', 'apps', 'libs')
const dir = fc.oneof(
  fc.tuple(top, name).map((parts) => parts.join('/')),
  fc.tuple(top, name, name).map((parts) => parts.join('/')),
  fc.tuple(top, name, fc.constant('examples'), name).map((parts) => parts.join('/')),
)
const pattern = fc.oneof(
  top.map((folder) => `${folder}/*`),
  top.map((folder) => `${folder}/**`),
  top.map((folder) => `./${folder}/*/`),
  top.map((folder) => `${folder}/core-*`),
  top.map((folder) => `${folder}/{api,web}`),
  fc.tuple(top, name).map((parts) => parts.join('/')),
)
const exclusion = fc.oneof(
  fc.tuple(top, name).map((parts) => `!${parts.join('/')}`),
  fc.constantFrom('!**/examples/**', '!**/legacy', '!packages/*/examples'),
)
const workspace: fc.Arbitrary<Workspace> = fc.record({
  dirs: fc.uniqueArray(dir, { minLength: 1, maxLength: 9 }),
  patterns: fc
    .tuple(
      fc.uniqueArray(pattern, { minLength: 1, maxLength: 3 }),
      fc.uniqueArray(exclusion, { maxLength: 2 }),
    )
    .map(([included, excluded]) => [...included, ...excluded]),
})

/** What is a member, by regular expressions on whole paths: an oracle that knows nothing of the model's search. */
function isMember(path: string, { patterns }: Workspace): boolean {
  const matches = (text: string): boolean =>
    toRegExp(text.replace(/^!?(\.\/)?/, '').replace(/\/$/, '')).test(path)
  return (
    patterns.some((text) => !text.startsWith('!') && matches(text)) &&
    !patterns.some((text) => text.startsWith('!') && matches(text))
  )
}

function toRegExp(glob: string): RegExp {
  const source = glob.replace(/\*\*\/?|\*|\{[^}]*\}/g, (part) => {
    if (part === '**/') return '(?:[^/]+/)*'
    if (part === '**') return '(?:[^/]+(?:/[^/]+)*)?'
    if (part === '*') return '[^/]*'
    return `(?:${part.slice(1, -1).replaceAll(',', '|')})`
  })
  // `packages/**` names `packages` too.
  return new RegExp(`^${source.replace(/\/\(\?:\[\^\/\]\+\(\?:\/\[\^\/\]\+\)\*\)\?$/, '(?:/[^/]+)*')}$`)
}

function toFiles({ dirs, patterns }: Workspace, manager: Manager): Readonly<Record<string, string>> {
  return {
    'package.json': JSON.stringify({ name: 'shop', ...(manager === 'npm' ? { workspaces: patterns } : {}) }),
    ...(manager === 'pnpm'
      ? { 'pnpm-workspace.yaml': `packages:\n${patterns.map((text) => `  - '${text}'\n`).join('')}` }
      : {}),
    ...Object.fromEntries(
      dirs.flatMap((path) => [
        [`${path}/package.json`, JSON.stringify({ name: path.replaceAll('/', '-'), version: '1.0.0' })],
        [`${path}/index.js`, ''],
      ]),
    ),
  }
}

type Manager = 'npm' | 'pnpm'

/** The text after the split, and what it copies above the install. */
function split(
  files: Readonly<Record<string, string>>,
  manager: Manager,
  start = '',
): { readonly text: string; readonly copied: readonly string[]; readonly parents: readonly string[] } {
  const tree = createMemoryTree(files)
  const { text } = fixDockerfile({
    path: 'Dockerfile',
    text: `${start}FROM node:20\nWORKDIR /app\nCOPY . .\nRUN ${manager} install\n`,
    context: { root: '', checkout: tree, hasUntracked: () => false, history: () => [] },
    ignoreFile: { path: '.dockerignore', text: '**/node_modules\n' },
    siblings: [],
    transforms: ['split-manifests'],
    risk: 'notes',
  })
  const parsed = parseDockerfile(text)
  if (!('instructions' in parsed)) throw new Error(parsed.message)
  const at = parsed.instructions.findIndex(({ keyword }) => keyword === 'RUN')
  const copies = parsed.instructions.slice(0, at).filter(({ keyword }) => keyword === 'COPY')
  const sourcesOf = (isParents: boolean): readonly string[] =>
    copies
      .filter(({ flags }) => flags.some(({ name }) => name === 'parents') === isParents)
      .flatMap(({ words }) => words.slice(0, -1).map(({ raw }) => raw))
      .sort()
  return { text, copied: sourcesOf(false), parents: sourcesOf(true) }
}

describe.each<Manager>(['npm', 'pnpm'])('a split of a random workspace of %s', (manager) => {
  it('copies the manifests of the members and no others', () => {
    fc.assert(
      fc.property(workspace, (shape) => {
        const files = toFiles(shape, manager)
        const members = shape.dirs.filter((path) => isMember(path, shape))
        const expected = [
          'package.json',
          ...(manager === 'pnpm' ? ['pnpm-workspace.yaml'] : []),
          ...members.map((path) => `${path}/package.json`),
        ]
        expect(split(files, manager).copied).toEqual(expected.sort())
      }),
      { numRuns: 60 },
    )
  })

  it('selects just the same files by the patterns of `COPY --parents`', () => {
    fc.assert(
      fc.property(workspace, (shape) => {
        const files = toFiles(shape, manager)
        const { copied, parents } = split(files, manager, '# syntax=docker/dockerfile:1.20\n')
        const isSelected = (path: string): boolean =>
          copied.includes(path) || parents.some((text) => toRegExp(text).test(path))
        expect(Object.keys(files).filter(isSelected).sort()).toEqual(split(files, manager).copied)
      }),
      { numRuns: 30 },
    )
  })
})
