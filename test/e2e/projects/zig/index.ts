import type { Project } from '../../project.ts'

const common = {
  images: ['zig'],
  copiedTo: '/src',
  // What the compiler keeps for its next run, with times.
  noise: [/^\/root\/\.cache\/zig\/(?!p\/)/, /\/\.zig-cache\//],
  comment: '//',
} as const

export const projects: readonly Project[] = [
  // The download is hidden in the build.
  {
    ...common,
    name: 'build',
    source: 'src/shop.zig',
    caches: ['/root/.cache/zig'],
    install: /^zig build --fetch/,
    build: /^zig build -D/,
  },
  { ...common, name: 'path-dependency', source: 'src/shop.zig', install: /^zig build --fetch/ },
  { ...common, name: 'member', source: 'app/src/shop.zig', install: /zig build --fetch/ },
]
