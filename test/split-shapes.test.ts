import { describe, expect, it } from 'vitest'
import { parseDockerfile } from '../src/dockerfile/scan.ts'
import { hasParentsFlag } from '../transforms/split-manifests/parents-lines.ts'

describe('a frontend with COPY --parents', () => {
  it.each([
    ['docker/dockerfile:1.20', true],
    ['docker.io/docker/dockerfile:1.21.3', true],
    ['docker/dockerfile-upstream:1.20', true],
    ['docker/dockerfile:1.7-labs', true],
    ['docker/dockerfile:1.7.0-labs', true],
    ['docker/dockerfile:1-labs', true],
    ['docker/dockerfile:labs', true],
    ['docker/dockerfile:2.0', true],
    ['docker/dockerfile:1.20@sha256:0123', true],
    ['docker/dockerfile:1.19', false],
    ['docker/dockerfile:1.6-labs', false],
    ['docker/dockerfile:1', false],
    ['docker/dockerfile:latest', false],
    ['docker/dockerfile', false],
    ['example/dockerfile:1.20', false],
  ])('%s: %s', (frontend, expected) => {
    const dockerfile = parseDockerfile(`# syntax=${frontend}\nFROM alpine\n`)
    expect('instructions' in dockerfile && hasParentsFlag(dockerfile)).toBe(expected)
  })

  it('is known by its use', () => {
    const dockerfile = parseDockerfile('FROM alpine\nCOPY --parents a/b /\n')
    expect('instructions' in dockerfile && hasParentsFlag(dockerfile)).toBe(true)
  })
})
