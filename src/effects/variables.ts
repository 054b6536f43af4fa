import type { Command } from '../model/types.ts'

/** Variables of base images and of common use that hold a list of package names. */
const LISTS = /^["']?\$\{?[A-Z0-9_]*(PACKAGES?|PKGS?|DEPS|DEPENDENCIES)\}?["']?$/

/**
 * Whether every variable of the command stands behind literal letters of a name (`nginx=$VERSION`), is a list of package
 * names (`$PHPIZE_DEPS`), or has a value of names: then no word of its value can be a path or an option.
 */
export function hasOnlyNameVariables(command: Command): boolean {
  // The commands inside a substitution are judged on their own.
  const text = command.text.replace(/\$\([^()]*\)|`[^`]*`/g, '$_')
  const words = text.split(/\s+/).filter((word) => word.includes('$'))
  return words.every(
    (word) =>
      LISTS.test(word) ||
      (/^["']?[A-Za-z0-9][^$]*\$/.test(word) && !word.includes('/')) ||
      isListOfNames(command.env.get(/^["']?\$\{?(\w+)\}?["']?$/.exec(word)?.[1] ?? '')),
  )
}

function isListOfNames(value: string | undefined): boolean {
  const names = value?.split(/\s+/).filter((name) => name !== '') ?? []
  return (
    names.length > 0 &&
    names.every((name) => /^\w[^/]*$/.test(name) && !/\.(deb|rpm|apk|whl|gz|gem|zip)$/.test(name))
  )
}

/** Whether an argument is quoted where the command spells it, so that the shell does not expand it as a glob. */
export function isQuoted(command: Command, argument: string): boolean {
  return command.text.includes(`'${argument}'`) || command.text.includes(`"${argument}"`)
}
