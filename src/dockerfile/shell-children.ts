import { forEachChild, type ParsedScript, type SyntaxNode } from 'unbash'

export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = []
  forEachChild(node, (child) => children.push(child))
  return children
}

/** The outermost scripts nested in nodes: those of their command and process substitutions. */
export function nestedScripts(nodes: readonly SyntaxNode[]): readonly ParsedScript[] {
  return nodes.flatMap((node) => (node.type === 'Script' ? [node] : nestedScripts(childrenOf(node))))
}
