import { joinPath, parentPath } from '../../model/paths.ts'
import { isObject, toObject, toStrings, type JsonObject } from '../shared/json-object.ts'
import { isReason } from '../shared/outcome.ts'
import { lookInto } from '../shared/look.ts'
import { parseYaml } from '../shared/parse-yaml.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** A stack.yaml: https://docs.haskellstack.org/en/stable/configure/yaml/ */
export interface StackProject {
  readonly dir: string
  /** Image directories of the project's packages. */
  readonly packages: readonly string[]
  /** Local directories and archives among `extra-deps`, which are built. */
  readonly extras: readonly string[]
  /** The other `extra-deps`, as spelled; `undefined` for those that are no plain names. */
  readonly named: readonly (string | undefined)[]
  readonly snapshot: unknown
}

/** Reads a stack.yaml, and the custom snapshots that it is based on. */
export function readStack(command: Command, files: ImageFiles, path: string): StackProject | Reason {
  const json = readYaml(files, path)
  if (isReason(json)) return json
  if (json === undefined) return { code: 'missing-file', file: files.origin(path), command: command.text }
  const dir = parentPath(path)
  const packages = Array.isArray(json['packages']) ? toStrings(json['packages']) : ['.']
  const extras = localPaths(json['extra-deps'], dir)
  const own = json['snapshot'] ?? json['resolver']
  let snapshot = own
  for (let at = dir; ;) {
    const location = typeof snapshot === 'string' ? snapshot : toObject(snapshot)['location']
    if (typeof location !== 'string' || !isLocal(location)) break
    const file = joinPath(at, location)
    const inner = readYaml(files, file)
    if (isReason(inner)) return inner
    if (inner === undefined) return { code: 'missing-file', file: files.origin(file), command: command.text }
    at = parentPath(file)
    extras.push(...localPaths(inner['packages'], at))
    snapshot = inner['snapshot'] ?? inner['resolver']
  }
  const items: readonly unknown[] = Array.isArray(json['extra-deps']) ? json['extra-deps'] : []
  const named = items
    .filter((item) => localPaths([item], dir).length === 0)
    .map((item) => (typeof item === 'string' ? item : undefined))
  return { dir, packages: packages.map((name) => joinPath(dir, name)), extras, named, snapshot: own }
}

/** `nightly-2024-01-01` and `name-1.0@sha256:...` are no paths. */
function isLocal(text: string): boolean {
  return /^\.{0,2}\//.test(text) || (/\.ya?ml$/.test(text) && !/^[a-z]+:/.test(text))
}

function localPaths(value: unknown, dir: string): string[] {
  const items = Array.isArray(value) ? value : []
  return items.flatMap((item) => {
    const text = typeof item === 'string' ? item : toObject(item)['archive']
    const plain = typeof text === 'string' && !/^[a-z+]+:/.test(text) && !text.includes('@')
    return plain && (/^\.{0,2}\//.test(text) || !/-\d[\d.]*$/.test(text)) ? [joinPath(dir, text)] : []
  })
}

export function readYaml(files: ImageFiles, path: string): JsonObject | Reason | undefined {
  const text = lookInto(files, path)
  if (text === undefined || isReason(text)) return text
  const values = parseYaml(text)
  const [value] = typeof values === 'string' ? [] : values
  // An empty stack.yaml is allowed.
  if (typeof values !== 'string' && (value === null || value === undefined)) return {}
  const problem = typeof values === 'string' ? values : 'it is not a mapping'
  return isObject(value) ? value : { code: 'unreadable-manifest', file: files.origin(path), problem }
}
