import { parseIgnoreLines } from '../../src/context/ignore-lines.ts'
import { compileIgnorePattern } from '../../src/context/ignore-pattern.ts'
import { childOf } from '../../src/context/tree-path.ts'
import type { FileTree } from '../../src/context/types.ts'

/**
 * The files of a checkout that a pattern matches itself or through a directory above them, in the order of a walk:
 * only these can an ignore file lose by the pattern. Looked up once for each pattern, however many Dockerfiles ask.
 */
export function trackedMatches(checkout: FileTree, pattern: string): readonly string[] {
  const matches = known.get(checkout) ?? new Map<string, readonly string[]>()
  const files = matches.get(pattern) ?? findMatches(checkout, pattern)
  known.set(checkout, matches.set(pattern, files))
  return files
}

const known = new WeakMap<FileTree, Map<string, readonly string[]>>()

function findMatches(checkout: FileTree, pattern: string): readonly string[] {
  const [line, ...others] = parseIgnoreLines(pattern)
  const test = line === undefined || line.negated ? undefined : compileIgnorePattern(line.pattern)
  if (line === undefined || test === undefined || others.length > 0) return filesBelow(checkout, '')
  // `**/name` says nothing about the directories above, which need not be walked for it.
  const isAnywhere = /^\*\*\/(?!.*\*\*)[^/\\[]+$/.test(line.pattern)
  if (isAnywhere && checkout.findNames !== undefined) {
    const found = checkout.findNames(test).flatMap((path) => filesBelow(checkout, path))
    return [...new Set(found)].sort(inWalkOrder)
  }
  const parts = line.pattern.split('/')
  const leads = /[\\[]|\*\*/.test(line.pattern)
    ? undefined
    : parts.map((_, index) => compileIgnorePattern(parts.slice(0, index).join('/')))
  const walk = (dir: string, depth: number): readonly string[] =>
    checkout.list(dir).flatMap((name) => {
      const path = childOf(dir, name)
      if (test(path)) return filesBelow(checkout, path)
      const isEntered = leads === undefined || leads[depth]?.(path) === true
      return isEntered && checkout.kind(path) === 'dir' ? walk(path, depth + 1) : []
    })
  return walk('', 1)
}

/** A path that is no directory is its own only file. */
function filesBelow(checkout: FileTree, path: string): readonly string[] {
  if (path !== '' && checkout.kind(path) !== 'dir') return [path]
  return checkout.list(path).flatMap((name) => filesBelow(checkout, childOf(path, name)))
}

/** Directory by directory, each in the order of its names. */
function inWalkOrder(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')]
  const index = left.findIndex((name, at) => name !== right[at])
  return (left[index] ?? '') < (right[index] ?? '') ? -1 : 1
}
