import { joinPath, parentPath, baseName } from '../../model/paths.ts'
import { childOf, listOf, nameOf, textOf, type JsNode } from './parse-javascript.ts'
import type { Bindings, Builtin } from './node-bindings.ts'

/** Where a script is, and where it runs. */
export interface ScriptPlace {
  /** The script's own path. */
  readonly path: string
  readonly cwd: string
  readonly bindings: Bindings
}

/** The text that an expression comes to, where literals and the script's own place decide it; mostly a path. */
export function evaluatePath(node: JsNode | undefined, place: ScriptPlace): string | undefined {
  switch (node?.type) {
    case 'Literal':
      return textOf(node)
    case 'TemplateLiteral':
      return evaluateTemplate(node, place)
    case 'Identifier':
      return evaluateName(nameOf(node) ?? '', place)
    case 'MemberExpression':
      return evaluateMeta(node, place)
    case 'NewExpression': {
      const [relative, base, ...others] = listOf(node, 'arguments')
      const isOwn = evaluatePath(base, place) === `file://${place.path}`
      const text = textOf(relative)
      if (nameOf(childOf(node, 'callee')) !== 'URL' || !isOwn || others.length > 0 || text === undefined)
        return undefined
      return /^\.{1,2}\/[\w./-]*$/.test(text) ? `file://${joinPath(parentPath(place.path), text)}` : undefined
    }
    case 'CallExpression':
      return evaluateCall(node, place)
    default:
      return undefined
  }
}

function evaluateTemplate(node: JsNode, place: ScriptPlace): string | undefined {
  const parts = listOf(node, 'expressions').map((part) => evaluatePath(part, place))
  let text = ''
  for (const [index, quasi] of listOf(node, 'quasis').entries()) {
    const { cooked } = quasi['value'] as { readonly cooked?: string }
    const part = index < parts.length ? parts[index] : ''
    if (cooked === undefined || part === undefined) return undefined
    text += cooked + part
  }
  return text
}

function evaluateName(name: string, place: ScriptPlace): string | undefined {
  const { bindings, path } = place
  const constant = bindings.constants.get(name)
  // A constant cannot depend on itself.
  if (constant !== undefined) {
    const constants = new Map([...bindings.constants].filter(([other]) => other !== name))
    return evaluatePath(constant, { ...place, bindings: { ...bindings, constants } })
  }
  if (bindings.declared.has(name)) return undefined
  if (name === '__filename') return path
  return name === '__dirname' ? parentPath(path) : undefined
}

function evaluateMeta(node: JsNode, { path }: ScriptPlace): string | undefined {
  if (childOf(node, 'object')?.type !== 'MetaProperty' || node['computed'] === true) return undefined
  const name = nameOf(childOf(node, 'property'))
  if (name === 'url') return `file://${path}`
  if (name === 'filename') return path
  return name === 'dirname' ? parentPath(path) : undefined
}

function evaluateCall(node: JsNode, place: ScriptPlace): string | undefined {
  const callee = childOf(node, 'callee')
  const builtin = resolveBuiltin(callee, place.bindings)
  const values = listOf(node, 'arguments').map((argument) => evaluatePath(argument, place))
  if (isProcess(callee, place.bindings) && values.length === 0) return place.cwd
  if (builtin?.member === undefined || !values.every((value) => value !== undefined)) return undefined
  const [first = ''] = values
  if (builtin.module === 'url')
    return builtin.member === 'fileURLToPath' && first.startsWith('file:///')
      ? first.slice('file://'.length)
      : undefined
  if (builtin.module !== 'path' && builtin.module !== 'path/posix') return undefined
  switch (builtin.member) {
    case 'join':
      return values.length > 0 && first.startsWith('/') ? joinAll('/', values) : undefined
    case 'resolve':
      return joinAllAbsolute(place.cwd, values)
    case 'dirname':
      return values.length === 1 && first.startsWith('/') ? parentPath(first) : undefined
    case 'basename':
      return values.length === 1 ? baseName(first) : undefined
    default:
      return undefined
  }
}

/** `join('/a', '/b')` is `/a/b`. */
function joinAll(start: string, parts: readonly string[]): string {
  return parts.reduce((path, part) => joinPath(path, part.replace(/^\/+/, '') || '.'), start)
}

function joinAllAbsolute(start: string, parts: readonly string[]): string {
  return parts.reduce((path, part) => joinPath(path, part === '' ? '.' : part), start)
}

function isProcess(callee: JsNode | undefined, { declared }: Bindings): boolean {
  return (
    callee?.type === 'MemberExpression' &&
    callee['computed'] !== true &&
    nameOf(childOf(callee, 'object')) === 'process' &&
    nameOf(childOf(callee, 'property')) === 'cwd' &&
    !declared.has('process')
  )
}

/** What of Node's modules an expression stands for: `readFile`, `fs.readFile`, `fs.promises.readFile`. */
export function resolveBuiltin(node: JsNode | undefined, { builtins }: Bindings): Builtin | undefined {
  if (node?.type === 'Identifier') {
    const found = builtins.get(nameOf(node) ?? '')
    return found?.module === 'fs' && found.member === 'promises' ? { module: 'fs/promises' } : found
  }
  if (node?.type !== 'MemberExpression' || node['computed'] === true) return undefined
  const object = resolveBuiltin(childOf(node, 'object'), { builtins } as Bindings)
  const member = nameOf(childOf(node, 'property'))
  if (object === undefined || object.member !== undefined || member === undefined) return undefined
  if (object.module === 'fs' && member === 'promises') return { module: 'fs/promises' }
  return member === 'default' ? object : { module: object.module, member }
}
