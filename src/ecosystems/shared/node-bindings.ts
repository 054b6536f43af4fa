import { childOf, childrenOf, listOf, nameOf, textOf, type JsNode } from './parse-javascript.ts'

/** A module of Node, or one thing in it. */
export interface Builtin {
  /** Without `node:`. */
  readonly module: string
  readonly member?: string
}

/** What the names of a script stand for. A name that is declared twice stands for nothing that is known. */
export interface Bindings {
  readonly builtins: ReadonlyMap<string, Builtin>
  readonly constants: ReadonlyMap<string, JsNode>
  /** Everything else that is imported: files and packages. */
  readonly foreign: readonly string[]
  readonly declared: ReadonlySet<string>
}

/** Modules that touch files only through `fs`, and start no programs. */
const MODULES = new Set(
  `assert buffer console crypto dns events fs fs/promises http http2 https net os path path/posix perf_hooks process
  querystring stream stream/promises string_decoder timers timers/promises tls tty url util zlib`.split(
    /\s+/,
  ),
)

/** Collects the declarations of a program, whatever block they stand in. */
export function collectBindings(program: JsNode): Bindings {
  const builtins = new Map<string, Builtin>()
  const constants = new Map<string, JsNode>()
  const counts = new Map<string, number>()
  const foreign: string[] = []
  const declare = (pattern: JsNode | undefined): void => {
    for (const name of namesIn(pattern)) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const bind = (source: string, local: string | undefined, member: string | undefined): void => {
    const module = source.replace(/^node:/, '')
    if (!MODULES.has(module)) foreign.push(source)
    else if (local !== undefined) builtins.set(local, { module, ...(member === undefined ? {} : { member }) })
  }
  const visit = (node: JsNode): void => {
    if (node.type === 'ImportDeclaration') {
      const source = textOf(childOf(node, 'source')) ?? ''
      bind(source, undefined, undefined)
      for (const specifier of listOf(node, 'specifiers')) {
        declare(childOf(specifier, 'local'))
        const imported = nameOf(childOf(specifier, 'imported'))
        bind(source, nameOf(childOf(specifier, 'local')), imported === 'default' ? undefined : imported)
      }
      return
    }
    if (node.type === 'VariableDeclaration') {
      for (const declarator of listOf(node, 'declarations')) {
        const [id, init] = [childOf(declarator, 'id'), childOf(declarator, 'init')]
        declare(id)
        const required = requiredModule(init)
        if (required !== undefined) bindRequired(id, required, bind)
        else if (id?.type === 'Identifier' && init !== undefined && node['kind'] === 'const')
          constants.set(nameOf(id) ?? '', init)
      }
    } else if (/Function|^Class/.test(node.type)) {
      declare(childOf(node, 'id'))
      for (const parameter of listOf(node, 'params')) declare(parameter)
    } else if (node.type === 'CatchClause') declare(childOf(node, 'param'))
    for (const child of childrenOf(node)) visit(child)
  }
  visit(program)
  for (const [name, count] of counts) {
    if (count < 2) continue
    // What a module of Node is called stands for nothing else, or nothing can be told.
    if (builtins.delete(name)) foreign.push(name)
    constants.delete(name)
  }
  return { builtins, constants, foreign, declared: new Set(counts.keys()) }
}

/** The module of `require('x')`. */
export function requiredModule(node: JsNode | undefined): string | undefined {
  const [source, ...others] = listOf(node, 'arguments')
  const isCall = node?.type === 'CallExpression' && nameOf(childOf(node, 'callee')) === 'require'
  return isCall && others.length === 0 ? textOf(source) : undefined
}

function bindRequired(
  id: JsNode | undefined,
  source: string,
  bind: (source: string, local: string | undefined, member: string | undefined) => void,
): void {
  bind(source, id?.type === 'Identifier' ? nameOf(id) : undefined, undefined)
  for (const property of listOf(id, 'properties'))
    bind(source, nameOf(childOf(property, 'value')), nameOf(childOf(property, 'key')))
}

function namesIn(pattern: JsNode | undefined): readonly string[] {
  switch (pattern?.type) {
    case undefined:
      return []
    case 'Identifier':
      return [nameOf(pattern) ?? '']
    case 'ObjectPattern':
      return listOf(pattern, 'properties').flatMap((property) =>
        namesIn(childOf(property, 'value') ?? childOf(property, 'argument')),
      )
    case 'ArrayPattern':
      return listOf(pattern, 'elements').flatMap(namesIn)
    default:
      return namesIn(childOf(pattern, 'left') ?? childOf(pattern, 'argument'))
  }
}
