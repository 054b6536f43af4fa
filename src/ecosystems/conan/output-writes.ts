import { isWithin, joinPath } from '../../model/paths.ts'
import { ignoreBelow } from '../shared/ignore-pattern.ts'
import { isObject, toObject } from '../shared/json-object.ts'
import { isReason, type Outcome } from '../shared/outcome.ts'
import { lastValue, type ParsedOptions } from '../shared/parse-known-options.ts'
import { lookAt, lookInto } from '../shared/look.ts'
import { originFolder } from '../shared/origin-folder.ts'
import { parseJsonc } from '../shared/parse-jsonc.ts'
import type { Conanfile } from './read-conanfile.ts'
import type { Command, ImageFiles, WriteEffect } from '../../model/types.ts'

/**
 * What `conan install` generates. Without an output folder Conan 2 generates beside the conanfile and Conan 1 in the
 * working directory: among the sources, where it cannot be told apart from them. CMakeUserPresets.json is written where there is a
 * CMakeLists.txt (https://docs.conan.io/2/reference/tools/cmake/cmaketoolchain.html), so that this counts as read, too.
 */
export function outputWrites(
  command: Command,
  files: ImageFiles,
  options: ParsedOptions,
  conanfile: Conanfile,
  dir: string,
): Outcome {
  const set = lastValue(options, '-of', '--output-folder', '-if', '--install-folder')
  const bases =
    set === undefined
      ? [...new Set([dir, ...(conanfile.cmakeLayout ? [] : [command.cwd])])]
      : [joinPath(command.cwd, set)]
  const trees = bases.map((base) => (conanfile.cmakeLayout ? joinPath(base, 'build') : base))
  const around = trees.find((tree) => isWithin(dir, tree))
  if (around !== undefined) {
    return { code: 'reads-sources', text: command.text, path: originFolder(files, conanfile.path) }
  }
  const writes: WriteEffect[] = trees.map((tree) => ({
    tree,
    mode: 'merge',
    ...ignoreBelow(files, conanfile.path, tree),
  }))
  const out = lastValue(options, '--lockfile-out')
  if (out !== undefined) writes.push({ path: joinPath(command.cwd, out) })
  if (!conanfile.toolchain) return writes
  const lists = lookAt(files, joinPath(dir, 'CMakeLists.txt'))
  if (isReason(lists)) return lists
  const presets = joinPath(dir, 'CMakeUserPresets.json')
  const text = lookInto(files, presets)
  if (isReason(text)) return text
  if (lists !== 'file' || (text !== undefined && !isOwn(text))) return writes
  if (text !== undefined)
    return { code: 'edits-manifest', command: command.text, file: files.origin(presets) }
  return [...writes, { path: presets, ignore: '**/CMakeUserPresets.json' }]
}

/** Conan adds to presets of its own, and leaves those of others alone. */
function isOwn(text: string): boolean {
  const values = parseJsonc(text)
  const [value] = typeof values === 'string' ? [] : values
  return isObject(value) && 'conan' in toObject(value['vendor'])
}
