import type { Project } from '../../project.ts'

/** Times of downloads and checks; compiled code of pnpm and corepack themselves. */
const noise = [
  /^\/tmp\/v8-compile-cache-0\//,
  /\/pnpm\/store\/v\d+\/index\/|\/node_modules\/\.(modules\.yaml|pnpm-workspace-state-v\d+\.json)$/,
]

export const projects: readonly Project[] = [
  { name: 'workspace', install: /^pnpm install/, source: 'libs/lib/index.js', copiedTo: '/repo', noise },
  // A catalog, a patch, hooks, a layout by .npmrc, a filter.
  { name: 'settings', install: /^pnpm install/, source: 'packages/api/index.js', copiedTo: '/srv', noise },
  // A package of the repository that is copied, in production, by the pnpm that corepack downloads.
  { name: 'local', install: /^pnpm install/, source: 'index.js', copiedTo: '/app', noise },
  // What it lacks is the install between a fetch that is there and the sources.
  {
    name: 'fetch',
    install: /^pnpm install/,
    source: 'packages/api/index.js',
    targets: ['build'],
    copiedTo: '/srv',
    noise,
  },
]
