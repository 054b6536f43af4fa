import { join } from 'node:path'
import { findUpwards, pickName, type Listings } from './find-upwards.ts'
import { hasManifestKey } from './manifest-key.ts'

/** The nearest config file of a directory. */
export function findConfig(directory: string, listings: Listings): string | undefined {
  return findUpwards(directory, listings, (at, names) => {
    const manifest = join(at, 'package.json')
    if (names.has('package.json') && hasManifestKey(manifest, 'dockerfix')) return manifest
    return pickName(at, names, CONFIG_NAMES)
  })
}

/** In the order in which cosmiconfig prefers them; `package.json` comes before. */
const CONFIG_NAMES: readonly string[] = [
  '.dockerfixrc',
  ...['json', 'yaml', 'yml', 'js', 'ts', 'cjs', 'mjs'].map((extension) => `.dockerfixrc.${extension}`),
  ...['js', 'ts', 'cjs', 'mjs', 'json', 'yaml', 'yml'].map((extension) => `dockerfix.config.${extension}`),
]
