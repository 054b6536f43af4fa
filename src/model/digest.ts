import { createHash } from 'node:crypto'

/** A short, collision-free name for a list of strings: what a value in the model is made of. */
export function digest(...parts: readonly (string | undefined)[]): string {
  let text = ''
  for (const part of parts) text += part === undefined ? '-;' : `${part.length}:${part};`
  return createHash('sha1').update(text).digest('base64url').slice(0, 20)
}
