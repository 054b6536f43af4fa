import type { Project } from '../../project.ts'

/** Logs, and the times of downloads. */
const noise = [/^\/root\/\.npm\/(_logs|_cacache\/index-v5)\//]

export const projects: readonly Project[] = [
  { name: 'single', install: /^npm ci/, source: 'server.js', copiedTo: '/app', noise },
  {
    name: 'build',
    install: /^npm ci/,
    source: 'src/index.js',
    targets: ['build'],
    copiedTo: '/usr/src/app',
    noise,
  },
  { name: 'workspaces', install: /^npm ci/, source: 'packages/app/index.js', copiedTo: '/repo', noise },
]
