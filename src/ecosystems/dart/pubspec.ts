import { joinPath } from '../../model/paths.ts'
import { isReason } from '../shared/outcome.ts'
import { isObject, toObject, toStrings, type JsonObject } from '../shared/json-object.ts'
import { lookInto } from '../shared/look.ts'
import { parseYaml } from '../shared/parse-yaml.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** A package: its directory in the image and its parsed pubspec.yaml. */
export interface Pubspec {
  readonly dir: string
  /** Image path of the manifest. */
  readonly path: string
  readonly yaml: JsonObject
}

/** Reads a YAML mapping of a directory; `undefined` when it is not there. */
export function readPubspec(
  files: ImageFiles,
  dir: string,
  name = 'pubspec.yaml',
): Pubspec | Reason | undefined {
  const path = joinPath(dir, name)
  const text = lookInto(files, path)
  if (text === undefined || isReason(text)) return text
  const values = parseYaml(text)
  const problem =
    typeof values === 'string' ? values : isObject(values[0]) ? undefined : 'it is not a mapping'
  if (problem !== undefined) return { code: 'unreadable-manifest', file: files.origin(path), problem }
  return { dir, path, yaml: toObject(values[0]) }
}

/** What a package depends on, by name: a constraint, or a mapping with `path`, `git` or `hosted`. */
export function dependenciesOf({ yaml }: Pubspec, dev: boolean): ReadonlyMap<string, unknown> {
  const groups = ['dependencies', ...(dev ? ['dev_dependencies', 'dependency_overrides'] : [])]
  return new Map(groups.flatMap((group) => Object.entries(toObject(yaml[group]))))
}

/** The members that a workspace lists. */
export function workspaceOf({ yaml }: Pubspec): readonly string[] {
  return toStrings(yaml['workspace'])
}
