import { compileIgnorePattern } from '../context/ignore-pattern.ts'
import { childOf } from '../context/tree-path.ts'
import { digest } from './digest.ts'
import { joinPath, parentPath } from './paths.ts'
import { fileWrite, type Write } from './log.ts'
import type { FileTree } from '../context/types.ts'

/** What `COPY --parents` selects, and what it writes below the directories that it makes. */
export interface ParentsCopy {
  readonly writes: readonly Write[]
  /** Context paths of files, and of directories that are copied whole. */
  readonly selected: readonly string[]
  readonly missing: readonly string[]
}

/**
 * Copies files with the directories above them, from the context or from the pivot `/./` on; `undefined` where it is
 * not known what happens. The sources are patterns of ignore files: `**` goes through any number of directories.
 * https://docs.docker.com/reference/dockerfile/#copy---parents
 */
export function copyWithParents(
  tree: FileTree,
  sources: readonly string[],
  target: string,
  attributes: string,
  by: string,
): ParentsCopy | undefined {
  const selected = new Set<string>()
  const missing: string[] = []
  const writes = new Map<string, Write>()
  for (const source of sources) {
    const { base, pattern } = splitAtPivot(source)
    if (/[*?[\\]/.test(base) || pattern === '' || pattern.startsWith('!')) return undefined
    const found = matchWithParents(tree, base, pattern)
    if (found === undefined || found.some((path) => tree.kind(path) === 'symlink')) return undefined
    if (found.length === 0 && !/[*?[\\]/.test(pattern)) missing.push(source)
    for (const path of found) {
      selected.add(path)
      const place = joinPath(target, base === '' ? path : path.slice(base.length + 1))
      for (const write of writesOf(tree, path, place, target, attributes, by))
        writes.set(`${write.region.kind} ${'path' in write.region ? write.region.path : ''}`, write)
    }
  }
  return { writes: [...writes.values()], selected: [...selected], missing }
}

/** The paths of the context that a pattern of `COPY --parents` selects, sorted; a directory stands for all in it. */
export function matchWithParents(
  tree: FileTree,
  base: string,
  pattern: string,
): readonly string[] | undefined {
  const parts = pattern.split('/')
  const tests = parts.map((_, index) => compileIgnorePattern(parts.slice(0, index + 1).join('/')))
  const isWhole = tests.at(-1)
  if (isWhole === undefined) return undefined
  const mayHold = (path: string, depth: number): boolean =>
    parts.slice(0, depth + 1).some((part) => part.includes('**')) ||
    (depth < parts.length - 1 && tests[depth]?.(path) === true)
  const found: string[] = []
  const visit = (below: string, depth: number): void => {
    for (const name of tree.list(below === '' ? base : childOf(base, below))) {
      const path = childOf(below, name)
      if (isWhole(path)) found.push(childOf(base, path))
      else if (mayHold(path, depth) && tree.kind(childOf(base, path)) === 'dir') visit(path, depth + 1)
    }
  }
  visit('', 0)
  return found.sort()
}

function splitAtPivot(source: string): { readonly base: string; readonly pattern: string } {
  const at = source.indexOf('/./')
  const [base, pattern] = at < 0 ? ['', source] : [source.slice(0, at), source.slice(at + 3)]
  return { base: clean(base), pattern: clean(pattern) }
}

function clean(path: string): string {
  return joinPath('/', path).slice(1)
}

function writesOf(
  tree: FileTree,
  source: string,
  place: string,
  target: string,
  attributes: string,
  by: string,
): readonly Write[] {
  const isDirectory = tree.kind(source) === 'dir'
  const made: Write[] = []
  // They get the modes that they have in the context, unlike those that a COPY by name makes.
  for (let at = isDirectory ? place : parentPath(place); at !== target && at !== '/'; at = parentPath(at)) {
    const value = digest('directory', attributes)
    made.unshift({ region: { kind: 'path', path: at }, value, covers: false, directory: true, by })
  }
  return isDirectory
    ? [
        ...made,
        { region: { kind: 'mapped', path: place, tree, root: source }, value: attributes, covers: true, by },
      ]
    : [...made, fileWrite(place, source, attributes, tree, by)]
}
