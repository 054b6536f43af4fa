import type { DockerfileReport, RunReport } from '../../src/findings/types.ts'

/** One Dockerfile of each kind, two of which extend one ignore file. */
export const rewritten: DockerfileReport = {
  path: 'api/Dockerfile',
  context: 'api',
  changes: [
    {
      path: 'api/Dockerfile',
      before: 'FROM node\nCOPY . .\nRUN npm ci\n',
      after: 'FROM node\nCOPY package*.json .\nRUN npm ci\nCOPY . .\n',
    },
    { path: 'api/.dockerignore', after: 'node_modules\n' },
  ],
  rewrites: [
    { transform: 'split-manifests', line: 2, summary: 'copies the manifests before the install', notes: [] },
    {
      transform: 'write-dockerignore',
      line: 1,
      summary: 'ignores node_modules',
      notes: [{ code: 'lockfile-kept', file: 'package-lock.json' }],
    },
  ],
  refusals: [{ transform: 'reorder-steps', line: 3, reason: { code: 'symlink', file: 'package.json' } }],
  gain: {
    change: 'api/server.js',
    before: ['COPY . .', 'RUN npm ci'],
    after: ['COPY . .'],
    kept: ['RUN npm ci'],
  },
  carried: { copy: 'COPY . .', files: ['Dockerfile', '.dockerignore'] },
}

const second: DockerfileReport = {
  path: 'api/worker.Dockerfile',
  context: 'api',
  changes: [{ path: 'api/.dockerignore', before: 'node_modules\n', after: 'node_modules\n*.log\n' }],
  rewrites: [{ transform: 'write-dockerignore', line: 1, summary: 'ignores logs', notes: [] }],
  refusals: [],
}

export const refused: DockerfileReport = {
  path: 'web/Dockerfile',
  context: 'web',
  changes: [],
  rewrites: [],
  refusals: [{ transform: 'split-manifests', line: 7, reason: { code: 'vendored', path: 'vendor' } }],
}

export const unchanged: DockerfileReport = {
  path: 'Dockerfile',
  context: '.',
  changes: [],
  rewrites: [],
  refusals: [],
}

const broken: DockerfileReport = {
  ...unchanged,
  path: 'bad/Dockerfile',
  problem: { path: 'bad/Dockerfile', line: 2, column: 3, message: 'unknown instruction\nFORM' },
}

export const report: RunReport = {
  version: '1.2.3',
  root: '/repository',
  dockerfiles: [rewritten, second, refused, unchanged, broken],
  problems: [{ path: 'nope', message: 'no such file' }],
}
