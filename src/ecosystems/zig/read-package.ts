import { joinPath } from '../../model/paths.ts'
import { isReason } from '../shared/outcome.ts'
import { lookAt, lookInto } from '../shared/look.ts'
import { lookUpwards } from '../shared/look-upwards.ts'
import { parseZon } from './parse-zon.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

export interface ZigPackage {
  /** Where build.zig stands. */
  readonly dir: string
  /** How many dependencies have to be downloaded. */
  readonly remote: number
}

/**
 * Looks at build.zig.zon beside the build.zig of a directory or of one above it, and at those of path dependencies;
 * `undefined` when there is no build.zig. Of build.zig itself, fetching needs only that it is there.
 */
export function readPackage(
  command: Command,
  files: ImageFiles,
  named: string | undefined,
): ZigPackage | Reason | undefined {
  const start = named === undefined ? command.cwd : joinPath(joinPath(command.cwd, named), '..')
  const dir = named === undefined ? lookUpwards(files, start, ['build.zig']) : start
  if (dir === undefined || isReason(dir)) return dir
  if (named !== undefined) {
    const kind = lookAt(files, joinPath(command.cwd, named))
    if (isReason(kind)) return kind
    if (kind !== 'file') return undefined
  }
  let remote = 0
  const queue = [dir]
  for (const at of queue) {
    const path = joinPath(at, 'build.zig.zon')
    const text = lookInto(files, path)
    if (isReason(text)) return text
    if (text === undefined) continue
    const file = files.origin(path)
    const zon = parseZon(text)
    if (zon === undefined || typeof zon === 'string') {
      return { code: 'unreadable-manifest', file, problem: 'it is not understood' }
    }
    const dependencies = zon.get('dependencies')
    for (const dependency of typeof dependencies === 'object' ? dependencies.values() : []) {
      if (typeof dependency === 'string') continue
      const url = dependency.get('url')
      const local = dependency.get('path')
      if (typeof url === 'string') {
        remote++
        if (!/^(git\+)?https?:/.test(url)) return { code: 'local-dependency', file, dependency: url }
      } else if (typeof local === 'string') {
        const other = joinPath(at, local)
        // A search is what tells that a list of manifests lacks this one.
        files.find(other, 'build.zig.zon')
        if (!queue.includes(other)) queue.push(other)
      }
    }
  }
  return { dir, remote }
}
