import { joinPath } from '../../model/paths.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** Files of the home that say how git and other clients reach servers; the keys in `.ssh` besides. */
export const DOWNLOAD_FILES: readonly string[] = [
  '.netrc',
  '.gitconfig',
  '.config/git/config',
  '.git-credentials',
]

/** Records what of the user's home decides how something is downloaded. */
export function lookAtDownloadHome(command: Command, files: ImageFiles): void {
  for (const name of DOWNLOAD_FILES) files.kind(joinPath(command.home, name))
  files.readTree(joinPath(command.home, '.ssh'))
}
