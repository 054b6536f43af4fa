import { isInstalled } from '../shared/is-installed.ts'
import { joinPath } from '../../model/paths.ts'
import { isReason } from '../shared/outcome.ts'
import { readManifest } from './read-manifest.ts'
import { toolchainSource } from './toolchain-source.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/**
 * `cmake` with vcpkg's toolchain installs into its build directory while it configures. An install above it would only fill
 * vcpkg's cache, with the triplet and the features that CMake code may choose otherwise: none is added.
 */
export function whyNoFetch(command: Command, files: ImageFiles): Reason | undefined {
  if (!isInstalled(command, files, ['cmake'])) return undefined
  const source = toolchainSource(command)
  if (source === undefined) return undefined
  const manifest = readManifest(files, source)
  if (manifest === undefined || isReason(manifest)) return manifest
  const lists = joinPath(source, 'CMakeLists.txt')
  return { code: 'reads-sources', text: command.text, path: files.origin(lists) }
}
