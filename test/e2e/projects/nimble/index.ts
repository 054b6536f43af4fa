import type { Project } from '../../project.ts'

const common = {
  images: ['nim'],
  copiedTo: '/app',
  // Times, and clones in folders with names of chance.
  noise: [/^\/root\/\.cache\/nim\//, /^\/tmp\//, /\/nimblemeta\.json$/, /\/nimbledata\d*\.json$/],
  install: /^nimble install/,
  source: 'src/shop.nim',
  comment: '#',
} as const

export const projects: readonly Project[] = [
  { ...common, name: 'single' },
  // Settings of the compiler beside the manifest, and a task; the same RUN goes on with the sources.
  { ...common, name: 'settings' },
  { ...common, name: 'local-deps' },
]
