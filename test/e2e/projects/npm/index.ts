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
  // Settings of the project, a package of the repository with a program, a hook that is not there.
  { name: 'local', install: /^npm ci/, source: 'index.js', copiedTo: '/app', noise },
  {
    name: 'patched',
    install: /^npm ci/,
    source: 'index.js',
    targets: ['install'],
    copiedTo: '/app',
    noise,
  },
]
