import type { Project } from '../../project.ts'

export const projects: readonly Project[] = [
  {
    name: 'requirements',
    install: /^pip install/,
    source: 'main.py',
    copiedTo: '/code',
    // Byte code holds the time of its source.
    noise: [/\.pyc$/],
  },
]
