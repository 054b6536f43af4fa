import type * as unbash from 'unbash'
import { childrenOf, nestedScripts } from './shell-children.ts'
import type { Node, Script, ShellRedirect, SimpleCommand, Statement } from './shell-types.ts'
import { toAssignment, toAssignmentWord, toShellWord } from './shell-word.ts'
import type { Range } from './types.ts'

type List = Pick<unbash.Script, 'commands'>

/** The program's own view of a parsed script, so that nothing else depends on the parser. */
export function toScript({ commands }: List, source: string): Script {
  return { statements: commands.map((statement) => toStatement(statement, source)) }
}

function toStatement({ command, background, end }: unbash.Statement, source: string): Statement {
  return { node: toNode(command, source), terminator: background === true ? '&' : toTerminator(source, end) }
}

function toTerminator(source: string, end: number): Statement['terminator'] {
  const match = /(?:[ \t]|\\\n)*(;(?!;|&)|\n|#)?/y
  match.lastIndex = end
  const found = match.exec(source)?.[1]
  if (found === undefined) return 'end'
  return found === ';' ? ';' : 'newline'
}

function toNode(node: unbash.PipelineNode | unbash.AndOr | unbash.CompoundList, source: string): Node {
  const range = toRange(node)
  switch (node.type) {
    case 'AndOr':
      return { kind: 'and-or', range, parts: toNodes(node.commands, source), operators: node.operators }
    case 'Pipeline': {
      const negated = node.prefixes.filter((prefix) => prefix.type === 'Negation').length % 2 === 1
      return { kind: 'pipeline', range, parts: toNodes(node.commands, source), negated }
    }
    case 'Command':
      return toCommand(node, source)
    case 'Subshell':
      return { kind: 'subshell', range, script: toScript(node.body, source) }
    case 'BraceGroup':
      return { kind: 'group', range, script: toScript(node.body, source) }
    case 'If':
      return { kind: 'if', range, scripts: allScripts(node, source) }
    case 'For':
      return { kind: 'loop', range, variable: node.name.value, scripts: allScripts(node, source) }
    case 'While':
      return { kind: 'loop', range, scripts: allScripts(node, source) }
    case 'Case':
      return { kind: 'case', range, scripts: allScripts(node, source) }
    case 'Function':
      return { kind: 'function', range, name: node.name.value, scripts: allScripts(node, source) }
    case 'Redirected': {
      const inner = toNode(node.command, source)
      const redirects = node.redirects.map((redirect) => toRedirect(redirect))
      return {
        kind: 'redirected',
        range,
        node: inner,
        redirects,
        scripts: substitutions(node.redirects, source),
      }
    }
    default:
      return { kind: 'other', range, scripts: allScripts(node, source) }
  }
}

function toNodes(nodes: readonly unbash.PipelineNode[], source: string): readonly Node[] {
  return nodes.map((node) => toNode(node, source))
}

function toCommand(command: unbash.Command, source: string): SimpleCommand {
  const { name, prefix, suffix, redirects } = command
  const words = suffix.flatMap((word) => {
    if (word.type === 'Word') return [toShellWord(word, true)]
    return word.type === 'Assignment' ? [toAssignmentWord(word)] : []
  })
  return {
    kind: 'command',
    range: toRange(command),
    assignments: prefix.flatMap((part) => (part.type === 'Assignment' ? [toAssignment(part)] : [])),
    words: name === undefined ? words : [toShellWord(name, true), ...words],
    redirects: redirects.map((redirect) => toRedirect(redirect)),
    scripts: substitutions([command], source),
  }
}

function toRedirect(redirect: unbash.Redirection): ShellRedirect {
  const { operator, descriptor } = redirect
  const fd = descriptor?.type === 'FileDescriptor' ? { fd: descriptor.value } : {}
  if (redirect.type === 'HereDoc') return { operator, ...fd, body: redirect.body.text }
  if (redirect.target === undefined) return { operator, ...fd }
  return { operator, ...fd, target: toShellWord(redirect.target, false) }
}

/** The lists of a compound in the order of the source, and the scripts of substitutions between them. */
function allScripts(node: unbash.SyntaxNode, source: string): readonly Script[] {
  return childrenOf(node).flatMap((child) => {
    if (child.type === 'Script' || child.type === 'CompoundList') return [toScript(child, source)]
    if (child.type === 'Command') return [toSingleton(child, source)]
    return allScripts(child, source)
  })
}

function toSingleton(command: unbash.Command, source: string): Script {
  return { statements: [{ node: toCommand(command, source), terminator: 'end' }] }
}

function substitutions(nodes: readonly unbash.SyntaxNode[], source: string): readonly Script[] {
  return nestedScripts(nodes).map((script) => toScript(script, source))
}

function toRange({ pos, end }: { readonly pos: number; readonly end: number }): Range {
  return { start: pos, end }
}
