import { expect, it } from 'vitest'
import { createMemoryTree } from '../src/context/memory-tree.ts'
import { fixDockerfile } from '../src/pipeline.ts'

it('does not write through an ignore file that is a link, and refuses what would need it', () => {
  const lock = { name: 'app', lockfileVersion: 3, packages: { '': { name: 'app' } } }
  const checkout = createMemoryTree({
    'package.json': '{ "name": "app" }',
    'package-lock.json': JSON.stringify(lock),
    'server.js': '',
  })
  const text = 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\n'
  const result = fixDockerfile({
    path: 'Dockerfile',
    text,
    context: { root: '.', checkout, hasUntracked: () => false, history: () => [] },
    ignoreFile: { path: '.gitignore', text: '*.tmp\n', isLink: true },
    siblings: [],
    risk: 'notes',
  })
  expect(result.text).toBe(text)
  expect(result.ignoreText).toBeUndefined()
  expect(result.refusals).toEqual([
    {
      transform: 'split-manifests',
      line: 4,
      reason: {
        code: 'cannot-ignore',
        pattern: '**/node_modules',
        why: 'it is a symbolic link to .gitignore',
      },
    },
  ])
})
