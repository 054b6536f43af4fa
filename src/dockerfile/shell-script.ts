import type * as unbash from 'unbash'
import { childrenOf, nestedScripts } from './shell-children.ts'
import type { Node, Script, ShellRedirect, ShellWord, SimpleCommand, Statement } from './shell-types.ts'
import { literalWord, toAssignment, toAssignmentWord, toShellWord } from './shell-word.ts'
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
      return toIf(node, source)
    case 'For': {
      const words = node.wordlist?.map((word) => toShellWord(word, true))
      const loop = {
        kind: 'loop',
        range,
        variable: node.name.value,
        body: toScript(node.body, source),
      } as const
      return { ...loop, scripts: allScripts(node, source), ...(words === undefined ? {} : { words }) }
    }
    case 'While':
      return {
        kind: 'loop',
        range,
        body: toScript(node.body, source),
        scripts: allScripts(node, source),
      }
    case 'TestCommand':
      return toTest(node, source)
    case 'Case':
      return { kind: 'case', range, scripts: allScripts(node, source) }
    case 'Function': {
      const { body } = node
      const plain =
        body.type === 'Redirected' || body.type === 'CompoundList' ? undefined : toNode(body, source)
      const scripts = allScripts(node, source)
      return {
        kind: 'function',
        range,
        name: node.name.value,
        scripts,
        ...(plain === undefined ? {} : { body: plain }),
      }
    }
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

function toIf(node: unbash.If, source: string): Node {
  const branches = [node, ...node.elif].map(({ clause, then }) => ({
    condition: toScript(clause, source),
    body: toScript(then, source),
  }))
  return {
    kind: 'if',
    range: toRange(node),
    branches,
    ...(node.else === undefined ? {} : { otherwise: toScript(node.else, source) }),
    scripts: allScripts(node, source),
  }
}

/** `[[ -f a && ! -f b ]]` as the `test` that looks at the same files. */
function toTest(node: unbash.TestCommand, source: string): Node {
  const spell = (text: string): ShellWord => literalWord(text, node.pos)
  const toWords = (expression: unbash.TestExpression): readonly ShellWord[] => {
    switch (expression.type) {
      case 'TestUnary':
        return [spell(expression.operator), toShellWord(expression.operand, false)]
      case 'TestBinary':
        return [
          toShellWord(expression.left, false),
          spell(expression.operator),
          toShellWord(expression.right, false),
        ]
      case 'TestLogical':
        return expression.operands.flatMap((operand, index) => [
          ...(index === 0 ? [] : [spell(expression.operator === '&&' ? '-a' : '-o')]),
          ...toWords(operand),
        ])
      case 'TestNot':
        return [...expression.negations.map(() => spell('!')), ...toWords(expression.operand)]
      case 'TestGroup':
        return [spell('('), ...toWords(expression.expression), spell(')')]
    }
  }
  return {
    kind: 'command',
    range: toRange(node),
    assignments: [],
    words: [spell('test'), ...toWords(node.expression)],
    redirects: [],
    scripts: substitutions([node], source),
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
