import { isSystemPath, joinPath } from '../../model/paths.ts'
import type { Argument, Command } from '../../model/types.ts'

/** A call of the Clojure command line. */
export interface ClojureCall {
  readonly args: readonly Argument[]
  /** `-P`: it only prepares. */
  readonly prepares: boolean
  /** `-Spath`, `-Stree` and the like, which resolve and print. */
  readonly prints: boolean
  /** What chooses the dependencies: `-M:build`, `-T:build`, `-A:dev`, without what is executed. */
  readonly selectors: readonly string[]
  /** The value of `-Sdeps`. */
  readonly extra: string | undefined
  /** Options that lead elsewhere: `-Srepro` is none of them. */
  readonly unusual: boolean
}

/** Recognises `clojure` and `clj`. https://clojure.org/reference/clojure_cli */
export function matchClojure(command: Command): ClojureCall | undefined {
  const { name, program, args } = command
  if ((name !== 'clojure' && name !== 'clj') || program === undefined) return undefined
  const path = joinPath(command.cwd, program)
  if (program.includes('/') && !isSystemPath(path) && !/\/bin\/clj(ure)?$/.test(path)) return undefined
  const selectors: string[] = []
  let prepares = false
  let prints = false
  let unusual = false
  let extra: string | undefined
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]
    if (arg === '-P') prepares = true
    else if (arg === '-Spath' || arg === '-Stree' || arg === '-Spom' || arg === '-Sdescribe') prints = true
    else if (arg === '-Sdeps') extra = args[++index]
    else if (arg === '-Scp' || arg === '-Sthreads') {
      unusual ||= arg === '-Scp'
      index++
    } else if (arg === undefined) {
      unusual = true
      break
    } else if (/^-[AMXT](:|$)/.test(arg)) {
      selectors.push(arg)
      // Behind `-M`, `-X` and `-T` stands what is executed.
      if (!arg.startsWith('-A')) break
    } else if (!/^-(S(repro|force|verbose)|J.*)$/.test(arg)) break
  }
  return { args, prepares, prints, selectors, extra, unusual }
}
