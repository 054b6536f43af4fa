import { words } from '../../effects/words.ts'
import type { Command } from '../../model/types.ts'

/** R code given on the command line. */
export interface RCall {
  readonly code: string
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

/** `R -e CODE` and `Rscript -e CODE`; `undefined` for scripts and for what is not known. */
export function matchR(command: Command): RCall | undefined {
  const flags = new Set<string>()
  const code: string[] = []
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
    else return undefined
  }
  const has = (...names: readonly string[]): boolean =>
    names.some((name) => flags.has(name) || flags.has('--vanilla'))
  return {
    code: code.join('\n'),
    profile: !has('--no-init-file'),
    environment: !has('--no-environ'),
    // Rscript implies --no-restore.
    data: command.name === 'R' && !has('--no-restore', '--no-restore-data'),
  }
}
