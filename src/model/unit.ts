import { stripWrappers } from './wrappers.ts'
import { resolveWord } from '../dockerfile/shell.ts'
import { lookup, type Shell, type ShellStart } from './shell-state.ts'
import type { Node, ShellWord, SimpleCommand } from '../dockerfile/shell-types.ts'
import type { Range } from '../dockerfile/types.ts'
import type { Reason } from '../findings/reasons.ts'
import type { EntryKind } from '../context/types.ts'
import type { Argument, Command } from './types.ts'

/** A command, pipeline or compound that is executed as one. */
export interface Unit {
  readonly text: string
  /** The text with the bodies of its heredocs: the shell expands both. */
  readonly spelled: string
  readonly range: Range
  /** Every simple command in it; `undefined` for one that cannot be read. */
  readonly commands: readonly (Command | undefined)[]
  /** Commands that it most likely runs, in a way that cannot be known; `obstacle` says why not. For messages only. */
  readonly guesses: readonly Command[]
  readonly obstacle?: Reason
  /** Index of the top-level part that it belongs to. */
  readonly part: number
  readonly cwd: string
  /** What a failure does: part of what the command means. */
  readonly failure: 'stops' | 'ignored'
  /** False when it may not be executed at all, or more than once. */
  readonly certain: boolean
  /** Variables that it sets to the output of its commands. */
  readonly assigns: readonly string[]
  /** Variables that the script itself exported before. */
  readonly exports: ReadonlyMap<string, Argument>
  readonly umask: string | undefined
}

/** Where a script is being read, and what becomes of its units. */
export interface Walk {
  readonly source: string
  readonly start: ShellStart
  /** The place of the whole script, where its own ranges point into another text. */
  readonly range?: Range
  /** The command that the script is an argument of, as the file spells it. */
  readonly caller?: string
  readonly emit: (unit: Unit) => void
  /** What the image has at a path by now; absent where commands are collected before they are executed. */
  readonly kind?: (path: string) => EntryKind | 'absent' | 'unknown'
  /** Whether a command wrote to a directory that holds the path, and nothing of the context is there; absent as `kind` is. */
  readonly isMade?: (path: string) => boolean
}

/** What does not change within one statement of a script. */
export interface Place {
  readonly part: number
  readonly failure: Unit['failure']
  readonly certain: boolean
}

type Found = Pick<Unit, 'commands'> & Partial<Pick<Unit, 'guesses' | 'obstacle' | 'assigns'>>

/** Makes a unit of a node and hands it on. */
export function pushUnit(
  walk: Walk,
  shell: Shell,
  node: Node | { readonly kind: 'exec'; readonly range: Range },
  place: Place,
  found: Found,
): void {
  const text = walk.source.slice(node.range.start, node.range.end)
  const commands = shell.lost === undefined ? found.commands : [undefined]
  const known = found.commands.filter((command) => command !== undefined)
  const obstacle: Reason | undefined =
    shell.lost === undefined ? found.obstacle : { code: 'unknown-argument', text: shell.lost }
  walk.emit({
    text,
    spelled: [text, ...bodiesOf(node), ...(walk.caller === undefined ? [] : [walk.caller])].join('\n'),
    range: walk.range ?? node.range,
    commands,
    guesses: [...(found.guesses ?? []), ...(shell.lost === undefined ? [] : known)],
    ...(obstacle === undefined ? {} : { obstacle }),
    ...place,
    cwd: shell.cwd,
    assigns: found.assigns ?? [],
    exports: new Map([...shell.variables, ...shell.exports]),
    umask: shell.umask,
  })
}

/** The bodies of the heredocs of a node: they stand below its command line. */
function bodiesOf(node: Node | { readonly kind: 'exec' }): readonly string[] {
  switch (node.kind) {
    case 'command':
    case 'redirected':
      return [
        ...node.redirects.flatMap(({ body }) => body ?? []),
        ...(node.kind === 'redirected' ? bodiesOf(node.node) : []),
      ]
    case 'and-or':
    case 'pipeline':
      return node.parts.flatMap(bodiesOf)
    case 'group':
    case 'subshell':
      return node.script.statements.flatMap((statement) => bodiesOf(statement.node))
    default:
      return 'scripts' in node
        ? node.scripts.flatMap(({ statements }) =>
            statements.flatMap((statement) => bodiesOf(statement.node)),
          )
        : []
  }
}

/** The command that a node stands for; `undefined` when a wrapper hides it. */
export function toCommand(walk: Walk, node: SimpleCommand, shell: Shell): Command | undefined {
  const value = (word: ShellWord): Argument => {
    const resolved = resolveWord(word, (name) => lookup(shell, walk.start, name))
    return word.tilde ? resolved?.replace(/^~(?=\/|$)/, walk.start.home) : resolved
  }
  const env = new Map([...walk.start.env, ...shell.exports])
  for (const { name, value: word } of node.assignments) env.set(name, word === undefined ? '' : value(word))
  return stripWrappers({
    words: node.words.map(value),
    text: walk.source.slice(node.range.start, node.range.end),
    cwd: shell.cwd,
    user: walk.start.user,
    home: walk.start.home,
    env,
    ...redirections(node, value),
  })
}

/** The files that redirections name. */
export function redirections(
  { redirects }: Pick<SimpleCommand, 'redirects'>,
  value: (word: ShellWord) => Argument,
): Pick<Command, 'inputs' | 'outputs'> {
  const files = redirects.filter(
    ({ operator }) => !/^[<>]&|^>&$/.test(operator) && !operator.startsWith('<<'),
  )
  const targets = (pattern: RegExp): readonly Argument[] =>
    files
      .filter(({ operator }) => pattern.test(operator))
      .map(({ target }) => (target === undefined ? undefined : value(target)))
      .filter((target) => target !== '/dev/null' && target !== '/dev/stderr' && target !== '/dev/stdout')
  return { outputs: targets(/^&?>/), inputs: targets(/^</) }
}

export function toExecCommand(
  argv: readonly string[],
  source: string,
  start: ShellStart,
): Command | undefined {
  return stripWrappers({ words: argv, text: source, ...start, outputs: [], inputs: [] })
}
