import { applyActivation } from './activate.ts'
import { applyBuiltin, copyShell, lookup, resolveSettled, type Shell } from './shell-state.ts'
import { decide } from './conditions.ts'
import { computedNames, guessOf, toInner } from './inner-script.ts'
import { joinPipedScript } from './piped-script.ts'
import { resolveWord } from '../dockerfile/shell.ts'
import { pushUnit, redirections, toCommand, type Place, type Unit, type Walk } from './unit.ts'
import type {
  AndOr,
  If,
  Loop,
  Node,
  Redirected,
  Script,
  ShellWord,
  SimpleCommand,
} from '../dockerfile/shell-types.ts'
import type { Argument, Command } from './types.ts'

/** Executes a node of a script: its units are handed on in order, the shell's state flows along. */
export function walkNode(walk: Walk, node: Node, shell: Shell, place: Place): void {
  switch (node.kind) {
    case 'command':
      return walkCommand(walk, node, shell, place)
    case 'and-or':
      return walkAndOr(walk, node, shell, place)
    case 'group':
      return walkStatements(walk, node.script, shell, place)
    case 'subshell':
      return walkStatements(walk, node.script, copyShell(shell), place)
    case 'pipeline': {
      const found = collect(walk, node.parts, shell, place)
      return pushUnit(walk, shell, node, place, { ...found, commands: joinPipedScript(found.commands) })
    }
    case 'if':
      return walkIf(walk, node, shell, place)
    case 'loop':
      return walkLoop(walk, node, shell, place)
    case 'function':
      shell.functions.set(node.name, node.body)
      return
    case 'redirected':
      return walkRedirected(walk, node, shell, place)
    default:
      return pushCompound(walk, node, shell, place)
  }
}

function walkStatements(walk: Walk, script: Script, shell: Shell, place: Place): void {
  for (const { node, terminator } of script.statements) {
    if (terminator === '&') pushUnit(walk, shell, node, place, { commands: [undefined] })
    else walkNode(walk, node, shell, place)
  }
}

function walkCommand(walk: Walk, node: SimpleCommand, shell: Shell, place: Place): void {
  if (applyBuiltin(node, shell, walk.start) || applyActivation(walk, node, shell)) return
  const [word] = node.words
  const called = word === undefined ? undefined : shell.functions.get(word.raw)
  if (called !== undefined && node.redirects.length + node.assignments.length + node.scripts.length === 0)
    return walkNode(walk, called, shell, place)
  const isDefined = word !== undefined && shell.functions.has(word.raw)
  const nested = node.scripts.flatMap((script) => commandsOf(walk, script, shell))
  const assigns = computedNames(node)
  if (assigns !== undefined) {
    pushUnit(walk, shell, node, place, { commands: nested, assigns })
    for (const name of assigns) {
      if (node.words.length > 0) shell.exports.set(name, undefined)
      else shell.variables.set(name, undefined)
    }
    return
  }
  const command = isDefined ? undefined : toCommand(walk, node, shell)
  const script = command === undefined ? undefined : toInner(node, command)
  if (command === undefined || script === undefined || nested.length > 0)
    return pushUnit(walk, shell, node, place, { commands: [...nested, command], ...guessOf(command) })
  const inner: Walk = {
    ...walk,
    source: script.source,
    range: walk.range ?? node.range,
    caller: walk.caller ?? command.text,
    start: { ...walk.start, ...command, exitsOnError: script.exitsOnError },
  }
  if (command.name === 'eval') return walkStatements(inner, script.script, shell, place)
  const own = { ...copyShell(shell), exitsOnError: script.exitsOnError }
  // A child process gets what is exported.
  own.variables.clear()
  own.functions.clear()
  walkStatements(inner, script.script, own, place)
}

function walkAndOr(walk: Walk, node: AndOr, shell: Shell, start: Place): void {
  let place = start
  for (let index = 0; index < node.parts.length; index++) {
    const part = node.parts[index]
    const rest = node.operators.slice(index)
    if (part === undefined) return
    const answer = rest.length === 0 ? undefined : decide(walk, part, shell)
    if (answer === undefined && rest.includes('||')) {
      const parts = node.parts.slice(index)
      return pushCompound(walk, { ...node, parts, operators: rest }, shell, place)
    }
    walkNode(walk, part, shell, place)
    if (answer === undefined) {
      // `set -e` takes no notice of what fails in front of a `&&`: then the rest is skipped.
      place = { ...place, certain: false }
      continue
    }
    // What the answer skips: `false && a`, `true || a`.
    while (index < node.operators.length && (node.operators[index] === '&&') !== answer) index++
    if (index >= node.operators.length) return
  }
}

/** An `if` whose conditions the context decides is the branch that is taken. */
function walkIf(walk: Walk, node: If, shell: Shell, place: Place): void {
  const taken: Script[] = []
  for (const { condition, body } of node.branches) {
    const [only, ...others] = condition.statements
    const answer = only === undefined || others.length > 0 ? undefined : decide(walk, only.node, shell)
    if (answer === undefined) return pushCompound(walk, node, shell, place)
    taken.push(condition)
    if (!answer) continue
    for (const script of [...taken, body]) walkStatements(walk, script, shell, place)
    return
  }
  for (const script of [...taken, ...(node.otherwise === undefined ? [] : [node.otherwise])])
    walkStatements(walk, script, shell, place)
}

/** `for x in a b` is its body once for each word, unless it may end early. */
function walkLoop(walk: Walk, node: Loop, shell: Shell, place: Place): void {
  const { variable, words } = node
  const values = words?.map((word) => (word.hasGlob || word.tilde ? undefined : valuesOf(walk, word, shell)))
  const jumps = /\b(break|continue|return)\b/.test(walk.source.slice(node.range.start, node.range.end))
  if (variable === undefined || values?.every((value) => value !== undefined) !== true || jumps)
    return pushCompound(walk, node, shell, place)
  const isSettled = words?.every((word) => resolveSettled(word, shell, walk.start) !== undefined) === true
  for (const value of values.flat()) {
    shell.variables.set(variable, value)
    if (isSettled) shell.settled.add(variable)
    else shell.settled.delete(variable)
    walkStatements(walk, node.body, shell, place)
  }
}

/** The values of a word of a loop; a variable outside quotes may hold several. */
function valuesOf(walk: Walk, word: ShellWord, shell: Shell): readonly string[] | undefined {
  const find = (name: string): Argument => lookup(shell, walk.start, name)
  const value = resolveWord(word, find)
  if (value !== undefined) return [value]
  const [part, ...others] = word.parts
  if (part?.kind !== 'variable' || part.operation !== undefined || others.length > 0) return undefined
  const list = find(part.name)
  return list !== undefined && /^[\w./@+:, -]*$/.test(list) && !shell.variables.has('IFS')
    ? list.split(' ').filter((item) => item !== '')
    : undefined
}

/** `{ a; b; } > file`: all of it as one command. */
function walkRedirected(walk: Walk, node: Redirected, shell: Shell, place: Place): void {
  const value = (word: ShellWord): Argument => resolveWord(word, (name) => lookup(shell, walk.start, name))
  const found = collect(walk, [node.node], shell, place)
  const redirects = redirections(node, value)
  const { start } = walk
  const text = walk.source.slice(node.node.range.end, node.range.end).trim()
  const empty: Command = { ...start, name: undefined, program: undefined, args: [], text, ...redirects }
  const nested = node.scripts.flatMap((script) => commandsOf(walk, script, shell))
  pushUnit(
    walk,
    shell,
    node,
    { ...place, certain: false },
    {
      ...found,
      commands: [...nested, ...found.commands, { ...empty, cwd: shell.cwd }],
    },
  )
  // A group changes the shell itself, as far as that can be known.
  if (node.node.kind !== 'subshell') pushCompoundState(walk, node.node, shell)
}

/** Undecided conditions, other loops and `||`: everything inside may be executed. */
function pushCompound(walk: Walk, node: Node, shell: Shell, place: Place): void {
  const scripts = nestedNodes(node)
  if (scripts === undefined) return pushUnit(walk, shell, node, place, { commands: [undefined] })
  const own = copyShell(shell)
  if (node.kind === 'loop' && node.variable !== undefined) own.variables.set(node.variable, undefined)
  const found = collectIn(walk, scripts, own, place)
  adopt(shell, own, walk.source.slice(node.range.start, node.range.end))
  pushUnit(walk, shell, node, { ...place, certain: false }, found)
}

function pushCompoundState(walk: Walk, node: Node, shell: Shell): void {
  const own = copyShell(shell)
  collectIn(walk, [node], own, { part: 0, failure: 'stops', certain: false })
  adopt(shell, own, walk.source.slice(node.range.start, node.range.end))
}

/** What may or may not have been executed leaves behind what cannot be known. */
function adopt(shell: Shell, own: Shell, text: string): void {
  if (own.cwd !== shell.cwd || own.lost !== undefined) shell.lost = own.lost ?? text
  for (const [name, value] of own.variables)
    if (shell.variables.get(name) !== value) shell.variables.set(name, undefined)
  for (const [name, value] of own.exports)
    if (shell.exports.get(name) !== value) shell.exports.set(name, undefined)
  for (const name of own.functions.keys()) shell.functions.set(name, undefined)
}

function nestedNodes(node: Node): readonly Node[] | undefined {
  switch (node.kind) {
    case 'and-or':
    case 'pipeline':
      return node.parts
    case 'if':
    case 'loop':
    case 'case':
    case 'other':
      return node.scripts.flatMap((script) => script.statements.map((statement) => statement.node))
    default:
      return undefined
  }
}

type Found = Pick<Unit, 'commands' | 'guesses'> & Partial<Pick<Unit, 'obstacle'>>

/** The commands of nodes that each have the shell's state for themselves: the sides of a pipe. */
function collect(walk: Walk, nodes: readonly Node[], shell: Shell, place: Place): Found {
  return join(nodes.map((node) => collectIn(walk, [node], copyShell(shell), place)))
}

function collectIn(walk: Walk, nodes: readonly Node[], shell: Shell, place: Place): Found {
  const units: Unit[] = []
  const { kind: _, isMade: __, ...blind } = walk
  const inner: Walk = { ...blind, emit: (unit) => void units.push(unit) }
  for (const node of nodes) walkNode(inner, node, shell, { ...place, certain: false })
  return join(units)
}

function join(found: readonly Found[]): Found {
  const obstacle = found.find((item) => item.obstacle !== undefined)?.obstacle
  return {
    commands: found.flatMap(({ commands }) => commands),
    guesses: found.flatMap(({ guesses }) => guesses),
    ...(obstacle === undefined ? {} : { obstacle }),
  }
}

/** The commands of a command substitution: they run before the command that they stand in. */
function commandsOf(walk: Walk, script: Script, shell: Shell): readonly (Command | undefined)[] {
  const nodes = script.statements.map((statement) => statement.node)
  return collect(walk, nodes, shell, { part: 0, failure: 'stops', certain: true }).commands
}
