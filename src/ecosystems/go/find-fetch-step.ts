import { joinPath } from '../../model/paths.ts'
import { isReason } from '../shared/outcome.ts'
import { buildFlag, parseGoFlags, unknownVariable } from './go-flags.ts'
import { matchGo } from './match-go.ts'
import { checkVendored, readModuleGraph } from './module-graph.ts'
import { findMissingSum } from './sums.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, FetchStep, ImageFiles } from '../../model/types.ts'

/** Commands that download what they need; `generate` and `list` may need nothing. */
const VERBS = new Set(['build', 'install', 'test', 'vet', 'run'])

/**
 * `go mod download` before a build, if it cannot fail where the build does not: it fetches every module that go.mod
 * requires, the build only those that it needs, so that each must have its hash in go.sum.
 */
export function findFetchStep(command: Command, files: ImageFiles): FetchStep | Reason | undefined {
  const call = matchGo(command)
  if (call === undefined || !VERBS.has(call.verb)) return undefined
  const flags = parseGoFlags(call.args)
  // `install x@v1` and `run x@v1` do not use the module around them.
  if (flags.operands.some((operand) => operand?.includes('@') === true)) return undefined
  if (command.env.get('GO111MODULE') === 'off') return undefined
  const hidden = flags.operands.includes(undefined) && /(^|\s)["']?\$/.test(command.text)
  const unknown = unknownVariable(command) ?? (hidden ? command.text : undefined)
  if (unknown !== undefined) return { code: 'unknown-argument', text: unknown }
  const mode = buildFlag(command, flags, 'mod')
  if (['modfile', 'overlay'].some((name) => buildFlag(command, flags, name) !== '') || mode === undefined) {
    return { code: 'unknown-argument', text: command.text }
  }
  const graph = readModuleGraph(command, call.dir, files)
  if (graph === undefined || isReason(graph)) return graph
  if (mode === 'vendor') return { code: 'vendored', path: files.origin(joinPath(graph.dir, 'vendor')) }
  const vendored = checkVendored(graph, files)
  if (vendored !== undefined) return vendored
  if (mode === 'mod')
    return {
      code: 'edits-manifest',
      command: command.text,
      file: files.origin(joinPath(graph.dir, 'go.mod')),
    }
  if (graph.requires.length === 0) return undefined
  if (!graph.summed && !graph.workspace) {
    return { code: 'missing-file', file: files.origin(graph.sumFile), command: command.text }
  }
  const missing = findMissingSum(graph)
  if (missing !== undefined) {
    return { code: 'incomplete-lockfile', file: files.origin(graph.sumFile), dependency: missing }
  }
  const program = command.program?.startsWith('/') === true ? command.program : 'go'
  return { command: `${program} mod download`, cwd: graph.dir }
}
