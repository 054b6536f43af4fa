import type { Command } from '../model/types.ts'

/** Variables of base images and of common use that hold a list of package names. */
const LISTS = /^["']?\$\{?[A-Z0-9_]*(PACKAGES?|PKGS?|DEPS|DEPENDENCIES)\}?["']?$/

/**
 * Whether every variable of the command stands behind literal letters of a name (`nginx=$VERSION`) or is a list of
 * package names (`$PHPIZE_DEPS`): then its value, whatever it is, cannot make the word a path or an option.
 */
export function hasOnlyNameVariables(command: Command): boolean {
  if (/\$\(|`/.test(command.text)) return false
  const words = command.text.split(/\s+/).filter((word) => word.includes('$'))
  return words.every(
    (word) => LISTS.test(word) || (/^["']?[A-Za-z0-9][^$]*\$/.test(word) && !word.includes('/')),
  )
}

/** Whether an argument is quoted where the command spells it, so that the shell does not expand it as a glob. */
export function isQuoted(command: Command, argument: string): boolean {
  return command.text.includes(`'${argument}'`) || command.text.includes(`"${argument}"`)
}
