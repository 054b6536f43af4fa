import { words } from '../../effects/words.ts'
import { parseKnownOptions, type KnownOptions } from '../shared/parse-known-options.ts'
import type { Command } from '../../model/types.ts'

const OPTIONS: KnownOptions = {
  flags: words(`
    --project -q --quiet --version -v --help -h --startup-file --history-file --color --compiled-modules --pkgimages
    --banner --check-bounds --depwarn -O -O0 -O1 -O2 -O3 --optimize --inline -i --compile --warn-overwrite
  `),
  valued: words('-e --eval -E --print -t --threads -p --procs -C --cpu-target -J --sysimage -H --home'),
  prefixes: ['-t', '-O', '-C', '-p'],
}

/** Julia code given on the command line. */
export interface JuliaCall {
  readonly code: string
  /** The value of `--project`; `''` without a value, `@.` for the nearest project above. */
  readonly project: string | undefined
  readonly startup: boolean
}

/** `julia -e CODE`; `undefined` for scripts and for what is not known. */
export function matchJulia(command: Command): JuliaCall | 'version' | undefined {
  const options = parseKnownOptions(command.args, OPTIONS)
  if (options === undefined || options.operands.length > 0) return undefined
  if (options.flags.has('--version') || options.flags.has('-v')) return 'version'
  const code = ['-e', '--eval', '-E', '--print'].flatMap((name) => options.values.get(name) ?? [])
  if (code.length === 0) return undefined
  const [project] = options.values.get('--project') ?? []
  const set = project ?? (options.flags.has('--project') ? '' : command.env.get('JULIA_PROJECT'))
  const startup = options.values.get('--startup-file')?.at(-1) !== 'no'
  return { code: code.join('\n'), project: set, startup }
}
