import { describe, expect, it } from 'vitest'
import { createMemoryTree } from '../../src/context/memory-tree.ts'
import { isDockerfileError } from '../../src/dockerfile/is-dockerfile-error.ts'
import { parseDockerfile } from '../../src/dockerfile/scan.ts'
import { buildModel } from '../../src/model/build.ts'
import { copyWithParents, matchWithParents } from '../../src/model/copy-parents.ts'
import { proveSame } from '../../src/model/prove.ts'
import type { Dockerfile } from '../../src/dockerfile/types.ts'
import type { Resolve } from '../../src/model/types.ts'

const tree = createMemoryTree({
  'package.json': '{}',
  'packages/api/package.json': '{}',
  'packages/api/src/main.js': '',
  'packages/web/package.json': '{}',
  'packages/deep/er/package.json': '{}',
  'docs/index.md': '',
})

/** `look FILE` reads a file and writes what it makes of it; `edit FILE` changes it. */
const resolve: Resolve = ({ name, args: [path = ''], cwd }, files) => {
  const file = path.startsWith('/') ? path : `${cwd}/${path}`
  if (name === 'edit') return { known: true, role: 'files', writes: [{ path: file }], env: [], pure: true }
  if (name !== 'look') return undefined
  files.read(file)
  return { known: true, role: 'install', writes: [{ path: '/out' }], env: [], pure: true }
}

function parse(...lines: readonly string[]): Dockerfile {
  const dockerfile = parseDockerfile(['FROM base', 'WORKDIR /app', ...lines, ''].join('\n'))
  if (isDockerfileError(dockerfile)) throw new Error(dockerfile.message)
  return dockerfile
}

function isSame(before: readonly string[], after: readonly string[]): boolean {
  return proveSame(parse(...before), parse(...after), tree, resolve).proven
}

describe('what COPY --parents selects', () => {
  it.each([
    ['packages/*/package.json', ['packages/api/package.json', 'packages/web/package.json']],
    [
      '**/package.json',
      [
        'package.json',
        'packages/api/package.json',
        'packages/deep/er/package.json',
        'packages/web/package.json',
      ],
    ],
    ['packages/a*', ['packages/api']],
    ['packages/*/*.json', ['packages/api/package.json', 'packages/web/package.json']],
    ['packages/?eb/package.json', ['packages/web/package.json']],
    ['packages', ['packages']],
    ['*.json', ['package.json']],
    ['nothing/*', []],
  ])('%s', (pattern, expected) => expect(matchWithParents(tree, '', pattern)).toEqual(expected))

  it('starts at the pivot', () => {
    const copy = copyWithParents(tree, ['packages/./*/package.json'], '/app', '', '')
    expect(copy?.selected).toEqual(['packages/api/package.json', 'packages/web/package.json'])
    expect(copy?.writes.map(({ region }) => 'path' in region && region.path)).toEqual([
      '/app/api',
      '/app/api/package.json',
      '/app/web',
      '/app/web/package.json',
    ])
  })

  it('lacks a file that is named, not one that a pattern could select', () => {
    const copy = copyWithParents(tree, ['packages/new/package.json', 'libs/*/package.json'], '/app', '', '')
    expect(copy?.missing).toEqual(['packages/new/package.json'])
  })

  it('is not known where the directory above a pivot is a pattern', () => {
    expect(copyWithParents(tree, ['pack*/./api'], '/app', '', '')).toBeUndefined()
  })
})

describe('the model of COPY --parents', () => {
  const copy = 'COPY --parents packages/*/package.json ./'

  it('shows a command what a copy of everything shows it', () => {
    const before = ['COPY . .', 'RUN look packages/api/package.json']
    expect(isSame(before, [copy, 'RUN look packages/api/package.json', 'COPY . .'])).toBe(true)
    expect(isSame(before, ['COPY --parents docs ./', 'RUN look packages/api/package.json', 'COPY . .'])).toBe(
      false,
    )
  })

  it('is another image than a COPY by name: directories keep their modes', () => {
    const named = [
      'COPY packages/api/package.json packages/api/',
      'COPY packages/web/package.json packages/web/',
    ]
    expect(isSame(named, [copy])).toBe(false)
    expect(isSame([...named, 'COPY . .'], [copy, 'COPY . .'])).toBe(true)
  })

  it('depends on the selected files only', () => {
    const { stages } = buildModel(parse(copy), tree, { resolve })
    expect(stages[0]?.steps.at(-1)?.selected).toEqual([
      'packages/api/package.json',
      'packages/web/package.json',
    ])
  })
})

describe('the model of a bind mount', () => {
  const mount = '--mount=type=bind,source=package.json,target=package.json'
  const before = ['COPY . .', 'RUN look package.json']

  it('shows a command what a copy shows it', () => {
    expect(isSame(before, [`RUN ${mount} look package.json`, 'COPY . .'])).toBe(true)
    expect(isSame(before, ['RUN look package.json', 'COPY . .'])).toBe(false)
  })

  it('leaves a file behind where none was, until a copy brings the real one', () => {
    expect(isSame(['RUN look /other'], [`RUN ${mount} look /other`])).toBe(false)
    expect(isSame(['RUN look /other', 'COPY . .'], [`RUN ${mount} look /other`, 'COPY . .'])).toBe(true)
    expect(isSame(['COPY . .', 'RUN look /other'], ['COPY . .', `RUN ${mount} look /other`])).toBe(true)
  })

  it('cannot be written to', () => {
    const edits = ['COPY . .', 'RUN edit package.json']
    expect(isSame(edits, ['COPY . .', `RUN ${mount} edit package.json`])).toBe(false)
  })

  it('that can be written to is another step', () => {
    expect(isSame(before, [`RUN ${mount},rw look package.json`, 'COPY . .'])).toBe(false)
  })
})
