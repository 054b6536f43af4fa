import type { Command, ImageFiles } from '../../model/types.ts'

/** What the checks of one install share. */
export interface Scene {
  readonly files: ImageFiles
  readonly command: Command
  /** Image directory of the project: where the lockfile is. */
  readonly root: string
  /** Directories of the workspace members. */
  readonly members: ReadonlySet<string>
}

/** `XDG_CACHE_HOME`, which programs use in place of `~/.cache`. */
export function cacheHome(command: Command): string {
  return command.env.get('XDG_CACHE_HOME') || `${command.home === '/' ? '' : command.home}/.cache`
}
