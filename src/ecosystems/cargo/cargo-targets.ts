import { joinPath } from '../../model/paths.ts'
import { toObject, type JsonObject } from '../shared/json-object.ts'
import type { CargoManifest } from './cargo-manifest.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** Where a package's target is when the manifest names none. */
const USUAL: readonly string[] = ['src/main.rs', 'src/lib.rs']

/**
 * The source files that must be there for a manifest to be accepted; their content is not read. Cargo looks for each
 * target that has no path, and wants at least one. https://doc.rust-lang.org/cargo/reference/cargo-targets.html
 */
export function findTargets(
  manifest: CargoManifest,
  command: Command,
  files: ImageFiles,
): readonly string[] | Reason {
  const table = manifest.package
  if (table === undefined) return []
  const name = String(table['name'] ?? '')
  const targets = [...libraryFiles(manifest, name), ...programFiles(manifest, table, name)]
  // A build script alone makes no target.
  const wanted = targets.length > 0 || hasPath(manifest) ? targets : [USUAL]
  const found: string[] = []
  for (const group of [...wanted, ...scriptFiles(table)]) {
    const path = group.map((file) => joinPath(manifest.dir, file)).find((file) => isThere(files, file))
    const [first = 'src'] = group === USUAL ? [] : group
    if (path === undefined) return toReason(command, joinPath(manifest.dir, first), files)
    found.push(path)
  }
  return found
}

/** A target that only a search of the sources finds. */
function toReason(command: Command, path: string, files: ImageFiles): Reason {
  return { code: 'reads-sources', text: command.text, path: files.origin(path) }
}

function isThere(files: ImageFiles, path: string): boolean {
  const kind = files.peekKind(path)
  return kind === 'file' || kind === 'unknown'
}

function libraryFiles({ toml }: CargoManifest, name: string): readonly (readonly string[])[] {
  if (toml['lib'] === undefined || toObject(toml['lib'])['path'] !== undefined) return []
  const own = String(toObject(toml['lib'])['name'] ?? name)
  return [['src/lib.rs', `src/${own}.rs`]]
}

function programFiles(
  { toml }: CargoManifest,
  table: JsonObject,
  name: string,
): readonly (readonly string[])[] {
  const places = (dir: string, target: string): readonly string[] => [
    `${dir}/${target}.rs`,
    `${dir}/${target}/main.rs`,
  ]
  const listed = (key: string): readonly JsonObject[] => {
    const value = toml[key]
    return Array.isArray(value) ? value.map(toObject) : []
  }
  const isOld = (table['edition'] ?? '2015') === '2015'
  const program = (target: string): readonly string[] =>
    target === name || isOld ? ['src/main.rs', ...places('src/bin', target)] : places('src/bin', target)
  const bins = listed('bin')
  const run = table['default-run']
  const wanted = [
    ...bins.filter((bin) => bin['path'] === undefined).map((bin) => program(String(bin['name'] ?? ''))),
    ...(typeof run === 'string' && !bins.some((bin) => bin['name'] === run) ? [program(run)] : []),
  ]
  const others = [
    ['example', 'examples'],
    ['test', 'tests'],
    ['bench', 'benches'],
  ].flatMap(([key = '', dir = '']) =>
    listed(key)
      .filter((target) => target['path'] === undefined)
      .map((target) => places(dir, String(target['name'] ?? ''))),
  )
  return [...wanted, ...others]
}

/** A package that links a native library must have a build script. */
function scriptFiles(table: JsonObject): readonly (readonly string[])[] {
  return table['links'] !== undefined && table['build'] === undefined ? [['build.rs']] : []
}

/** Whether a target names its file, which is then not looked for. */
function hasPath({ toml }: CargoManifest): boolean {
  const tables = ['lib', 'bin', 'example', 'test', 'bench'].flatMap((key) => toml[key] ?? [])
  return tables.some((table) => toObject(table)['path'] !== undefined)
}
