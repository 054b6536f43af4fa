import { readRun } from '../../src/dockerfile/run-script.ts'
import { resolveWord } from '../../src/dockerfile/shell.ts'
import type { Dockerfile } from '../../src/dockerfile/types.ts'
import type { If, Node, Script } from '../../src/dockerfile/shell-types.ts'
import type { Atom } from '../../src/model/run.ts'
import type { Command } from '../../src/model/types.ts'
import type { Step } from '../../src/model/step.ts'

/** An `if` that starts a RUN and builds in one of its two branches, or in both. */
export interface Branches {
  /** The command that each of the building branches starts with. */
  readonly commands: readonly Command[]
  /** The command that runs another one exactly where one of the builds is run. */
  readonly guard: (command: string) => string
}

/**
 * Reads a RUN that builds in the branch of an `if` whose condition asks for nothing but variables: another step above it
 * decides in the same way. Commands before the `if` and before the build in its branch may prepare something that the
 * other step would lack.
 */
export function matchBranches(dockerfile: Dockerfile, step: Step, atom: Atom): Branches | undefined {
  const { unit } = atom
  if (step.atoms[0] !== atom || unit.exports.size > 0 || unit.failure === 'ignored') return undefined
  const { script, source, form } = readRun(step.instruction, dockerfile)
  const node = form === 'shell' ? script?.statements.flatMap((each) => chainOf(each.node))[0] : undefined
  if (node?.kind !== 'if' || node.range.start !== unit.range.start) return undefined
  const [branch, ...more] = node.branches
  if (branch === undefined || more.length > 0 || !asksVariables(branch.condition)) return undefined
  const find = (body: Script | undefined): Command | undefined => {
    const range = body === undefined ? undefined : firstCommand(body)?.range
    const text = range && source.slice(range.start, range.end)
    return unit.commands.find((command) => command !== undefined && command.text === text)
  }
  const isBuild = (command: Command | undefined): command is Command =>
    command !== undefined && atom.effects[unit.commands.indexOf(command)]?.role === 'build'
  const [yes, no] = [find(branch.body), find(node.otherwise)].map((command) =>
    isBuild(command) ? command : undefined,
  )
  const commands = [yes, no].filter((command) => command !== undefined)
  if (commands.length === 0) return undefined
  const condition = spellCondition(node, source)
  return {
    commands,
    guard: (command) => {
      if (commands.length > 1) return command
      if (yes !== undefined) return `if ${condition}; then ${command}; fi`
      const isSingle = branch.condition.statements.every((statement) => statement.node.kind === 'command')
      return isSingle
        ? `if ! ${condition}; then ${command}; fi`
        : `if ${condition}; then :; else ${command}; fi`
    },
  }
}

function chainOf(node: Node): readonly Node[] {
  return node.kind === 'and-or' && !node.operators.includes('||') ? node.parts : [node]
}

function firstCommand({ statements }: Script): Node | undefined {
  const [first] = statements.flatMap((statement) => chainOf(statement.node))
  return first?.kind === 'command' ? first : undefined
}

/** Whether a condition is a chain of tests of strings and numbers. */
function asksVariables({ statements }: Script): boolean {
  const [only, ...others] = statements
  return only !== undefined && others.length === 0 && isTest(only.node)
}

function isTest(node: Node): boolean {
  switch (node.kind) {
    case 'and-or':
    case 'pipeline':
      return (node.kind === 'and-or' || node.parts.length === 1) && node.parts.every(isTest)
    case 'command': {
      const [program, ...words] = node.words.map((word) => resolveWord(word, () => undefined))
      return (
        (program === '[' || program === 'test') &&
        node.scripts.length + node.assignments.length + node.redirects.length === 0 &&
        !words.some((word) => word !== undefined && /^-(?![nzao]$|(eq|ne|lt|le|gt|ge)$)/.test(word))
      )
    }
    default:
      return false
  }
}

function spellCondition({ branches: [branch] }: If, source: string): string {
  const statements = branch?.condition.statements ?? []
  const start = statements[0]?.node.range.start ?? 0
  return source.slice(start, statements.at(-1)?.node.range.end ?? start).replace(/\s*\n\s*/g, ' ')
}
