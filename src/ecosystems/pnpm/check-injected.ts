import { collectOutcomes, type Outcome } from '../shared/outcome.ts'
import { toObject, toTexts } from '../shared/json-object.ts'
import type { Config } from '../shared/config.ts'
import type { PackageInfo } from '../shared/read-package.ts'

/** Injected workspace packages are copied with their sources: https://pnpm.io/package_json#dependenciesmetainjected */
export function checkInjected(packages: readonly PackageInfo[], config: Config): Outcome {
  const all = config('inject-workspace-packages') === 'true'
  return collectOutcomes(packages, ({ json, file }) => {
    const meta = toObject(json['dependenciesMeta'])
    const marked = Object.keys(meta).find((name) => toObject(meta[name])['injected'] === true)
    const dependencies = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((group) => [
      ...toTexts(json[group]),
    ])
    const member = all ? dependencies.find(([, spec]) => spec.startsWith('workspace:'))?.[0] : undefined
    const dependency = marked ?? member
    return dependency === undefined ? [] : { code: 'injected-dependency', file, dependency }
  })
}
