import { joinPath } from '../../model/paths.ts'
import { lookAt } from './look.ts'
import { upwards } from '../../effects/targets.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** The nearest directory, `dir` or one above it, that holds a file of one of the names; every look is recorded. */
export function lookUpwards(
  files: ImageFiles,
  dir: string,
  names: readonly string[],
): string | Reason | undefined {
  for (const at of upwards(dir)) {
    for (const name of names) {
      const kind = lookAt(files, joinPath(at, name))
      if (typeof kind === 'object') return kind
      if (kind === 'file') return at
    }
  }
  return undefined
}
