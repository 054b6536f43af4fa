import { joinPath } from '../../model/paths.ts'
import { lookAtDownloadHome } from './download-home.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/**
 * Looks at the user's credentials and settings: `configs` are files below the home's `.config`. A file that a command
 * of the Dockerfile wrote is believed to hold addresses, credentials and switches.
 */
export function lookAtHome(command: Command, files: ImageFiles, configs: readonly string[]): void {
  const { env, home } = command
  lookAtDownloadHome(command, files)
  for (const name of configs)
    files.kind(joinPath(joinPath(home, env.get('XDG_CONFIG_HOME') || '.config'), name))
}
