import { createRequire } from 'node:module'
import type * as acorn from 'prettier/plugins/acorn'

/** A node of the syntax tree that ESTree describes: https://github.com/estree/estree */
export interface JsNode {
  readonly type: string
  readonly [key: string]: unknown
}

/** The program of a JavaScript file, module or not; `undefined` when it cannot be parsed. */
export function parseJavaScript(text: string): JsNode | undefined {
  // Few repositories have a script that is read, so that the parser is loaded when one has.
  const { parsers } = createRequire(import.meta.url)('prettier/plugins/acorn') as typeof acorn
  try {
    const program: unknown = parsers.acorn.parse(text, {} as Parameters<typeof parsers.acorn.parse>[1])
    return isNode(program) ? program : undefined
  } catch {
    return undefined
  }
}

function isNode(value: unknown): value is JsNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

/** A child by its name; absent where the node has none. */
export function childOf(node: JsNode | undefined, key: string): JsNode | undefined {
  const value = node?.[key]
  return isNode(value) ? value : undefined
}

/** A list of children by its name. */
export function listOf(node: JsNode | undefined, key: string): readonly JsNode[] {
  const value = node?.[key]
  return Array.isArray(value) ? value.filter(isNode) : []
}

/** All children, in no order that matters. */
export function childrenOf(node: JsNode): readonly JsNode[] {
  return Object.entries(node).flatMap(([key, value]) => {
    if (key === 'comments' || key === 'range') return []
    return isNode(value) ? [value] : Array.isArray(value) ? value.filter(isNode) : []
  })
}

/** The name of an identifier, or of a property that is spelled out (`a.name`, `{ name: 1 }`, `a['name']`). */
export function nameOf(node: JsNode | undefined): string | undefined {
  if (node?.type === 'Identifier') return typeof node['name'] === 'string' ? node['name'] : undefined
  return textOf(node)
}

/** The value of a string literal. */
export function textOf(node: JsNode | undefined): string | undefined {
  return node?.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : undefined
}
