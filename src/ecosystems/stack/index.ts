import { resolveStack } from './resolve-stack.ts'
import type { Ecosystem } from '../../model/types.ts'

/** The Haskell Tool Stack. */
export const stack: Ecosystem = {
  id: 'stack',
  name: 'Haskell Stack',
  docs: 'https://docs.haskellstack.org/en/stable/commands/build_command/',
  commands: [
    'stack build --only-dependencies',
    'stack build --only-snapshot',
    'stack test --dependencies-only',
    'stack setup',
  ],
  manifests: [
    'stack.yaml',
    'stack.yaml.lock',
    'package.yaml or *.cabal of every package',
    'custom snapshots',
  ],
  ignore: ['**/.stack-work'],
  resolve: resolveStack,
}
