import { words } from '../../effects/words.ts'
import type { Command } from '../../model/types.ts'

/** R code given on the command line, or a file of it. */
export interface RCall {
  readonly code: string
  /** As spelled; absent for code on the command line. */
  readonly script?: string
  /** Whether `.Rprofile`, `.Renviron` and `.RData` of the directory are read. */
  readonly profile: boolean
  readonly environment: boolean
  readonly data: boolean
}

const FLAGS = new Set(
  words(`
  --vanilla --no-save --save --no-restore --no-restore-data --no-restore-history --slave -s --no-echo -q --quiet --silent
  --no-init-file --no-site-file --no-environ --verbose --interactive --no-readline
`),
)

/** `R -e CODE`, `Rscript -e CODE`, `Rscript FILE` and `R -f FILE`; `undefined` for what is not known. */
export function matchR(command: Command): RCall | undefined {
  const flags = new Set<string>()
  const code: string[] = []
  let script: string | undefined
  for (let index = 0; index < command.args.length; index++) {
    const arg = command.args[index]
    if (arg === '-e') {
      const next = command.args[++index]
      if (next === undefined) return undefined
      code.push(next)
    } else if (
      arg !== undefined &&
      (FLAGS.has(arg) || /^--(default-packages|encoding|max-ppsize)=/.test(arg))
    )
      flags.add(arg)
    else if (arg === '-f' || arg?.startsWith('--file=') === true) {
      script = arg === '-f' ? command.args[++index] : arg.slice('--file='.length)
      if (script === undefined) return undefined
    } else if (command.name === 'Rscript' && arg !== undefined && !arg.startsWith('-')) {
      // What follows are arguments of the script.
      script = arg
      break
    } else return undefined
  }
  const has = (...names: readonly string[]): boolean =>
    names.some((name) => flags.has(name) || flags.has('--vanilla'))
  return {
    code: code.join('\n'),
    ...(script === undefined ? {} : { script }),
    profile: !has('--no-init-file'),
    environment: !has('--no-environ'),
    // Rscript implies --no-restore.
    data: command.name === 'R' && !has('--no-restore', '--no-restore-data'),
  }
}
