import { matchPythonTool } from '../shared/python-tool.ts'
import { optionValues, type Options } from '../../effects/options.ts'
import { parseUvOptions } from './options.ts'
import { toPath } from '../../effects/targets.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** A call of uv. */
export interface UvCall {
  /** `sync`, `pip install`, `python install`. */
  readonly verb: string
  /** Options, with the words after the verb; absent when one is not known. */
  readonly options: Options | undefined
  /** The directory that it works in, and the one where it looks for the project; absent when they cannot be known. */
  readonly dir: string | undefined
  readonly project: string | undefined
  readonly module: boolean
}

const GROUPS = new Set(['pip', 'tool', 'python', 'cache', 'self'])

/** Recognises uv; `undefined` when the command is another or has no verb. */
export function matchUv(command: Command, files: ImageFiles): UvCall | undefined {
  const call = matchPythonTool(command, files, 'uv')
  if (call === undefined) return undefined
  const { args, module } = call
  const place = { dir: command.cwd, project: command.cwd, module }
  if (args.length === 1 && (args[0] === '--version' || args[0] === '-V'))
    return { verb: 'version', options: undefined, ...place }
  const plain = args.filter((argument) => argument !== undefined && !argument.startsWith('-'))
  const options = parseUvOptions(args, plain[0] === 'pip')
  const [first, second, ...rest] = options?.operands ?? plain
  if (first === undefined) return undefined
  const nested = GROUPS.has(first) && second !== undefined
  const verb = nested ? `${first} ${second}` : first
  if (options === undefined) return { verb, options, ...place }
  const operands = nested ? rest : options.operands.slice(1)
  return { verb, options: { ...options, operands }, ...placesOf(command, options), module }
}

function placesOf(command: Command, options: Options): Pick<UvCall, 'dir' | 'project'> {
  const dir = toDirectory(command, command.cwd, optionValues(options, '--directory'), 'UV_WORKING_DIRECTORY')
  const project =
    dir === undefined
      ? undefined
      : toDirectory(command, dir, optionValues(options, '--project'), 'UV_PROJECT')
  return { dir, project }
}

function toDirectory(
  command: Command,
  cwd: string,
  given: readonly (string | undefined)[],
  variable: string,
): string | undefined {
  const values = given.length > 0 || !command.env.has(variable) ? given : [command.env.get(variable)]
  if (values.length === 0) return cwd
  return toPath({ ...command, cwd }, values.at(-1))
}
