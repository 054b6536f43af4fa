import { parseScript, resolveWord } from '../dockerfile/shell.ts'
import type { Node, Script, ShellWord, SimpleCommand } from '../dockerfile/shell-types.ts'

/**
 * The words of one simple command with its assignments, quotes removed; a word whose value the shell computes is kept as
 * it is spelled.
 */
export type CommandWords = readonly string[]

/**
 * Every simple command that a shell script (sh or bash) may run, whatever its conditions come to. `undefined` for a
 * script that cannot be read, or that has more than lists, conditions and groups: loops, pipes, substitutions, functions,
 * and redirections of anything but what is thrown away.
 */
export function listCommands(text: string): readonly CommandWords[] | undefined {
  const script = parseScript(text.replaceAll('\r\n', '\n'))
  return script === undefined ? undefined : fromScript(script)
}

function fromScript({ statements }: Script): readonly CommandWords[] | undefined {
  return statements.some(({ terminator }) => terminator === '&')
    ? undefined
    : collect(statements.map(({ node }) => fromNode(node)))
}

function fromNode(node: Node): readonly CommandWords[] | undefined {
  switch (node.kind) {
    case 'command':
      return fromCommand(node)
    case 'and-or':
      return collect(node.parts.map(fromNode))
    case 'group':
    case 'subshell':
      return fromScript(node.script)
    case 'if':
      return collect(node.scripts.map(fromScript))
    default:
      return undefined
  }
}

function fromCommand({
  words,
  assignments,
  redirects,
  scripts,
}: SimpleCommand): readonly CommandWords[] | undefined {
  const isKept = redirects.some(
    ({ operator, target }) => !(/^[<>]&$/.test(operator) || spell(target) === '/dev/null'),
  )
  if (scripts.length > 0 || isKept) return undefined
  return [
    [...assignments.map(({ name, value }) => `${name}=${spell(value)}`), ...words.map((word) => spell(word))],
  ]
}

function spell(word: ShellWord | undefined): string {
  if (word === undefined) return ''
  return resolveWord(word, () => undefined) ?? word.raw
}

function collect(
  lists: readonly (readonly CommandWords[] | undefined)[],
): readonly CommandWords[] | undefined {
  return lists.includes(undefined) ? undefined : lists.flatMap((list) => list ?? [])
}
