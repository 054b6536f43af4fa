import { joinPath } from '../../model/paths.ts'
import { toObject, toStrings, type JsonObject } from '../shared/json-object.ts'
import { isReason } from '../shared/outcome.ts'
import { readJsonc } from '../shared/read-jsonc.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** What the manifest of a project names on the disk. */
export interface VcpkgManifest {
  /** Image directories of ports, triplets and registries. */
  readonly folders: readonly string[]
}

/**
 * Looks at the vcpkg.json of a directory and at the configuration in it or beside it.
 * https://learn.microsoft.com/vcpkg/reference/vcpkg-configuration-json
 */
export function readManifest(files: ImageFiles, dir: string): VcpkgManifest | Reason | undefined {
  const manifest = readJsonc(files, joinPath(dir, 'vcpkg.json'))
  if (manifest === undefined || isReason(manifest)) return manifest
  const beside = readJsonc(files, joinPath(dir, 'vcpkg-configuration.json'))
  if (isReason(beside)) return beside
  const settings = [beside, manifest['vcpkg-configuration'], manifest['configuration']].map(toObject)
  return { folders: settings.flatMap(foldersOf).map((folder) => joinPath(dir, folder)) }
}

function foldersOf(settings: JsonObject): readonly string[] {
  const listed: readonly unknown[] = Array.isArray(settings['registries']) ? settings['registries'] : []
  const registries = [...listed, settings['default-registry']].map(toObject)
  return [
    ...toStrings(settings['overlay-ports']),
    ...toStrings(settings['overlay-triplets']),
    ...registries.flatMap(({ kind, path }) =>
      kind === 'filesystem' && typeof path === 'string' ? [path] : [],
    ),
  ]
}
