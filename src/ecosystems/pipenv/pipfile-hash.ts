import { createHash } from 'node:crypto'
import { isObject, toObject, type JsonObject } from '../shared/json-object.ts'

const SECTIONS = new Set(['source', 'packages', 'dev-packages', 'requires', 'scripts', 'pipfile', 'pipenv'])

/**
 * The hash of a Pipfile that pipenv writes into its lockfile (https://github.com/sarugaku/plette): of its sources,
 * requirements and packages as JSON with sorted keys.
 */
export function hashPipfile(toml: JsonObject): string {
  const categories = Object.entries(toml).filter(([name]) => !SECTIONS.has(name))
  const data: JsonObject = {
    _meta: { sources: toml['source'] ?? [], requires: toObject(toml['requires']) },
    default: toObject(toml['packages']),
    develop: toObject(toml['dev-packages']),
    ...Object.fromEntries(categories),
  }
  return createHash('sha256').update(toJson(data)).digest('hex')
}

/** As Python's `json.dumps(sort_keys=True, separators=(',', ':'))`: everything but ASCII is escaped. */
function toJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toJson).join(',')}]`
  if (isObject(value)) {
    const keys = Object.keys(value).sort()
    return `{${keys.map((key) => `${toJson(key)}:${toJson(value[key])}`).join(',')}}`
  }
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
