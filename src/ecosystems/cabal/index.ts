import { findFetchStep } from './find-fetch-step.ts'
import { resolveCabal } from './resolve-cabal.ts'
import type { Ecosystem } from '../../model/types.ts'

/** Haskell's cabal-install. */
export const cabal: Ecosystem = {
  id: 'cabal',
  name: 'Cabal',
  docs: 'https://cabal.readthedocs.io/en/stable/cabal-commands.html',
  commands: ['cabal build --only-dependencies', 'cabal v2-build --dependencies-only all', 'cabal update'],
  manifests: [
    '*.cabal of every package',
    'cabal.project',
    'cabal.project.local',
    'cabal.project.freeze',
    'what cabal.project imports',
  ],
  ignore: ['**/dist-newstyle'],
  resolve: resolveCabal,
  fetch: findFetchStep,
}
