import { joinPath } from '../../model/paths.ts'
import type { Argument, Command, ImageFiles } from '../../model/types.ts'

/** A call of a tool that is installed as a Python package. */
export interface ToolCall {
  readonly args: readonly Argument[]
  /** Run by `python -m`, which puts the working directory in front of Python's own modules. */
  readonly module: boolean
}

/**
 * Recognises a tool by its name, by its path (`/opt/poetry/bin/poetry`) and by `python -m`. A program of the project's
 * own is another program of that name.
 */
export function matchPythonTool(command: Command, files: ImageFiles, tool: string): ToolCall | undefined {
  const { name, program, args } = command
  if (name === undefined || program === undefined) return undefined
  if (program.includes('/')) {
    const kind = files.peekKind(joinPath(command.cwd, program))
    if (kind !== 'absent' && kind !== 'unknown') return undefined
  }
  if (name === tool) return { args, module: false }
  if (!/^python[23]?(\.\d+)?$/.test(name)) return undefined
  const start = args.findIndex((argument) => argument === undefined || !/^-[uBEsSOqvbd]+$/.test(argument))
  if (args[start] !== '-m' || args[start + 1] !== tool) return undefined
  return { args: args.slice(start + 2), module: true }
}
