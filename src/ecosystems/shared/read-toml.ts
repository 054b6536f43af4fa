import { isReason } from './outcome.ts'
import { lookInto } from './look.ts'
import { parseToml } from './parse-toml.ts'
import type { JsonObject } from './json-object.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** A parsed TOML file; wrapped, because its own keys may be those of a reason. */
export interface TomlFile {
  readonly path: string
  /** How a user would name it. */
  readonly file: string
  readonly toml: JsonObject
}

/** A TOML file of the context, recorded; absent when there is none. */
export function readToml(files: ImageFiles, path: string): TomlFile | Reason | undefined {
  const text = lookInto(files, path)
  if (text === undefined || isReason(text)) return text
  const value = parseToml(text)
  const file = files.origin(path)
  if (typeof value !== 'string') return { path, file, toml: value }
  return { code: 'unreadable-manifest', file, problem: value }
}
