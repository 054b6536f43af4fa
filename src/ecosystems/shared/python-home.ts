import { joinPath } from '../../model/paths.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

const HOME_FILES = ['.netrc', '.gitconfig', '.config/git/config', '.git-credentials']

/**
 * Looks at the user's credentials and settings: `configs` are files below the home's `.config`. A file that a command
 * of the Dockerfile wrote is believed to hold addresses, credentials and switches.
 */
export function lookAtHome(command: Command, files: ImageFiles, configs: readonly string[]): void {
  const { env, home } = command
  for (const name of HOME_FILES) files.kind(joinPath(home, name))
  files.readTree(joinPath(home, '.ssh'))
  for (const name of configs)
    files.kind(joinPath(joinPath(home, env.get('XDG_CONFIG_HOME') || '.config'), name))
}
