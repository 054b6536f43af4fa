import { fakeCommand } from '../ecosystems/fake-files.ts'
import type { Argument, Command } from '../../src/model/types.ts'

/** A command as the shell reads it: quotes removed, redirections taken out; words with a `$` are not known. */
export function toCommand(text: string, changes: Parameters<typeof fakeCommand>[1] = {}): Command {
  const args: Argument[] = []
  const outputs: Argument[] = []
  const inputs: Argument[] = []
  let list: Argument[] = args
  for (const match of text.matchAll(/\d?>>?|<|(?:"[^"]*"|'[^']*'|[^\s"'<>])+/g)) {
    const word = match[0] ?? ''
    if (/^\d?>>?$/.test(word)) list = outputs
    else if (word === '<') list = inputs
    else {
      list.push(word.includes('$') ? undefined : word.replace(/["']/g, ''))
      list = args
    }
  }
  const [program, ...rest] = args
  const name = program?.slice(program.lastIndexOf('/') + 1)
  return { ...fakeCommand(text, changes), name, program, args: rest, outputs, inputs }
}
