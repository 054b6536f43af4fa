import { matchPythonTool } from '../shared/python-tool.ts'
import { parseOptions, type Options } from '../../effects/options.ts'
import { toPath } from '../../effects/targets.ts'
import { words } from '../../effects/words.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** A call of pdm. */
export interface PdmCall {
  readonly verb: string
  /** Options, with the words after the verb; absent when one is not known. */
  readonly options: Options | undefined
  /** Directory of the project; absent when it cannot be known. */
  readonly dir: string | undefined
  readonly module: boolean
}

const VALUED = words(`
  -p --project -G --group --with --without -L --lockfile -k --skip --config-setting -C -c --config -o
  --output -f --format
`)
const FLAGS = new Set(
  words(`
  -v --verbose -q --quiet --no-default -d --dev --prod --production --no-editable --no-self --fail-fast -x
  --no-isolation --frozen-lockfile --no-lock --check --clean --only-keep --reinstall -n --non-interactive -I
  --ignore-python --without-hashes --no-hashes --hashes --no-markers --expandvars
`),
)

/** Recognises pdm; `undefined` when the command is another or has no verb. */
export function matchPdm(command: Command, files: ImageFiles): PdmCall | undefined {
  const call = matchPythonTool(command, files, 'pdm')
  if (call === undefined) return undefined
  const { args, module } = call
  if (args.length === 1 && (args[0] === '--version' || args[0] === '-V'))
    return { verb: 'version', options: undefined, dir: command.cwd, module }
  const options = parsePdmOptions(args)
  const [verb, ...operands] =
    options?.operands ?? args.filter((argument) => argument !== undefined && !argument.startsWith('-'))
  if (verb === undefined) return undefined
  if (options === undefined) return { verb, options, dir: command.cwd, module }
  const given = options.values.get('-p') ?? options.values.get('--project')
  const named = given ?? (command.env.has('PDM_PROJECT') ? [command.env.get('PDM_PROJECT')] : undefined)
  const dir = named === undefined ? command.cwd : toPath(command, named.at(-1))
  return { verb, options: { ...options, operands }, dir, module }
}

function parsePdmOptions(args: Command['args']): Options | undefined {
  if (args.includes(undefined)) return undefined
  const options = parseOptions(args, VALUED)
  const known = [...options.flags].every((flag) => FLAGS.has(flag))
  return known && [...options.values.keys()].every((name) => VALUED.includes(name)) ? options : undefined
}
