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
