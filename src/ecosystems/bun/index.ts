import { resolveBun } from './resolve-bun.ts'
import type { Ecosystem } from '../../model/types.ts'

export const bun: Ecosystem = {
  id: 'bun',
  name: 'Bun',
  docs: 'https://bun.com/docs/pm/cli/install',
  commands: [
    'bun install',
    'bun i',
    'bun ci',
    'bun install --frozen-lockfile',
    'bun install --cwd dir',
    'npx bun install',
  ],
  manifests: ['package.json', 'bun.lock', 'bun.lockb', 'bunfig.toml', '.npmrc', '.env'],
  ignore: ['**/node_modules'],
  resolve: resolveBun,
}
