import { isReason } from './outcome.ts'
import { isObject, type JsonObject } from './json-object.ts'
import { lookInto } from './look.ts'
import { parseYaml } from './parse-yaml.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** A package of the project: its directory in the image and its parsed manifest. */
export interface PackageInfo {
  readonly dir: string
  /** Image path of the manifest. */
  readonly path: string
  /** The manifest as the user names it. */
  readonly file: string
  readonly text: string
  readonly json: JsonObject
}

/** Reads the manifest of a directory; absent when there is none. */
export function readPackage(
  files: ImageFiles,
  dir: string,
  name = 'package.json',
): PackageInfo | Reason | undefined {
  const path = dir === '/' ? `/${name}` : `${dir}/${name}`
  const text = lookInto(files, path)
  if (text === undefined || isReason(text)) return text
  const file = files.origin(path)
  const values = name.endsWith('.yaml') ? parseYaml(text) : parseJson(text)
  if (typeof values === 'string') return { code: 'unreadable-manifest', file, problem: values }
  const [json] = values
  if (!isObject(json)) return { code: 'unreadable-manifest', file, problem: 'it is not an object' }
  return { dir, path, file, text, json }
}

/** The value, in a list of its own to tell it from a problem. */
function parseJson(text: string): readonly unknown[] | string {
  try {
    return [JSON.parse(text)]
  } catch (error) {
    return String(error instanceof Error ? error.message : error).split('\n')[0] ?? ''
  }
}
