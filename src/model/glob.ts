import type { FileTree } from '../context/types.ts'

/** Directories that no manager searches for workspace members. */
const SKIPPED = new Set(['node_modules', '.git', 'bower_components'])

/** Globs as package managers use them: `*` within a name, `**` for directories, `{a,b}`. */
export const globFiles = {
  /** Whether a relative path matches. */
  matches: (glob: string, path: string): boolean =>
    expandBraces(glob).some((pattern) => matchParts(pattern.split('/'), path.split('/'))),
  /** Files below `root` that match, relative to it; only directories that can match are entered. */
  search: (tree: FileTree, root: string, glob: string): readonly string[] =>
    expandBraces(glob).flatMap((pattern) => searchParts(tree, root, '', pattern.split('/'))),
  /** All files below `root`, relative to it. */
  all: (tree: FileTree, root: string): readonly string[] => searchParts(tree, root, '', ['**', '*']),
}

function searchParts(tree: FileTree, root: string, at: string, parts: readonly string[]): readonly string[] {
  const [part, ...rest] = parts
  if (part === undefined) return []
  if (part === '.' || part === '') return searchParts(tree, root, at, rest)
  const here = (name: string): string => (at === '' ? name : `${at}/${name}`)
  const full = (path: string): string => [root, path].filter((piece) => piece !== '').join('/')
  if (part === '**') {
    const deeper = tree
      .list(full(at))
      .filter((name) => !SKIPPED.has(name) && tree.kind(full(here(name))) === 'dir')
      .flatMap((name) => searchParts(tree, root, here(name), parts))
    return [...new Set([...searchParts(tree, root, at, rest), ...deeper])]
  }
  const names = isLiteral(part) ? [part] : tree.list(full(at)).filter((name) => matchName(part, name))
  return names.flatMap((name) => {
    const kind = tree.kind(full(here(name)))
    if (rest.length === 0) return kind === 'file' || kind === 'symlink' ? [here(name)] : []
    return kind === 'dir' && !SKIPPED.has(name) ? searchParts(tree, root, here(name), rest) : []
  })
}

function matchParts(pattern: readonly string[], path: readonly string[]): boolean {
  const [part, ...rest] = pattern
  if (part === undefined) return path.length === 0
  if (part === '.' || part === '') return matchParts(rest, path)
  if (part === '**') {
    return (
      matchParts(rest, path) ||
      (path.length > 0 && !SKIPPED.has(path[0] ?? '') && matchParts(pattern, path.slice(1)))
    )
  }
  const [name, ...below] = path
  return name !== undefined && matchName(part, name) && matchParts(rest, below)
}

function isLiteral(part: string): boolean {
  return !/[*?[]/.test(part)
}

/** `*` and `?` within one name; a leading dot must be spelled out. Linear time: the pattern is split at its stars. */
function matchName(pattern: string, name: string): boolean {
  if (isLiteral(pattern)) return pattern === name
  if (name.startsWith('.') && !pattern.startsWith('.')) return false
  const pieces = pattern.split(/\*+/)
  const first = pieces.shift() ?? ''
  const last = pieces.pop()
  if (last === undefined) return sameName(first, name)
  if (name.length < first.length + last.length) return false
  if (!sameName(first, name.slice(0, first.length)) || !sameName(last, name.slice(name.length - last.length)))
    return false
  let at = first.length
  const end = name.length - last.length
  for (const piece of pieces) {
    while (at + piece.length <= end && !sameName(piece, name.slice(at, at + piece.length))) at++
    if (at + piece.length > end) return false
    at += piece.length
  }
  return true
}

function sameName(pattern: string, name: string): boolean {
  return (
    pattern.length === name.length &&
    [...pattern].every((char, index) => char === '?' || char === name[index])
  )
}

function expandBraces(glob: string): readonly string[] {
  const match = /\{([^{}]*,[^{}]*)\}/.exec(glob)
  if (match === null) return [glob]
  const [whole, inner = ''] = match
  return inner
    .split(',')
    .flatMap((option) =>
      expandBraces(glob.slice(0, match.index) + option + glob.slice(match.index + whole.length)),
    )
}
