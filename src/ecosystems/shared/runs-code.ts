import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** A manifest that is code: `text` in it, or all of it, may read other files of the project or run commands. */
export function runsCode(files: ImageFiles, path: string, text?: string): Reason {
  return {
    code: 'manifest-runs-code',
    file: files.origin(path),
    ...(text === undefined ? {} : { text }),
  }
}
