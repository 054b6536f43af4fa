import { joinPath } from '../../model/paths.ts'
import { isReason } from '../shared/outcome.ts'
import { lookAtAll, lookInto } from '../shared/look.ts'
import { parseToml } from '../shared/parse-toml.ts'
import { toObject, toStrings, toTexts, type JsonObject } from '../shared/json-object.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

const BESIDE = [
  'LocalPreferences.toml',
  'JuliaLocalPreferences.toml',
  'Artifacts.toml',
  'JuliaArtifacts.toml',
]

/** What instantiating a project finds. */
export interface JuliaProject {
  /** Whether there is a manifest, or one has to be made. */
  readonly locked: boolean
}

/** Looks at the files of a Julia environment. https://pkgdocs.julialang.org/v1/toml-files/ */
export function readProject(command: Command, files: ImageFiles, dir: string): JuliaProject | Reason {
  const names = ['JuliaProject.toml', 'Project.toml']
  let found: { readonly file: string; readonly toml: JsonObject } | undefined
  for (const name of names) {
    const toml = readToml(files, joinPath(dir, name))
    if (isReason(toml)) return toml
    if (toml !== undefined) found ??= { file: files.origin(joinPath(dir, name)), toml }
  }
  if (found === undefined) {
    return { code: 'missing-file', file: files.origin(joinPath(dir, 'Project.toml')), command: command.text }
  }
  const { file, toml } = found
  // The project is a package of its own, which is precompiled from its sources.
  if (typeof toml['name'] === 'string' && toml['uuid'] !== undefined) {
    return { code: 'reads-sources', text: command.text, path: `src/${toml['name']}.jl` }
  }
  for (const [name, source] of Object.entries(toObject(toml['sources']))) {
    const path = toTexts(source).get('path')
    if (path !== undefined) return { code: 'local-dependency', file, dependency: `${name} (${path})` }
  }
  const [member] = toStrings(toObject(toml['workspace'])['projects'])
  if (member !== undefined) return { code: 'local-dependency', file, dependency: member }
  const beside = lookAtAll(files, dir, BESIDE)
  if (beside !== undefined) return beside
  return readManifests(files, dir)
}

/** Packages that are being developed have a path. */
function readManifests(files: ImageFiles, dir: string): JuliaProject | Reason {
  const paths = files.find(dir, '{Manifest,JuliaManifest,Manifest-v*,JuliaManifest-v*}.toml')
  for (const path of paths) {
    const toml = readToml(files, path)
    if (isReason(toml)) return toml
    // From format 2.0 on, packages stand in a table of their own.
    const entries = Object.entries(toObject(toml?.['deps'] ?? toml))
    for (const [name, list] of entries) {
      for (const entry of Array.isArray(list) ? list : []) {
        const local = toTexts(entry).get('path')
        if (local !== undefined)
          return { code: 'local-dependency', file: files.origin(path), dependency: `${name} (${local})` }
      }
    }
  }
  return { locked: paths.length > 0 }
}

function readToml(files: ImageFiles, path: string): JsonObject | Reason | undefined {
  const text = lookInto(files, path)
  if (text === undefined || isReason(text)) return text
  const toml = parseToml(text)
  return typeof toml === 'string'
    ? { code: 'unreadable-manifest', file: files.origin(path), problem: toml }
    : toml
}
