import { createHash } from 'node:crypto'

/** A short, collision-free name for a list of strings: what a value in the model is made of. */
export function digest(...parts: readonly (string | undefined)[]): string {
  const hash = createHash('sha1')
  for (const part of parts) hash.update(part === undefined ? '-;' : `${part.length}:${part};`)
  return hash.digest('base64url').slice(0, 20)
}
