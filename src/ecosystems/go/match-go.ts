import { toPath } from '../../effects/targets.ts'
import { isSystemPath, joinPath } from '../../model/paths.ts'
import type { Argument, Command } from '../../model/types.ts'

/** A call of the go command. */
export interface GoCall {
  /** `build`, `mod download`. */
  readonly verb: string
  readonly args: readonly Argument[]
  /** The directory that it works in, after `-C`. */
  readonly dir: string
}

/** Recognises `go`, wherever it is installed; `undefined` also when `-C` leads to an unknown directory. */
export function matchGo(command: Command): GoCall | undefined {
  const { name, program } = command
  if (name !== 'go' || program === undefined) return undefined
  const path = joinPath(command.cwd, program)
  if (program.includes('/') && !isSystemPath(path) && !path.endsWith('/go/bin/go')) return undefined
  const before = takeDirectory(command, command.cwd, command.args)
  if (before === undefined) return undefined
  const [verb, next, ...rest] = before.args
  if (verb === undefined) return undefined
  const nested = verb === 'mod' || verb === 'work'
  if (nested && next === undefined) return undefined
  const after = takeDirectory(command, before.dir, nested ? rest : before.args.slice(1))
  if (after === undefined) return undefined
  return { verb: nested ? `${verb} ${next ?? ''}` : verb, ...after }
}

/** `-C dir` stands first. */
function takeDirectory(
  command: Command,
  cwd: string,
  args: readonly Argument[],
): { readonly dir: string; readonly args: readonly Argument[] } | undefined {
  const [first, second] = args
  const match = /^--?C(?:=(.*))?$/.exec(first ?? '')
  if (match === null) return { dir: cwd, args }
  const dir = toPath({ ...command, cwd }, match[1] ?? second)
  return dir === undefined ? undefined : { dir, args: args.slice(match[1] === undefined ? 2 : 1) }
}
