import type { Project } from '../../project.ts'

export const projects: readonly Project[] = [
  {
    name: 'classic',
    install: /^yarn install/,
    source: 'index.js',
    copiedTo: '/app',
    // Compiled code of yarn itself.
    noise: [/^\/tmp\/v8-compile-cache-0\//],
    lock: { files: ['yarn.lock'], command: 'yarn install --ignore-scripts' },
  },
]
