import { parseShellCall } from '../dockerfile/shell-call.ts'
import { parseScript } from '../dockerfile/shell.ts'
import type { Script, SimpleCommand } from '../dockerfile/shell-types.ts'
import type { Command } from './types.ts'
import type { Unit } from './unit.ts'

/** `sh -c '…'`, `eval …`, and a heredoc that is fed to a shell: the script in it. */
export function toInner(
  { redirects }: SimpleCommand,
  { program, args, outputs, inputs }: Command,
): { readonly source: string; readonly script: Script; readonly exitsOnError: boolean } | undefined {
  const text = args.every((argument) => argument !== undefined) ? args.join(' ') : undefined
  const call = program === 'eval' ? { source: text, exitsOnError: false } : parseShellCall([program, ...args])
  if (call === undefined || outputs.length + inputs.length > 0) return undefined
  const bodies = redirects.flatMap(({ body }) => body ?? [])
  // What the outer shell expands in a heredoc is not looked at: a script without `$` is the same for both.
  const [body] = bodies.length === 1 && !/[$`\\]/.test(bodies[0] ?? '') ? bodies : []
  const source = call.source ?? body
  const script = source === undefined ? undefined : parseScript(source)
  if (source === undefined || script === undefined) return undefined
  return { source, script, exitsOnError: call.exitsOnError }
}

/** `xargs pip install` and `su node -c 'npm ci'` install something. */
export function guessOf(command: Command | undefined): Partial<Pick<Unit, 'guesses' | 'obstacle'>> {
  if (command?.name === 'su') {
    const [name, ...args] = (command.args[command.args.indexOf('-c') + 1] ?? '').split(' ')
    const obstacle = { code: 'unknown-argument', text: command.text } as const
    return { guesses: [{ ...command, name, program: name, args }], obstacle }
  }
  if (command?.name !== 'xargs') return {}
  const at = command.args.findIndex((argument, index) => {
    const before = command.args[index - 1]
    return argument !== undefined && !argument.startsWith('-') && !/^-[nPILdsaE]$/.test(before ?? '')
  })
  const program = command.args[at]
  if (at < 0 || program === undefined) return {}
  const args = [...command.args.slice(at + 1), undefined]
  const name = program.slice(program.lastIndexOf('/') + 1)
  return {
    guesses: [{ ...command, name, program, args }],
    obstacle: { code: 'unknown-argument', text: command.text },
  }
}

/** The variables of `A=$(x)` and `export A=$(x)`. */
export function computedNames({
  words,
  assignments,
  redirects,
}: SimpleCommand): readonly string[] | undefined {
  if (redirects.length > 0) return undefined
  if (words.length === 0) return assignments.map(({ name }) => name)
  const [program, ...rest] = words
  const names = rest.map(({ raw }) => /^([A-Za-z_]\w*)=/.exec(raw)?.[1])
  if (program?.raw !== 'export' || assignments.length > 0 || names.length === 0) return undefined
  return names.every((name) => name !== undefined) ? names : undefined
}
