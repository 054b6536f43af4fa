import { readFileSync } from 'node:fs'

/** Whether a `package.json` configures a tool by a key of its own, and does not merely depend on it. */
export function hasManifestKey(manifest: string, key: string): boolean {
  try {
    const text = readFileSync(manifest, 'utf8')
    // Most manifests never mention it, and need not be parsed.
    return text.includes(`"${key}"`) && Object.hasOwn(JSON.parse(text), key)
  } catch {
    // A broken manifest is its owner's business.
    return false
  }
}
