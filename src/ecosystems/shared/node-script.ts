import { dependsOnVariable } from '../../model/environment.ts'
import { baseName, joinPath, parentPath } from '../../model/paths.ts'
import { findScript, lookForTypes } from './find-script.ts'
import { lookAt, lookInto } from './look.ts'
import { collectBindings, requiredModule, type Bindings } from './node-bindings.ts'
import { evaluatePath, resolveBuiltin, type ScriptPlace } from './node-paths.ts'
import { isReason, type Outcome } from './outcome.ts'
import { childOf, childrenOf, listOf, nameOf, parseJavaScript, type JsNode } from './parse-javascript.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles, WriteEffect } from '../../model/types.ts'
import type { PackageInfo } from './read-package.ts'
import type { Scene } from './scene.ts'

/** What a script does to files, as far as it has been read. */
interface Reading extends ScriptPlace {
  readonly files: ImageFiles
  readonly writes: Map<string, WriteEffect>
  /** Directories that are there when the install runs, or that the script makes. */
  readonly made: Set<string>
  /** Set where it may be that a part of the script is not run. */
  readonly isConditional?: true
}

/** Set off by what cannot be known. */
type Stop = Reason | 'unknown'

const READS = new Set(['readFile', 'readFileSync'])
const LOOKS = new Set(['existsSync', 'access', 'accessSync', 'stat', 'statSync', 'lstat', 'lstatSync'])
const WRITES = new Set(['writeFile', 'writeFileSync', 'appendFile', 'appendFileSync'])
const MAKES = new Set(['mkdir', 'mkdirSync'])

/** Names that give code or programs a way out of what is read here. */
const FORBIDDEN = new Set(
  'eval Function require module exports global globalThis process Worker WebAssembly Reflect Proxy Bun Deno'.split(
    ' ',
  ),
)
const PROCESS = new Set(
  'exit exitCode cwd argv platform arch version versions stdout stderr on once nextTick emitWarning pid'.split(
    ' ',
  ),
)

/**
 * What `node script.js` of a lifecycle script reads and writes, where the script says so in itself: it uses nothing but
 * Node's own modules, and files that it names by literals and its own place. `undefined` where that cannot be told.
 */
export function checkNodeScript(file: string, { files }: Scene, { dir }: PackageInfo): Outcome | undefined {
  const path = findScript(files, joinPath(dir, file))
  if (path === undefined) return undefined
  const text = lookInto(files, path)
  // One that is missing fails wherever the install stands.
  if (text === undefined) return []
  if (isReason(text)) return text
  const program = parseJavaScript(text)
  const bindings = program && collectBindings(program)
  if (program === undefined || bindings === undefined || bindings.foreign.length > 0) return undefined
  const made = new Set([dir, parentPath(path)])
  const reading: Reading = { files, path, cwd: dir, bindings, writes: new Map(), made }
  const stop = lookForTypes(files, path, dir) ?? visit(program, reading)
  if (stop === 'unknown') return undefined
  if (stop !== undefined) return stop
  const writes = [...reading.writes.values()]
  // A directory that is not copied above the install is missing there.
  const isPlaced = [...reading.writes.keys()].every((target) => made.has(parentPath(target)))
  return isPlaced ? writes : undefined
}

function visit(node: JsNode, reading: Reading): Stop | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'MetaProperty':
      return undefined
    case 'ImportExpression':
    case 'ExportAllDeclaration':
    case 'WithStatement':
      return 'unknown'
    case 'Identifier':
      return visitName(node, reading)
    case 'MemberExpression':
      return visitMember(node, reading)
    case 'Property':
    case 'PropertyDefinition':
    case 'MethodDefinition':
      return visitAll(
        [...(node['computed'] === true ? [childOf(node, 'key')] : []), childOf(node, 'value')],
        reading,
      )
    case 'CallExpression':
      return visitCall(node, reading)
    case 'IfStatement':
      return visitIf(node, reading)
    case 'CatchClause':
    case 'SwitchCase':
    case 'LogicalExpression':
    case 'ConditionalExpression':
      return visitAll(childrenOf(node), { ...reading, isConditional: true })
    case 'VariableDeclarator':
      if (requiredModule(childOf(node, 'init')) !== undefined) return undefined
      return visitAll([childOf(node, 'id'), childOf(node, 'init')], reading)
    case 'ExportNamedDeclaration':
      return childOf(node, 'source') === undefined ? visitAll(childrenOf(node), reading) : 'unknown'
    default: {
      const inner = /Function|^(For|While|Do)/.test(node.type)
        ? { ...reading, isConditional: true as const }
        : reading
      return visitAll(childrenOf(node), inner)
    }
  }
}

function visitAll(nodes: readonly (JsNode | undefined)[], reading: Reading): Stop | undefined {
  for (const node of nodes) {
    const stop = node === undefined ? undefined : visit(node, reading)
    if (stop !== undefined) return stop
  }
  return undefined
}

/** A name that stands for a function on files is known only where it is called. */
function visitName(node: JsNode, { bindings }: Reading): Stop | undefined {
  const name = nameOf(node) ?? ''
  const builtin = bindings.builtins.get(name)
  if (builtin !== undefined) return /^(fs|process)/.test(builtin.module) ? 'unknown' : undefined
  return FORBIDDEN.has(name) && !bindings.declared.has(name) ? 'unknown' : undefined
}

function visitMember(node: JsNode, reading: Reading): Stop | undefined {
  const object = childOf(node, 'object')
  const isComputed = node['computed'] === true
  const property = childOf(node, 'property')
  if (/^(constructor|__proto__)$/.test(nameOf(property) ?? '')) return 'unknown'
  const name = isComputed ? undefined : nameOf(property)
  if (isProcess(object, reading.bindings)) return PROCESS.has(name ?? '') ? undefined : 'unknown'
  const isEnv =
    object?.type === 'MemberExpression' &&
    object['computed'] !== true &&
    isProcess(childOf(object, 'object'), reading.bindings) &&
    nameOf(childOf(object, 'property')) === 'env'
  // What changes with every build is no part of what an install depends on.
  if (isEnv)
    return name !== undefined && dependsOnVariable('all-but-stamps', '', name) ? undefined : 'unknown'
  const builtin = resolveBuiltin(node, reading.bindings)
  if (builtin !== undefined) {
    const isHarmless = !builtin.module.startsWith('fs') || builtin.member === 'constants'
    return isHarmless ? undefined : 'unknown'
  }
  return visitAll([object, ...(isComputed ? [property] : [])], reading)
}

function isProcess(node: JsNode | undefined, { builtins, declared }: Bindings): boolean {
  if (node?.type !== 'Identifier' || nameOf(node) === undefined) return false
  const builtin = builtins.get(nameOf(node) ?? '')
  if (builtin !== undefined) return builtin.module === 'process' && builtin.member === undefined
  return nameOf(node) === 'process' && !declared.has('process')
}

/** A branch that is never taken does nothing: `if (existsSync('.env'))` where there is none. */
function visitIf(node: JsNode, reading: Reading): Stop | undefined {
  const test = childOf(node, 'test')
  const stop = visitAll([test], reading)
  if (stop !== undefined) return stop
  const answer = decide(test, reading)
  return visitAll(
    [
      ...(answer === false ? [] : [childOf(node, 'consequent')]),
      ...(answer === true ? [] : [childOf(node, 'alternate')]),
    ],
    answer === undefined ? { ...reading, isConditional: true } : reading,
  )
}

function decide(node: JsNode | undefined, reading: Reading): boolean | undefined {
  if (node?.type === 'UnaryExpression' && node['operator'] === '!') {
    const answer = decide(childOf(node, 'argument'), reading)
    return answer === undefined ? undefined : !answer
  }
  if (node?.type === 'LogicalExpression' && node['operator'] !== '??') {
    const answers = [decide(childOf(node, 'left'), reading), decide(childOf(node, 'right'), reading)]
    const settles = node['operator'] === '||'
    if (answers.includes(settles)) return settles
    return answers.includes(undefined) ? undefined : !settles
  }
  const callee = node?.type === 'CallExpression' ? childOf(node, 'callee') : undefined
  const builtin = resolveBuiltin(callee, reading.bindings)
  if (builtin?.module !== 'fs' || builtin.member !== 'existsSync') return undefined
  const path = evaluatePath(listOf(node, 'arguments')[0], reading)
  const kind = path === undefined ? undefined : lookAt(reading.files, toFile(path, reading))
  return kind === 'absent' ? false : kind === 'file' ? true : undefined
}

function visitCall(node: JsNode, reading: Reading): Stop | undefined {
  const callee = childOf(node, 'callee')
  const given = listOf(node, 'arguments')
  const builtin = resolveBuiltin(callee, reading.bindings)
  if (builtin?.member === undefined || !/^fs(\/promises)?$/.test(builtin.module)) {
    return visitAll([callee, ...given], reading)
  }
  const [target, ...others] = given
  const path = target?.type === 'SpreadElement' ? undefined : evaluatePath(target, reading)
  if (path === undefined) return 'unknown'
  return touch(builtin.member, toFile(path, reading), others, reading) ?? visitAll(others, reading)
}

/** Functions of `fs` take paths that are relative to the working directory, and URLs. */
function toFile(path: string, { cwd }: Reading): string {
  return joinPath(cwd, path.replace(/^file:\/\//, ''))
}

function touch(
  operation: string,
  path: string,
  others: readonly JsNode[],
  reading: Reading,
): Stop | undefined {
  const { files, writes, made } = reading
  if (READS.has(operation) || LOOKS.has(operation)) {
    const kind = lookAt(files, path)
    if (isReason(kind)) return kind
    // Whether a directory is there depends on what is copied above the install.
    if (kind === 'dir') return 'unknown'
    if (kind === 'file') files.read(path)
    return undefined
  }
  if (MAKES.has(operation)) {
    const isRecursive = listOf(others[0], 'properties').some(
      (property) =>
        nameOf(childOf(property, 'key')) === 'recursive' && childOf(property, 'value')?.['value'] === true,
    )
    if (!isRecursive) return 'unknown'
    const isThere = files.peekKind(path) === 'dir'
    // Where the sources bring the directory, nothing tells that the script cares to make it whenever it writes there.
    if (!isThere || reading.isConditional === undefined) made.add(path)
    if (!isThere) writes.set(path, { path, directory: true })
    return undefined
  }
  if (!WRITES.has(operation)) return 'unknown'
  const [parent, name] = [files.origin(parentPath(path)), baseName(path)]
  writes.set(path, {
    path,
    ...(parent.startsWith('/') ? {} : { ignore: parent === '' ? name : `${parent}/${name}` }),
  })
  return undefined
}
