import { isObject, toObject, toStrings, toTexts, type JsonObject } from '../shared/json-object.ts'
import { isReason } from '../shared/outcome.ts'
import { lookInto } from '../shared/look.ts'
import { parseYaml } from '../shared/parse-yaml.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

export interface ShardDependency {
  readonly name: string
  /** A directory; absent for a repository. */
  readonly path: string | undefined
  /** A requirement: `~> 1.0`, `>= 1, < 2`; absent when any version, a branch or a commit will do. */
  readonly version: string | undefined
}

/** A shard.yml: https://github.com/crystal-lang/shards/blob/master/docs/shard.yml.adoc */
export interface Shard {
  readonly file: string
  readonly dependencies: readonly ShardDependency[]
  readonly development: readonly ShardDependency[]
  readonly postinstall: string | undefined
  readonly executables: readonly string[]
}

export function readShard(files: ImageFiles, path: string): Shard | Reason | undefined {
  const json = readYaml(files, path)
  if (json === undefined || isReason(json)) return json
  return {
    file: files.origin(path),
    dependencies: toDependencies(json['dependencies']),
    development: toDependencies(json['development_dependencies']),
    postinstall: toTexts(json['scripts']).get('postinstall'),
    executables: toStrings(json['executables']),
  }
}

/** Name to version of a shard.lock, in both of its formats. */
export function readLock(files: ImageFiles, path: string): ReadonlyMap<string, string> | Reason | undefined {
  const json = readYaml(files, path)
  if (json === undefined || isReason(json)) return json
  return new Map(
    Object.entries(toObject(json['shards'])).map(([name, entry]) => [
      name,
      String(toObject(entry)['version'] ?? ''),
    ]),
  )
}

function readYaml(files: ImageFiles, path: string): JsonObject | Reason | undefined {
  const text = lookInto(files, path)
  if (text === undefined || isReason(text)) return text
  const values = parseYaml(text)
  const problem = typeof values === 'string' ? values : 'it is not a mapping'
  const [value] = typeof values === 'string' ? [] : values
  return isObject(value) ? value : { code: 'unreadable-manifest', file: files.origin(path), problem }
}

function toDependencies(value: unknown): readonly ShardDependency[] {
  return Object.entries(toObject(value)).map(([name, entry]) => {
    const { path, version } = toObject(entry)
    return {
      name,
      path: typeof path === 'string' ? path : undefined,
      version: version === undefined ? undefined : String(version),
    }
  })
}
