import { isReason } from './outcome.ts'
import { lookInto } from './look.ts'
import { parseToml } from './parse-toml.ts'
import type { JsonObject } from './json-object.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** A TOML file of the context, recorded; absent when there is none. */
export function readToml(files: ImageFiles, path: string): JsonObject | Reason | undefined {
  const text = lookInto(files, path)
  if (text === undefined || isReason(text)) return text
  const value = parseToml(text)
  if (typeof value !== 'string') return value
  return { code: 'unreadable-manifest', file: files.origin(path), problem: value }
}
