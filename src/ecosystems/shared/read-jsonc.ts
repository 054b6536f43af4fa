import { isObject, type JsonObject } from './json-object.ts'
import { lookInto } from './look.ts'
import { isReason } from './outcome.ts'
import { parseJsonc } from './parse-jsonc.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** Looks at a file that holds one JSON object, perhaps with comments; absent when there is none. */
export function readJsonc(files: ImageFiles, path: string): JsonObject | Reason | undefined {
  const text = lookInto(files, path)
  if (text === undefined || isReason(text)) return text
  const values = parseJsonc(text)
  const [value] = typeof values === 'string' ? [] : values
  if (isObject(value)) return value
  const problem = typeof values === 'string' ? values : 'it is not an object'
  return { code: 'unreadable-manifest', file: files.origin(path), problem }
}
