import type { Project } from '../../project.ts'

const images = ['bun']

export const projects: readonly Project[] = [
  // Settings, and the environment that Bun loads before it does anything.
  { name: 'single', images, install: /^bun install/, source: 'index.js', copiedTo: '/app', noise: [] },
  // A catalog, a patch, a program of a member.
  {
    name: 'workspaces',
    images,
    install: /^bun ci/,
    source: 'packages/api/index.js',
    copiedTo: '/srv',
    noise: [],
  },
  { name: 'local', images, install: /^bun install/, source: 'index.js', copiedTo: '/app', noise: [] },
]
