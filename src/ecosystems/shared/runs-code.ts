import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** A manifest that is a program: `text` in it may read other files of the project or run commands. */
export function runsCode(files: ImageFiles, path: string, text: string): Reason {
  const problem = `\`${text}\` in it may read other files or run commands`
  return { code: 'unreadable-manifest', file: files.origin(path), problem }
}
