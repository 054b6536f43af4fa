import { resolveDeno } from './resolve-deno.ts'
import type { Ecosystem } from '../../model/types.ts'

export const deno: Ecosystem = {
  id: 'deno',
  name: 'Deno',
  docs: 'https://docs.deno.com/runtime/reference/cli/install/',
  commands: [
    'deno install',
    'deno ci',
    'deno install --frozen',
    'deno cache deps.ts',
    'deno install --entrypoint deps.ts',
  ],
  manifests: [
    'deno.json',
    'deno.jsonc',
    'deno.lock',
    'package.json',
    'import map',
    '.npmrc',
    'tsconfig.json',
  ],
  ignore: ['**/node_modules'],
  resolve: resolveDeno,
}
