import { parse } from 'yaml'
import { isReason } from './outcome.ts'
import { isObject, type JsonObject } from './json-object.ts'
import { lookInto } from './look.ts'
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
  const json = name.endsWith('.yaml') ? parseYaml(text) : parseJson(text)
  if (typeof json === 'string') return { code: 'unreadable-manifest', file, problem: json }
  if (!isObject(json)) return { code: 'unreadable-manifest', file, problem: 'it is not an object' }
  return { dir, path, file, text, json }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    return String(error instanceof Error ? error.message : error).split('\n')[0]
  }
}

function parseYaml(text: string): unknown {
  try {
    return parse(text, { logLevel: 'silent' }) as unknown
  } catch (error) {
    return String(error instanceof Error ? error.message : error).split('\n')[0]
  }
}
