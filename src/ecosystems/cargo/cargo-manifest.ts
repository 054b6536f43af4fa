import { joinPath, parentPath } from '../../model/paths.ts'
import { isReason } from '../shared/outcome.ts'
import { readToml } from '../shared/read-toml.ts'
import { isObject, toObject, type JsonObject } from '../shared/json-object.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** A Cargo.toml. */
export interface CargoManifest {
  readonly path: string
  readonly dir: string
  readonly toml: JsonObject
  /** `[package]`, or the old `[project]`; absent in a virtual manifest. */
  readonly package: JsonObject | undefined
  readonly workspace: JsonObject | undefined
}

/** One entry of a dependency table. */
export interface CargoDependency {
  /** The name of the package, also where the manifest renames it. */
  readonly name: string
  readonly requirement: string | undefined
  /** Directory of a local package. */
  readonly path: string | undefined
  readonly isDev: boolean
}

/** Reads a Cargo.toml; `undefined` when nothing is there. */
export function readManifest(files: ImageFiles, path: string): CargoManifest | Reason | undefined {
  const file = readToml(files, path)
  if (file === undefined || isReason(file)) return file
  const { toml } = file
  const table = toml['package'] ?? toml['project']
  const { workspace } = toml
  return {
    path,
    dir: parentPath(path),
    toml,
    package: isObject(table) ? table : undefined,
    workspace: isObject(workspace) ? workspace : undefined,
  }
}

/** All dependencies of a manifest, for every platform; `root` is the workspace that `workspace = true` takes from. */
export function dependenciesOf(
  manifest: CargoManifest,
  root: CargoManifest | undefined,
): readonly CargoDependency[] {
  const targets = Object.values(toObject(manifest.toml['target'])).map(toObject)
  return [manifest.toml, ...targets].flatMap((holder) => [
    ...tableOf(holder, 'dependencies', manifest, root, false),
    ...tableOf(holder, 'build-dependencies', manifest, root, false),
    ...tableOf(holder, 'build_dependencies', manifest, root, false),
    ...tableOf(holder, 'dev-dependencies', manifest, root, true),
    ...tableOf(holder, 'dev_dependencies', manifest, root, true),
  ])
}

/** The local packages of `[patch]` and `[replace]`. */
export function patchesOf(manifest: CargoManifest): readonly CargoDependency[] {
  const tables = [...Object.values(toObject(manifest.toml['patch'])), manifest.toml['replace']].map(toObject)
  return tables.flatMap((table) =>
    Object.entries(table).map(([key, spec]) => toDependency(key, spec, manifest.dir, false)),
  )
}

function tableOf(
  holder: JsonObject,
  key: string,
  manifest: CargoManifest,
  root: CargoManifest | undefined,
  isDev: boolean,
): readonly CargoDependency[] {
  const shared = toObject(root?.workspace?.['dependencies'])
  return Object.entries(toObject(holder[key])).map(([name, spec]) =>
    root !== undefined && isObject(spec) && spec['workspace'] === true
      ? toDependency(name, shared[name], root.dir, isDev)
      : toDependency(name, spec, manifest.dir, isDev),
  )
}

function toDependency(key: string, spec: unknown, dir: string, isDev: boolean): CargoDependency {
  const table = typeof spec === 'string' ? { version: spec } : toObject(spec)
  const text = (name: string): string | undefined => {
    const value = table[name]
    return typeof value === 'string' ? value : undefined
  }
  const path = text('path')
  return {
    name: text('package') ?? key,
    requirement: text('version'),
    path: path === undefined ? undefined : joinPath(dir, path),
    isDev,
  }
}
