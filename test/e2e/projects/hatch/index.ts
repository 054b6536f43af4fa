import type { Project } from '../../project.ts'

export const projects: readonly Project[] = [
  {
    name: 'build',
    images: ['python-tools'],
    transforms: ['split-manifests'],
    install: /^pip install --no-cache-dir -r/,
    source: 'src/shop/__init__.py',
    copiedTo: '/app',
    // Byte code holds the time of its source, caches have names made up anew.
    noise: [/\.pyc$/, /^\/root\/\.cache\/(hatch|uv)\//, /^\/root\/\.local\/share\/hatch\//],
  },
]
