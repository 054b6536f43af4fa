import type { Reason } from '../../findings/reasons.ts'
import type { Command, FetchStep } from '../../model/types.ts'

/**
 * A command as the file spells it, on one line and with further options at its end: it keeps the variables that stand
 * before it, its wrappers and its quotes. `rewrite` changes the spelling before that.
 */
export function toAddedCommand(
  command: Command,
  options: readonly string[],
  rewrite: (text: string) => string = (text) => text,
): FetchStep | Reason {
  if (command.text.startsWith('[')) return { code: 'run-form', form: 'exec' }
  const joined = command.text.replace(/\s*\\\r?\n\s*/g, ' ').trim()
  // Where lines were joined there is more white space than a person would write.
  const text = /["'\\]/.test(joined) ? joined : joined.replace(/[ \t]+/g, ' ')
  // Redirections and what a line end or a comment may end are left alone.
  if (/[\r\n<>;&|#]|\s--\s/.test(text)) return { code: 'unknown-argument', text: command.text }
  return { command: [rewrite(text), ...options].join(' '), cwd: command.cwd }
}
