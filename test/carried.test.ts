import { expect, it } from 'vitest'
import { createMemoryTree } from '../src/context/memory-tree.ts'
import { fixDockerfile } from '../src/pipeline.ts'
import type { Carried } from '../src/findings/types.ts'

const lock = { name: 'app', lockfileVersion: 3, packages: { '': { name: 'app' } } }

function carried(ignoreText: string | undefined, copy: string, path = 'Dockerfile'): Carried | undefined {
  const checkout = createMemoryTree({
    'package.json': '{ "name": "app" }',
    'package-lock.json': JSON.stringify(lock),
    'src/server.js': '',
    [path]: '',
  })
  return fixDockerfile({
    path,
    text: `FROM node:20\nWORKDIR /app\n${copy}\nRUN npm ci\n`,
    context: { root: '.', checkout, hasUntracked: () => false, history: () => [] },
    ignoreFile: { path: '.dockerignore', ...(ignoreText === undefined ? {} : { text: ignoreText }) },
    siblings: [],
    risk: 'notes',
  }).carried
}

it('names the changed files that a copy of everything takes along', () => {
  expect(carried(undefined, 'COPY . .')).toEqual({
    copy: 'COPY . .',
    files: ['Dockerfile', '.dockerignore'],
  })
})

it('leaves out what the ignore file hides, and what is not changed', () => {
  expect(carried('Dockerfile\n', 'COPY . .')?.files).toEqual(['.dockerignore'])
  expect(carried('Dockerfile*\n.dockerignore\n', 'COPY . .')).toBeUndefined()
})

it('looks at the folders that are copied', () => {
  const copies = 'COPY package.json package-lock.json ./\nCOPY src ./src'
  expect(carried(undefined, copies)).toBeUndefined()
  expect(carried(undefined, copies, 'src/Dockerfile')).toEqual({
    copy: 'COPY src ./src',
    files: ['src/Dockerfile'],
  })
})
