import { baseName, isSystemPath, joinPath, parentPath } from '../../model/paths.ts'
import type { Argument, Command } from '../../model/types.ts'

/** A call of pip or of a program that makes its environments. */
export interface PipCall {
  readonly tool: 'pip' | 'pip-sync' | 'venv' | 'virtualenv' | 'ensurepip' | 'version' | 'script'
  readonly args: readonly Argument[]
  /** Run by `python -m`, which puts the working directory in front of Python's own modules. */
  readonly module: boolean
  /** The virtual environment whose program is named by its path. */
  readonly venv: string | undefined
}

const MODULES: Readonly<Record<string, PipCall['tool']>> = {
  pip: 'pip',
  venv: 'venv',
  virtualenv: 'virtualenv',
  ensurepip: 'ensurepip',
}

/** Recognises pip however it is spelled: `pip`, `pip3.12`, `python3 -m pip`, `/opt/venv/bin/pip`. */
export function matchPip(command: Command): PipCall | undefined {
  const { name, program, args } = command
  if (name === undefined || program === undefined) return undefined
  const venv = venvOf(command, program)
  if (program.includes('/') && venv === undefined && !isSystemPath(joinPath(command.cwd, program)))
    return undefined
  if (/^pip[23]?(\.\d+)?$/.test(name)) return { tool: 'pip', args, module: false, venv }
  if (name === 'pip-sync' || name === 'virtualenv') return { tool: name, args, module: false, venv }
  return /^python[23]?(\.\d+)?$/.test(name) ? matchPython(args, venv) : undefined
}

/** `venv/bin/pip` belongs to `venv`. */
function venvOf(command: Command, program: string): string | undefined {
  const bin = parentPath(joinPath(command.cwd, program))
  if (!program.includes('/') || baseName(bin) !== 'bin' || isSystemPath(bin)) return undefined
  return parentPath(bin)
}

function matchPython(args: readonly Argument[], venv: string | undefined): PipCall | undefined {
  const none = { args: [], module: false, venv }
  for (const [index, argument] of args.entries()) {
    if (argument === undefined) return { ...none, tool: 'script' }
    if (argument === '--version' || argument === '-V') return { ...none, tool: 'version' }
    const end = /^-([uBEsSIOqvbdi]*)m(.*)$/.exec(argument)
    if (end !== null) {
      const [, flags = '', attached = ''] = end
      const name = attached === '' ? args[index + 1] : attached
      const tool = MODULES[name ?? '']
      if (tool === undefined) return undefined
      const isolated = flags.includes('I') || args.slice(0, index).includes('-I')
      return { tool, args: args.slice(index + (attached === '' ? 2 : 1)), module: !isolated, venv }
    }
    if (!/^-[uBEsSIOqvbd]+$/.test(argument)) return { ...none, tool: 'script', args }
  }
  return { ...none, tool: 'script' }
}
