import { resolveYarn } from './resolve-yarn.ts'
import type { Ecosystem } from '../../model/types.ts'

export const yarn: Ecosystem = {
  id: 'yarn',
  name: 'Yarn',
  docs: 'https://classic.yarnpkg.com/en/docs/cli/install',
  commands: [
    'yarn',
    'yarn install --frozen-lockfile',
    'yarn install --immutable',
    'yarn --cwd dir',
    'yarn workspace name install',
    'yarn workspaces focus',
    'corepack yarn install',
    'node .yarn/releases/yarn-4.0.0.cjs install',
  ],
  manifests: [
    'package.json',
    'yarn.lock',
    '.yarnrc',
    '.yarnrc.yml',
    '.npmrc',
    '.yarn/releases',
    '.yarn/plugins',
  ],
  ignore: [
    '**/node_modules',
    '**/yarn-error.log',
    '**/yarn-debug.log*',
    '**/.yarn/install-state.gz',
    '**/.yarn/unplugged',
    '**/.yarn/build-state.yml',
  ],
  resolve: resolveYarn,
}
