import type { Project } from '../../project.ts'

/** Compiled code of Yarn 1 and of corepack themselves. */
const noise = [/^\/tmp\/v8-compile-cache-0\//]

const images = ['berry']
const lock = { files: ['yarn.lock'], command: 'yarn install --ignore-scripts' }

export const projects: readonly Project[] = [
  { name: 'classic', install: /^yarn install/, source: 'index.js', copiedTo: '/app', noise, lock },
  // From the directory of a member, whose own scripts run: not its `prepare` in production.
  {
    name: 'classic-workspaces',
    install: /^cd packages\/api && yarn install/,
    source: 'packages/api/index.js',
    copiedTo: '/srv',
    noise,
    lock,
  },
  { name: 'classic-local', install: /^yarn && /, source: 'index.js', copiedTo: '/app', noise, lock },
  {
    name: 'berry-workspaces',
    images,
    install: /^yarn install/,
    source: 'packages/api/index.js',
    copiedTo: '/srv',
    noise,
  },
  {
    name: 'berry-focus',
    images,
    install: /^yarn workspaces focus/,
    source: 'packages/api/index.js',
    copiedTo: '/srv',
    noise,
  },
  {
    name: 'berry-pnp',
    images,
    install: /^yarn install/,
    source: 'index.js',
    copiedTo: '/app',
    noise,
  },
  {
    name: 'berry-committed-pnp',
    images,
    install: /^yarn install/,
    source: 'index.js',
    copiedTo: '/app',
    noise,
    lock: { files: ['.pnp.cjs'], image: 'node:lts-slim', command: 'corepack enable && yarn install' },
  },
  {
    name: 'berry-release',
    images,
    install: /^node \.yarn\/releases\/\S+ install/,
    source: 'index.js',
    copiedTo: '/app',
    noise: [],
    lock: {
      files: ['.yarn/releases/yarn-4.9.2.cjs'],
      command: [
        'npm pack --silent @yarnpkg/cli-dist@4.9.2',
        'tar -xzf yarnpkg-cli-dist-4.9.2.tgz',
        'mkdir -p .yarn/releases',
        'mv package/bin/yarn.js .yarn/releases/yarn-4.9.2.cjs',
      ].join(' && '),
    },
  },
]
