import { findFetchStep } from './find-fetch-step.ts'
import { resolveLein } from './resolve-lein.ts'
import type { Ecosystem } from '../../model/types.ts'

/** Clojure's Leiningen. */
export const lein: Ecosystem = {
  id: 'lein',
  name: 'Leiningen',
  docs: 'https://codeberg.org/leiningen/leiningen/src/branch/main/doc/TUTORIAL.md',
  commands: ['lein deps', 'lein with-profile NAME deps', 'lein uberjar (a fetch is added)'],
  manifests: ['project.clj', 'profiles.clj', '.leinrc'],
  ignore: ['**/target'],
  resolve: resolveLein,
  fetch: findFetchStep,
}
