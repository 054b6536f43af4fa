import { stripWrappers } from './wrappers.ts'
import { resolveWord } from '../dockerfile/shell.ts'
import type { Node, Script, ShellWord, SimpleCommand } from '../dockerfile/shell-types.ts'
import type { RunScript } from '../dockerfile/run-script.ts'
import type { Range } from '../dockerfile/types.ts'
import type { Argument, Command } from './types.ts'
import { applyBuiltin, copyShell, lookup, type Shell, type ShellStart } from './shell-state.ts'
import type { Part } from './run.ts'

/** A command, pipeline or compound that is executed as one. */
export interface Unit {
  readonly text: string
  readonly range: Range
  /** Every simple command in it; `undefined` for one that cannot be read. */
  readonly commands: readonly (Command | undefined)[]
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

interface Walk {
  readonly source: string
  readonly start: ShellStart
  readonly units: Unit[]
}

/** Reads a RUN as a sequence of units in order of execution, and as the top-level parts at which it can be cut. */
export function walkScript(
  run: Pick<RunScript, 'source' | 'script' | 'argv'>,
  start: ShellStart,
): { readonly units: readonly Unit[]; readonly parts: readonly Part[] } {
  const shell: Shell = {
    cwd: start.cwd,
    located: true,
    exitsOnError: start.exitsOnError,
    umask: undefined,
    variables: new Map(),
    exports: new Map(),
  }
  const walk: Walk = { source: run.source, start, units: [] }
  if (run.script !== undefined) return { units: walk.units, parts: walkParts(walk, run.script, shell) }
  const command = run.argv === undefined ? undefined : toExecCommand(run.argv, run.source, start)
  const range = { start: 0, end: run.source.length }
  walk.units.push(toUnit(walk, shell, range, [command], 0, 'stops', true))
  return { units: walk.units, parts: [{ range, operator: undefined, state: false }] }
}

function walkParts(walk: Walk, script: Script, shell: Shell): readonly Part[] {
  const parts: Part[] = []
  script.statements.forEach((statement, index) => {
    const last = index === script.statements.length - 1
    const chain = statement.node.kind === 'and-or' && !statement.node.operators.includes('||')
    const nodes = statement.node.kind === 'and-or' && chain ? statement.node.parts : [statement.node]
    nodes.forEach((node, position) => {
      const ends = position === nodes.length - 1
      const failure = ends && !last && !shell.exitsOnError ? 'ignored' : 'stops'
      const before = walk.units.length
      if (statement.terminator === '&') pushUnit(walk, shell, node, [undefined], parts.length, failure, true)
      else walkNode(walk, node, shell, parts.length, failure, true)
      const operator = !ends ? '&&' : last ? undefined : ';'
      parts.push({ range: node.range, operator, state: walk.units.length === before })
    })
  })
  return parts
}

function walkNode(
  walk: Walk,
  node: Node,
  shell: Shell,
  part: number,
  failure: Unit['failure'],
  certain: boolean,
): void {
  switch (node.kind) {
    case 'command':
      if (!applyBuiltin(node, shell, walk.start)) {
        const nested = node.scripts.flatMap((script) => commandsOf(walk, script, shell))
        const own = node.words.length > 0 || node.redirects.length > 0 ? [toCommand(walk, node, shell)] : []
        pushUnit(walk, shell, node, [...nested, ...own], part, failure, certain)
        if (own.length > 0) return
        for (const { name } of node.assignments) shell.variables.set(name, undefined)
        walk.units[walk.units.length - 1] = {
          ...(walk.units.at(-1) as Unit),
          assigns: node.assignments.map(({ name }) => name),
        }
      }
      return
    case 'and-or':
      if (node.operators.includes('||')) return pushCompound(walk, node, shell, part, failure)
      for (const child of node.parts) walkNode(walk, child, shell, part, failure, certain)
      return
    case 'group':
      for (const { node: child } of node.script.statements)
        walkNode(walk, child, shell, part, failure, certain)
      return
    case 'subshell': {
      const inner = copyShell(shell)
      for (const { node: child } of node.script.statements)
        walkNode(walk, child, inner, part, failure, certain)
      return
    }
    case 'pipeline':
      pushUnit(walk, shell, node, pipelineCommands(walk, node.parts, shell), part, failure, certain)
      return
    default:
      pushCompound(walk, node, shell, part, failure)
  }
}

/** `if`, loops and `||`: everything inside may be executed; what it leaves behind in the shell cannot be known. */
function pushCompound(walk: Walk, node: Node, shell: Shell, part: number, failure: Unit['failure']): void {
  const inner: Walk = { ...walk, units: [] }
  const copy = copyShell(shell)
  if (node.kind === 'loop' && node.variable !== undefined) copy.variables.set(node.variable, undefined)
  const scripts = nestedScripts(node)
  if (scripts === undefined) return pushUnit(walk, shell, node, [undefined], part, failure, false)
  for (const child of scripts) walkNode(inner, child, copy, part, failure, false)
  if (copy.cwd !== shell.cwd || !copy.located) shell.located = false
  for (const [name, value] of copy.variables)
    if (shell.variables.get(name) !== value) shell.variables.set(name, undefined)
  for (const [name, value] of copy.exports)
    if (shell.exports.get(name) !== value) shell.exports.set(name, undefined)
  pushUnit(
    walk,
    shell,
    node,
    inner.units.flatMap((unit) => unit.commands),
    part,
    failure,
    false,
  )
}

function nestedScripts(node: Node): readonly Node[] | undefined {
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

/** The commands of a command substitution: they run before the command that they stand in. */
function commandsOf(walk: Walk, script: Script, shell: Shell): readonly (Command | undefined)[] {
  return pipelineCommands(
    walk,
    script.statements.map((statement) => statement.node),
    shell,
  )
}

function pipelineCommands(
  walk: Walk,
  parts: readonly Node[],
  shell: Shell,
): readonly (Command | undefined)[] {
  return parts.flatMap((part) => {
    const inner: Walk = { ...walk, units: [] }
    walkNode(inner, part, copyShell(shell), 0, 'stops', true)
    return inner.units.flatMap((unit) => unit.commands)
  })
}

function pushUnit(
  walk: Walk,
  shell: Shell,
  node: Node,
  commands: readonly (Command | undefined)[],
  part: number,
  failure: Unit['failure'],
  certain: boolean,
): void {
  walk.units.push(toUnit(walk, shell, node.range, commands, part, failure, certain))
}

function toUnit(
  walk: Walk,
  shell: Shell,
  range: Range,
  commands: readonly (Command | undefined)[],
  part: number,
  failure: Unit['failure'],
  certain: boolean,
): Unit {
  return {
    text: walk.source.slice(range.start, range.end),
    range,
    commands: shell.located ? commands : [undefined],
    part,
    cwd: shell.cwd,
    failure,
    certain,
    assigns: [],
    exports: new Map([...shell.variables, ...shell.exports]),
    umask: shell.umask,
  }
}

function toCommand(walk: Walk, node: SimpleCommand, shell: Shell): Command | undefined {
  const value = (word: ShellWord): Argument => {
    const resolved = resolveWord(word, (name) => lookup(shell, walk.start, name))
    return word.tilde ? resolved?.replace(/^~(?=\/|$)/, walk.start.home) : resolved
  }
  const env = new Map([...walk.start.env, ...shell.exports])
  for (const { name, value: word } of node.assignments) env.set(name, word === undefined ? '' : value(word))
  const files = node.redirects.filter(
    (redirect) => !/^[<>]&|^>&$/.test(redirect.operator) && !redirect.operator.startsWith('<<'),
  )
  const targets = (pattern: RegExp): readonly Argument[] =>
    files
      .filter((redirect) => pattern.test(redirect.operator))
      .map((redirect) => (redirect.target === undefined ? undefined : value(redirect.target)))
      .filter((target) => target !== '/dev/null' && target !== '/dev/stderr' && target !== '/dev/stdout')
  return stripWrappers({
    words: node.words.map(value),
    text: walk.source.slice(node.range.start, node.range.end),
    cwd: shell.cwd,
    user: walk.start.user,
    home: walk.start.home,
    env,
    outputs: targets(/^&?>/),
    inputs: targets(/^</),
  })
}

function toExecCommand(argv: readonly string[], source: string, start: ShellStart): Command | undefined {
  return stripWrappers({ words: argv, text: source, ...start, outputs: [], inputs: [] })
}
