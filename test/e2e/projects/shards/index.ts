import type { Project } from '../../project.ts'

const common = {
  images: ['crystal'],
  copiedTo: '/app',
  noise: [/^\/root\/\.cache\//],
  source: 'src/shop.cr',
  comment: '#',
  lock: { files: ['shard.lock'], command: 'shards install', image: 'crystallang/crystal:1.14' },
} as const

export const projects: readonly Project[] = [
  { ...common, name: 'single', install: /^shards install/ },
  // A path dependency becomes a link; an override decides about one of its own dependencies.
  { ...common, name: 'path-dependency', install: /^shards install/ },
  // The install is hidden in the build.
  { ...common, name: 'build', install: /^shards install/, build: /^shards build/, caches: ['/root/.cache'] },
]
