import type { Project } from '../../project.ts'

export const projects: readonly Project[] = [
  {
    name: 'stamp',
    transforms: ['reorder-steps', 'write-dockerignore'],
    install: /^apt-get update/,
    source: 'tool.sh',
    args: { GIT_SHA: 'abc' },
    stamp: 'GIT_SHA',
    copiedTo: '/opt/tool',
    noise: [/^\/var\/log\/(apt\/|dpkg\.log$)/],
  },
]
