import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findUpwards, pickName, type Listings } from './find-upwards.ts'

/** The nearest config file of a directory. */
export function findConfig(directory: string, listings: Listings): string | undefined {
  return findUpwards(directory, listings, (at, names) => {
    const manifest = join(at, 'package.json')
    if (names.has('package.json') && hasKey(manifest)) return manifest
    return pickName(at, names, CONFIG_NAMES)
  })
}

/** In the order in which cosmiconfig prefers them; `package.json` comes before. */
export const CONFIG_NAMES: readonly string[] = [
  '.dockerfixrc',
  ...['json', 'yaml', 'yml', 'js', 'ts', 'cjs', 'mjs'].map((extension) => `.dockerfixrc.${extension}`),
  ...['js', 'ts', 'cjs', 'mjs', 'json', 'yaml', 'yml'].map((extension) => `dockerfix.config.${extension}`),
]

/** Whether a `package.json` configures dockerfix, not merely depends on it. */
function hasKey(manifest: string): boolean {
  try {
    const text = readFileSync(manifest, 'utf8')
    // Most manifests never mention it, and need not be parsed.
    return text.includes('"dockerfix"') && Object.hasOwn(JSON.parse(text), 'dockerfix')
  } catch {
    // A broken manifest is its owner's business.
    return false
  }
}
