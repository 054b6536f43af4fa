import { baseName, isSystemPath, joinPath } from '../../model/paths.ts'
import type { Argument, Command, ImageFiles } from '../../model/types.ts'

/** A call of Composer. */
export interface ComposerCall {
  readonly args: readonly Argument[]
  /** The program when it is a file of the project: `composer.phar`. */
  readonly phar?: string
}

/** Recognises `composer install`, `php composer.phar install` and `php -d memory_limit=-1 /usr/bin/composer install`. */
export function matchComposer(command: Command, files: ImageFiles): ComposerCall | undefined {
  const { name, program, args } = command
  if (program === undefined) return undefined
  if (name === 'composer' || name === 'composer.phar' || name === 'composer2')
    return toCall(command, files, program, args)
  if (name === undefined || !/^php[\d.]*$/.test(name)) return undefined
  let at = 0
  for (; args[at]?.startsWith('-') === true; at++) {
    if (args[at] === '-d') at++
    else if (!/^-d./.test(args[at] ?? '')) return undefined
  }
  const script = args[at]
  if (script === undefined || !/^composer(\.phar|2)?$/.test(baseName(script))) return undefined
  return toCall(command, files, script.includes('/') ? script : `./${script}`, args.slice(at + 1))
}

function toCall(
  command: Command,
  files: ImageFiles,
  program: string,
  args: readonly Argument[],
): ComposerCall {
  if (!program.includes('/')) return { args }
  const path = joinPath(command.cwd, program)
  return isSystemPath(path) || files.peekKind(path) === 'absent' ? { args } : { args, phar: path }
}
