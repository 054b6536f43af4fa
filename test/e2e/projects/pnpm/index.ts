import type { Project } from '../../project.ts'

export const projects: readonly Project[] = [
  {
    name: 'workspace',
    install: /^pnpm install/,
    source: 'libs/lib/index.js',
    copiedTo: '/repo',
    // Times of downloads and checks.
    noise: [
      /\/pnpm\/store\/v\d+\/index\/|\/node_modules\/\.(modules\.yaml|pnpm-workspace-state-v\d+\.json)$/,
    ],
  },
]
