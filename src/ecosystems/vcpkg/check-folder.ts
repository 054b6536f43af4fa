import { isWithin } from '../../model/paths.ts'
import { isReason } from '../shared/outcome.ts'
import { lookAt, lookInto } from '../shared/look.ts'
import { runsCode } from '../shared/runs-code.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** What leads out of a folder of ports: a path upwards, the sources of the project, a variable of the environment. */
const OUTSIDE = /(?:^|[\s"'/;}])\.\.(?=[/\s"')]|$)|\$ENV\{\w+\}|\bCMAKE_(?:SOURCE|BINARY)_DIR\b/

/**
 * Looks at a folder of ports, triplets or a registry: all of it is read. Its scripts are CMake code, which may reach the
 * sources of the project: then nothing is known.
 */
export function checkFolder(
  files: ImageFiles,
  folder: string,
  dir: string,
  named: string,
  command: string,
): Reason | undefined {
  const kind = lookAt(files, folder)
  if (isReason(kind)) return kind
  if (kind !== 'dir') {
    return isWithin(folder, dir)
      ? { code: 'missing-file', file: files.origin(folder), command }
      : { code: 'outside-context', file: named, dependency: folder }
  }
  if (isWithin(dir, folder)) return { code: 'reads-sources', text: command, path: files.origin(folder) }
  files.readTree(folder)
  for (const script of files.find(folder, '**/*.cmake')) {
    const text = lookInto(files, script)
    if (isReason(text)) return text
    const found = OUTSIDE.exec((text ?? '').replace(/^\s*#.*$/gm, ''))?.[0]
    if (found !== undefined) return runsCode(files, script, found.replace(/^[\s"'/;}]/, ''))
  }
  return undefined
}
