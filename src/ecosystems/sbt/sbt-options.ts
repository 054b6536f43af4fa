import { words } from '../../effects/words.ts'
import type { Argument } from '../../model/types.ts'

/** The arguments of sbt. */
export interface SbtOptions {
  /** What it is told to do, each perhaps of several words: `project server`, `Test/update`. */
  readonly commands: readonly string[]
  /** All options, with their values, in order. */
  readonly flags: readonly string[]
}

const VALUED = new Set(
  words('-mem -ivy -sbt-dir -sbt-boot -sbt-cache -java-home --mem --ivy --sbt-dir --sbt-boot --java-home'),
)

/** https://www.scala-sbt.org/1.x/docs/Command-Line-Reference.html; `undefined` when an argument is not known. */
export function parseSbtOptions(args: readonly Argument[]): SbtOptions | undefined {
  const commands: string[] = []
  const flags: string[] = []
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]
    if (arg === undefined) return undefined
    if (!arg.startsWith('-')) {
      commands.push(
        ...arg
          .split(';')
          .map((command) => command.trim())
          .filter((command) => command !== ''),
      )
      continue
    }
    flags.push(arg)
    if (!VALUED.has(arg)) continue
    const value = args[++index]
    if (value === undefined) return undefined
    flags.push(value)
  }
  return { commands, flags }
}
