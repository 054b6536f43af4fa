import { resolvePnpm } from './resolve-pnpm.ts'
import type { Ecosystem } from '../../model/types.ts'

export const pnpm: Ecosystem = {
  id: 'pnpm',
  name: 'pnpm',
  docs: 'https://pnpm.io/cli/install',
  commands: [
    'pnpm install --frozen-lockfile',
    'pnpm i',
    'pnpm ci',
    'pnpm -r install',
    'pnpm -C dir install',
    'pnpm fetch',
    'corepack pnpm install',
    'npx pnpm@9 install',
  ],
  manifests: [
    'package.json',
    'package.yaml',
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    '.npmrc',
    '.pnpmfile.cjs',
    'patches',
  ],
  ignore: ['**/node_modules', '**/.pnpm-store', '**/.pnpm-debug.log*'],
  resolve: resolvePnpm,
}
