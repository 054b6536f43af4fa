import { joinPath } from '../../model/paths.ts'
import { parseOptions, type Options } from '../../effects/options.ts'
import { words } from '../../effects/words.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** A call of conda or of one of its relatives. */
export interface CondaCall {
  readonly tool: 'conda' | 'mamba' | 'micromamba' | 'conda-lock'
  /** `env create`, `install`. */
  readonly verb: string
  /** Options, with the words after the verb; absent when one is not known. */
  readonly options: Options | undefined
}

const TOOLS = {
  conda: 'conda',
  mamba: 'mamba',
  micromamba: 'micromamba',
  'conda-lock': 'conda-lock',
} as const

const VALUED = words(`
  -n --name -p --prefix -f --file -c --channel --platform --subdir --solver --experimental-solver
  --channel-priority --repodata-fn --revision --category -E --extras --set --add --append --prepend
  --remove --remove-key --root-prefix -r --rc-file --env --shell -s --conda --freeze-installed-file
`)
const FLAGS = new Set(
  words(`
  -y --yes -q --quiet -v --verbose -k --insecure --force --prune --no-deps --override-channels
  --strict-channel-priority --no-channel-priority --use-local --no-pin --copy --always-copy --dev --no-dev
  --dev-dependencies --no-dev-dependencies --update-deps --update-all --all -a -t -i --tarballs --packages
  --index-cache --force-pkgs-dirs --freeze-installed --no-update-deps --no-default-packages --dry-run
  --micromamba --mamba --system --update-specs --force-reinstall --satisfied-skip-solve -u --only-deps
  --trash --locks --json --show --show-sources --allow-uninstall --no-allow-uninstall --no-rc --no-env
`),
)

/** Recognises them by name or by a path that is no file of the project. */
export function matchConda(command: Command, files: ImageFiles): CondaCall | undefined {
  const { name, program, args } = command
  const tool = TOOLS[name as keyof typeof TOOLS]
  if (tool === undefined || program === undefined) return undefined
  if (program.includes('/')) {
    const kind = files.peekKind(joinPath(command.cwd, program))
    if (kind !== 'absent' && kind !== 'unknown') return undefined
  }
  const options = parseCondaOptions(args)
  const [first, second, ...rest] =
    options?.operands ?? args.filter((argument) => argument !== undefined && !argument.startsWith('-'))
  if (first === undefined)
    return args.includes('--version') ? { tool, verb: '--version', options: undefined } : undefined
  const nested = first === 'env' && second !== undefined
  const verb = nested ? `env ${second}` : first
  if (options === undefined) return { tool, verb, options }
  return { tool, verb, options: { ...options, operands: nested ? rest : options.operands.slice(1) } }
}

function parseCondaOptions(args: Command['args']): Options | undefined {
  // `-afy` takes no value; `-f` on its own does.
  const spread = args.flatMap((argument) =>
    argument !== undefined && /^-[aptiylf]{2,}$/.test(argument)
      ? argument
          .slice(1)
          .replace('f', '')
          .split('')
          .map((letter) => `-${letter}`)
      : [argument],
  )
  const options = parseOptions(spread, VALUED)
  const known = [...options.flags].every((flag) => FLAGS.has(flag))
  return known && [...options.values.keys()].every((name) => VALUED.includes(name)) ? options : undefined
}
