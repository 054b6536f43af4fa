import type { Project } from '../../project.ts'

const images = ['deno']

/** Databases of what was checked and compiled. */
const noise = [/^\/deno-dir\/[^/]+_cache_v\d+/]

export const projects: readonly Project[] = [
  { name: 'single', images, install: /^deno install/, source: 'main.js', copiedTo: '/app', noise },
  // A member of Deno's and one of npm's, with node_modules.
  { name: 'workspace', images, install: /^deno ci/, source: 'packages/api/main.js', copiedTo: '/srv', noise },
  { name: 'import-map', images, install: /^deno install/, source: 'main.js', copiedTo: '/app', noise },
  { name: 'cache-deps', images, install: /^deno cache/, source: 'main.js', copiedTo: '/app', noise },
]
