import { hasOption, optionValues, type Options } from '../../effects/options.ts'
import { joinPath } from '../../model/paths.ts'
import { matchPythonTool } from '../shared/python-tool.ts'
import { parsePoetryOptions } from './options.ts'
import { toPath } from '../../effects/targets.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** A call of poetry. */
export interface PoetryCall {
  /** `install`; `version-of-poetry` for `poetry --version`. */
  readonly verb: string
  /** All words, the verb first; words that are not known are left out. */
  readonly words: readonly string[]
  /** Options, with the words after the verb; absent when one is not known. */
  readonly options: Options | undefined
  /** The directory that it works in; absent when that cannot be known. */
  readonly dir: string | undefined
  readonly module: boolean
}

/** Recognises poetry; `undefined` when the command is another or has no verb. */
export function matchPoetry(command: Command, files: ImageFiles): PoetryCall | undefined {
  const call = matchPythonTool(command, files, 'poetry')
  if (call === undefined) return undefined
  const { args, module } = call
  if (args.length === 1 && (args[0] === '--version' || args[0] === '-V'))
    return { verb: 'version-of-poetry', words: [], options: undefined, dir: command.cwd, module }
  const words = args.filter((argument) => argument !== undefined && !argument.startsWith('-'))
  const options = args.includes(undefined) ? undefined : parsePoetryOptions(args)
  const [verb, ...operands] = options?.operands ?? words
  if (verb === undefined) return undefined
  if (options === undefined)
    return { verb, words: [verb, ...operands].map(String), options, dir: command.cwd, module }
  return {
    verb,
    words: [verb, ...operands].map(String),
    options: { ...options, operands },
    dir: directoryOf(command, options),
    module,
  }
}

/** `--directory` changes the directory, `--project` the place of pyproject.toml. */
function directoryOf(command: Command, options: Options): string | undefined {
  let dir: string = command.cwd
  if (!hasOption(options, '-C', '--directory', '-P', '--project')) return dir
  for (const value of optionValues(options, '-C', '--directory', '-P', '--project')) {
    const path = toPath({ ...command, cwd: dir }, value)
    if (path === undefined) return undefined
    dir = joinPath('/', path)
  }
  return dir
}
