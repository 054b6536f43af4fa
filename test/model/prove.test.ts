import { describe, expect, it } from 'vitest'
import { createMemoryTree } from '../../src/context/memory-tree.ts'
import { isDockerfileError } from '../../src/dockerfile/is-dockerfile-error.ts'
import { parseDockerfile } from '../../src/dockerfile/scan.ts'
import { proveSame, type Proof } from '../../src/model/prove.ts'
import type { Dockerfile } from '../../src/dockerfile/types.ts'
import type { Resolve } from '../../src/model/types.ts'

const tree = createMemoryTree({ 'list.txt': '', 'main.py': '' })

/** `warm` installs into /venv what `build` installs anyway; `mark` writes a file there. */
const resolve: Resolve = ({ name }) => {
  if (name === 'warm') {
    const writes = [{ tree: '/venv', mode: 'merge', allow: 'warm-up' }] as const
    return { known: true, role: 'fetch', writes, env: [] }
  }
  if (name === 'mark')
    return { known: true, role: 'files', writes: [{ path: '/venv/mark' }], env: [], pure: true }
  return undefined
}

function prove(before: readonly string[], after: readonly string[]): Proof {
  return proveSame(parse(before), parse(after), tree, resolve)
}

function parse(lines: readonly string[]): Dockerfile {
  const dockerfile = parseDockerfile(['FROM base', ...lines, ''].join('\n'))
  if (isDockerfileError(dockerfile)) throw new Error(dockerfile.message)
  return dockerfile
}

describe('a warm-up', () => {
  it('may be added, with a note', () => {
    expect(prove(['RUN ./build'], ['RUN warm', 'RUN ./build'])).toMatchObject({
      proven: true,
      allowances: ['warm-up', 'cache'],
    })
  })

  it('that stands there already is a command like any other', () => {
    expect(prove(['RUN mark', 'RUN warm'], ['RUN warm', 'RUN mark']).proven).toBe(false)
    expect(prove(['RUN warm', 'RUN ./build'], ['RUN ./build']).proven).toBe(false)
    expect(prove(['COPY . /app', 'RUN warm'], ['RUN warm', 'COPY . /app'])).toMatchObject({
      proven: true,
      allowances: [],
    })
  })
})

describe('a stage that is added', () => {
  const lines = ['COPY . /app', 'FROM base AS web', 'COPY main.py /']

  it('counts only by what is built on it', () => {
    const added = ['COPY . /app', 'FROM base AS setup', 'FROM setup AS web', 'COPY main.py /']
    expect(prove(lines, added).proven).toBe(true)
    expect(prove(lines, [...added.slice(0, 2), 'RUN mark', ...added.slice(2)]).proven).toBe(false)
  })

  it('does not stand for one that is gone, or in another order', () => {
    const [, from = '', copy = ''] = lines
    expect(prove(lines, ['COPY . /app', 'FROM base AS site', copy])).toMatchObject({
      differences: ['the stages differ'],
    })
    expect(prove(lines, ['COPY . /app', from, copy, 'FROM base']).proven).toBe(false)
    expect(prove([...lines, from], lines).proven).toBe(false)
  })
})
