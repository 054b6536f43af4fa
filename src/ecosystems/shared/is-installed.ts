import { joinPath } from '../../model/paths.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** Whether a command is one of these programs of the machine, and not a file of the project: `cabal`, `/usr/bin/cabal`. */
export function isInstalled(command: Command, files: ImageFiles, names: readonly string[]): boolean {
  const { name, program, cwd } = command
  if (name === undefined || program === undefined || !names.includes(name)) return false
  return !program.includes('/') || files.peekKind(joinPath(cwd, program)) === 'absent'
}
