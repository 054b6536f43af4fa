import { findFetchStep } from './find-fetch-step.ts'
import { resolveClojure } from './resolve-clojure.ts'
import type { Ecosystem } from '../../model/types.ts'

/** The Clojure command line with deps.edn. */
export const clojure: Ecosystem = {
  id: 'clojure',
  name: 'Clojure CLI',
  docs: 'https://clojure.org/reference/clojure_cli',
  commands: ['clojure -P', 'clj -P', 'clojure -P -M:ALIAS', 'clojure -T:build uber (a fetch is added)'],
  manifests: ['deps.edn of the project and of local dependencies'],
  ignore: ['**/.cpcache'],
  resolve: resolveClojure,
  fetch: findFetchStep,
}
