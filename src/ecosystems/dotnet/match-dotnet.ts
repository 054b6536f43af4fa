import { isInstalled } from '../shared/is-installed.ts'
import type { Argument, Command, ImageFiles } from '../../model/types.ts'

/** A word of a call: as the file spells it, and its value when that is known. */
export interface Word {
  readonly raw: string
  readonly value: Argument
}

/** A call of the .NET command. */
export interface DotnetCall {
  /** `restore`, `publish`. */
  readonly verb: string
  /** What follows the verb; `undefined` when words of the file cannot be told from words of variables. */
  readonly words: readonly Word[] | undefined
  /** The program as the file spells it. */
  readonly program: string
}

/** Recognises `dotnet`; `dotnet msbuild -t:restore` is a restore too. */
export function matchDotnet(command: Command, files: ImageFiles): DotnetCall | undefined {
  if (!isInstalled(command, files, ['dotnet'])) return undefined
  const [verb = '', ...rest] = command.args
  const words = pairWords(command, rest)
  const program = command.program ?? 'dotnet'
  if (verb !== 'msbuild' || words === undefined) return { verb, words, program }
  const target = /^[-/](t|target):restore$/i
  if (!words.some(({ value }) => target.test(value ?? ''))) return { verb, words, program }
  return { verb: 'restore', words: words.filter(({ value }) => !target.test(value ?? '')), program }
}

/** Puts the words of the text beside the arguments that the shell makes of them. */
function pairWords({ text }: Command, args: readonly Argument[]): readonly Word[] | undefined {
  const line = text.replace(/\\\r?\n/g, ' ').trim()
  if (/[<>|&;()`#\n]/.test(line.replace(/"[^"]*"|'[^']*'/g, ''))) return undefined
  const raws = line.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? []
  const own = raws.slice(raws.length - args.length)
  if (own.length !== args.length || raws.length < args.length) return undefined
  // A variable alone may stand for several words, or for none.
  if (
    own.some(
      (raw, index) => args[index] === undefined && /^\$\{?\w+\}?$/.test(raw) && !isValue(own[index - 1]),
    )
  )
    return undefined
  return own.map((raw, index) => ({ raw, value: args[index] }))
}

/** Whether a word is an option whose value follows. */
function isValue(before: string | undefined): boolean {
  return /^(-r|--runtime|-c|--configuration|-a|--arch|--os|-v|--verbosity|-o|--output|--version-suffix|-f|--framework)$/.test(
    before ?? '',
  )
}
