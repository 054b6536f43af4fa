import { findFetchStep } from './find-fetch-step.ts'
import { resolveSwift } from './resolve-swift.ts'
import type { Ecosystem } from '../../model/types.ts'

/** Swift Package Manager. */
export const swift: Ecosystem = {
  id: 'swift',
  name: 'Swift Package Manager',
  docs: 'https://docs.swift.org/swiftpm/documentation/packagemanagerdocs/packageresolve',
  commands: ['swift package resolve', 'swift package update', 'swift package --package-path dir resolve'],
  manifests: [
    'Package.swift',
    'Package@swift-*.swift',
    'Package.resolved',
    '.swiftpm/configuration',
    'Package.swift of local packages',
  ],
  ignore: ['**/.build'],
  resolve: resolveSwift,
  fetch: findFetchStep,
}
