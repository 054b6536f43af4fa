import { copyShell, type Shell, type ShellStart } from './shell-state.ts'
import { decide } from './conditions.ts'
import { walkNode } from './walk-node.ts'
import { pushUnit, toExecCommand, type Place, type Walk } from './unit.ts'
import type { AndOr, Node, Script, Statement } from '../dockerfile/shell-types.ts'
import type { RunScript } from '../dockerfile/run-script.ts'
import type { Part } from './run.ts'

export interface WalkedScript {
  /** The places at which the RUN can be cut. */
  readonly parts: readonly Part[]
  /** Whether the parts stand within brackets or a heredoc, which both halves of a cut need. */
  readonly framed: boolean
}

/** Reads a RUN as a sequence of units in order of execution, and as the parts at which it can be cut. */
export function walkScript(
  run: Pick<RunScript, 'form' | 'source' | 'script' | 'argv'>,
  start: ShellStart,
  out: Pick<Walk, 'emit' | 'kind' | 'isMade'>,
): WalkedScript {
  const shell: Shell = {
    cwd: start.cwd,
    stack: [],
    exitsOnError: start.exitsOnError,
    umask: undefined,
    variables: new Map(),
    exports: new Map(),
    settled: new Set(),
    functions: new Map(),
  }
  const walk: Walk = { source: run.source, start, ...out }
  if (run.script !== undefined) {
    // The lines of a heredoc are its parts; brackets around all of them stay one.
    if (run.form === 'heredoc') return { parts: walkParts(walk, run.script, shell), framed: true }
    return walkFrame(walk, run.script, shell, false)
  }
  const command = run.argv === undefined ? undefined : toExecCommand(run.argv, run.source, start)
  const range = { start: 0, end: run.source.length }
  pushUnit(
    walk,
    shell,
    { kind: 'exec', range },
    { part: 0, failure: 'stops', certain: true },
    { commands: [command] },
  )
  return { parts: [{ range, operator: undefined, state: false }], framed: false }
}

/** `(a && b)` and `{ a && b; }` alone can be cut as what is in them. */
function walkFrame(walk: Walk, script: Script, shell: Shell, framed: boolean): WalkedScript {
  const [only, ...others] = script.statements
  const { node } = only ?? {}
  if (others.length > 0 || only?.terminator === '&' || (node?.kind !== 'group' && node?.kind !== 'subshell'))
    return { parts: walkParts(walk, script, shell), framed }
  return walkFrame(walk, node.script, node.kind === 'group' ? shell : copyShell(shell), true)
}

function walkParts(walk: Walk, script: Script, shell: Shell): readonly Part[] {
  const parts: Part[] = []
  let emitted = 0
  const counting: Walk = {
    ...walk,
    emit: (unit) => {
      emitted++
      walk.emit(unit)
    },
  }
  script.statements.forEach((statement, index) => {
    const isLast = index === script.statements.length - 1
    const nodes = toLinks(statement)
    let isSkipped = false
    let certain = true
    nodes.forEach((node, position) => {
      const ends = position === nodes.length - 1
      // `set -e` takes no notice of what fails in front of a `&&`: then the rest is skipped.
      const failure = isLast || (ends && shell.exitsOnError) ? 'stops' : 'ignored'
      const place: Place = { part: parts.length, failure, certain }
      const before = emitted
      const answer = isLast ? undefined : decide(walk, node, shell)
      if (statement.terminator === '&') pushUnit(counting, shell, node, place, { commands: [undefined] })
      else if (!isSkipped) walkNode(counting, node, shell, place)
      isSkipped ||= answer === false
      // A link that may fail unnoticed leaves it open whether the next ones run.
      if (failure === 'ignored' && answer === undefined) certain = false
      const operator = !ends ? '&&' : isLast ? undefined : ';'
      parts.push({ range: node.range, operator, state: emitted === before })
    })
  })
  return parts
}

/** The links of a chain of `&&`. What stands in front of the last `||` belongs together. */
function toLinks({ node }: Statement): readonly Node[] {
  if (node.kind !== 'and-or') return [node]
  const last = node.operators.lastIndexOf('||')
  if (last < 0) return node.parts
  const head = node.parts.slice(0, last + 2)
  const end = head.at(-1)?.range.end ?? node.range.end
  const first: AndOr = {
    kind: 'and-or',
    range: { start: node.range.start, end },
    parts: head,
    operators: node.operators.slice(0, last + 1),
  }
  return [first, ...node.parts.slice(last + 2)]
}
