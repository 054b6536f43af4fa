import { resolveNpm } from './resolve-npm.ts'
import type { Ecosystem } from '../../model/types.ts'

export const npm: Ecosystem = {
  id: 'npm',
  name: 'npm',
  docs: 'https://docs.npmjs.com/cli/commands/npm-ci',
  commands: ['npm ci', 'npm clean-install', 'npm install', 'npm i', 'npm --prefix dir ci', 'npx npm@8 ci'],
  manifests: ['package.json', 'package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', '.npmrc'],
  ignore: ['**/node_modules', '**/npm-debug.log*'],
  resolve: resolveNpm,
}
