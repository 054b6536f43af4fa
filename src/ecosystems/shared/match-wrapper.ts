import { toPath } from '../../effects/targets.ts'
import { baseName, isSystemPath, joinPath } from '../../model/paths.ts'
import { isReason } from './outcome.ts'
import { lookInto } from './look.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Argument, Command, ImageFiles } from '../../model/types.ts'

/** A call of a build tool: of the installed one, or of the script in the project that downloads the tool first. */
export interface WrapperCall {
  readonly args: readonly Argument[]
  /** How it is started, as spelled: `mvn`, `./mvnw`, `sh mvnw`. */
  readonly program: string
  /** The wrapper script, absolute; absent for the installed tool. */
  readonly script?: string
}

/** Recognises `mvn`, `/opt/maven/bin/mvn`, `./mvnw`, `sh mvnw`; `undefined` for another command. */
export function matchWrapper(command: Command, tool: string, script: string): WrapperCall | undefined {
  const { name, program, args } = command
  if (program === undefined) return undefined
  const isInstalled = !program.includes('/') || isInstalledAt(joinPath(command.cwd, program), tool)
  if (name === tool && isInstalled) return { args, program }
  if (name === script && program.includes('/')) {
    const path = toPath(command, program)
    return path === undefined ? undefined : { args, program, script: path }
  }
  const [first, ...rest] = args
  if ((name !== 'sh' && name !== 'bash') || first === undefined || baseName(first) !== script)
    return undefined
  const path = toPath(command, first)
  return path === undefined ? undefined : { args: rest, program: `${program} ${first}`, script: path }
}

function isInstalledAt(path: string, tool: string): boolean {
  return isSystemPath(path) || path.endsWith(`/bin/${tool}`)
}

/**
 * Reads a wrapper script, recorded: without it, or where a carriage return breaks it, the command fails. One that a command
 * changed (`chmod +x mvnw`) is known by that command, which is enough unless `isStrict`.
 */
export function checkScript(
  call: WrapperCall,
  command: Command,
  files: ImageFiles,
  isStrict: boolean,
): Reason | undefined {
  if (call.script === undefined) return undefined
  const text = lookInto(files, call.script)
  if (isReason(text)) return text.code === 'changed-input' && !isStrict ? undefined : text
  const file = files.origin(call.script)
  if (text === undefined) return { code: 'missing-file', file, command: command.text }
  return text.includes('\r')
    ? { code: 'unreadable-manifest', file, problem: 'it has Windows line ends' }
    : undefined
}

/** How an added command starts the tool: a script that may not be executed is given to the shell. */
export function spellProgram({ program, script }: WrapperCall, files: ImageFiles): string {
  if (script === undefined || program.includes(' ') || files.executable(script)) return program
  return `sh ${program}`
}
