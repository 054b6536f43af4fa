import { describe, expect, it } from 'vitest'
import { isDockerfileError } from '../../src/dockerfile/is-dockerfile-error.ts'
import { readRun, type RunScript } from '../../src/dockerfile/run-script.ts'
import { parseDockerfile } from '../../src/dockerfile/scan.ts'

describe('readRun', () => {
  it('maps a command line over continuations and comments', () => {
    const text = 'FROM a\nRUN --mount=type=cache,target=/c apt update && \\\n  # why\n  npm \\\n ci\n'
    const run = read(text)
    expect(run).toMatchObject({ form: 'shell', source: 'apt update &&   npm  ci' })
    expectSameCharacters(run, text)
    expect(run.script?.statements[0]?.node).toMatchObject({ kind: 'and-or', operators: ['&&'] })
  })

  it('reads a heredoc that is the whole script', () => {
    const text = 'FROM a\nRUN --network=none <<EOF\nset -e\n# c\nnpm ci\nEOF\n'
    const run = read(text)
    expect(run).toMatchObject({ form: 'heredoc', source: 'set -e\n# c\nnpm ci\n' })
    expectSameCharacters(run, text)
    expect(run.script?.statements).toHaveLength(2)
  })

  it('maps a body whose tabs are removed', () => {
    const text = 'FROM a\r\nRUN <<-EOF\r\n\t\tset -e\r\n\tnpm ci\r\n\tEOF\r\n'
    const run = read(text)
    expect(run).toMatchObject({ form: 'heredoc', source: 'set -e\r\nnpm ci\r\n' })
    expectSameCharacters(run, text)
  })

  it.each([['RUN <<EOF\nEOF\n'], ['RUN 3<<"E O"\nx\nE O\n'], ['RUN << EOF\nx\nEOF\n']])(
    'heredoc: %j',
    (line) => {
      expect(read(`FROM a\n${line}`).form).toBe('heredoc')
    },
  )

  it('leaves a heredoc with a shebang to its interpreter', () => {
    expect(read('FROM a\nRUN <<EOF\n#!/usr/bin/env python\nprint("hi")\nEOF\n')).toMatchObject({
      form: 'other',
    })
    expect(read('FROM a\nRUN <<EOF\n#!/usr/bin/env python\nprint(1)\nEOF\n').script).toBeUndefined()
  })

  it('puts the bodies of heredocs below a command line that feeds them', () => {
    const text = 'FROM a\nRUN <<A cat > /a && \\\n  <<-"B" cat > /b\none\nA\n\ttwo\n\tB\n'
    const run = read(text)
    expect(run).toMatchObject({
      form: 'shell',
      source: '<<A cat > /a &&   <<-"B" cat > /b\none\nA\n\ttwo\nB',
    })
    expect(run.script?.statements).toHaveLength(1)
    const node = run.script?.statements[0]?.node
    expect(node).toMatchObject({ parts: [{ redirects: [{ body: 'one\n' }, {}] }, {}] })
    const offset = run.source.indexOf('two')
    expect(run.toFile?.(offset)).toBe(text.indexOf('two'))
  })

  it('reads the exec form', () => {
    expect(read('FROM a\nRUN ["npm", "ci"]\n')).toEqual({
      form: 'exec',
      source: '["npm", "ci"]',
      argv: ['npm', 'ci'],
      exitsOnError: false,
    })
    const run = read('FROM a\nRUN ["/bin/sh", "-c", "cd /a && npm ci"]\n')
    expect(run).toMatchObject({ form: 'exec', source: 'cd /a && npm ci', script: { statements: [{}] } })
    expect(run.toFile).toBeUndefined()
    const bash = read('FROM a\nRUN ["bash", "-elc", "npm ci"]\n')
    expect(bash).toMatchObject({ source: 'npm ci', script: { statements: [{}] }, exitsOnError: true })
    expect(read('FROM a\nRUN ["sh", "-c", "x $0", "y"]\n').script).toBeUndefined()
  })

  it('reads a heredoc with the shebang of a shell, whatever SHELL says', () => {
    const run = read('FROM a\nRUN <<EOF\n#!/usr/bin/env bash\nnpm ci\nEOF\n')
    expect(run).toMatchObject({ form: 'heredoc', script: { statements: [{}] }, exitsOnError: false })
    expect(read('FROM a\nRUN <<EOF\n#!/bin/sh -eu\nnpm ci\nEOF\n').exitsOnError).toBe(true)
    expect(read('FROM a\nRUN <<EOF\nnpm ci\nEOF\n').exitsOnError).toBeUndefined()
  })

  it('has no script where the shell would find an error', () => {
    expect(read('FROM a\nRUN echo "a\n').script).toBeUndefined()
  })
})

function read(text: string): RunScript {
  const dockerfile = parseDockerfile(text)
  if (isDockerfileError(dockerfile)) throw new Error(dockerfile.message)
  const run = dockerfile.instructions[1]
  if (run === undefined) throw new Error('no RUN')
  return readRun(run, dockerfile)
}

function expectSameCharacters({ source, toFile }: RunScript, text: string): void {
  for (let offset = 0; offset < source.length; offset++) {
    expect(text[toFile?.(offset) ?? -1]).toBe(source[offset])
  }
}
