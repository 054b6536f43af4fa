import type { EntryKind, FileTree } from '../context/types.ts'

export interface SourceEntry {
  /** Context path; `''` for the context itself. */
  readonly path: string
  readonly kind: EntryKind
}

/** The context entries that COPY sources name, by the rules of Go's `filepath.Match`, in order, without doubles. */
export function matchSources(
  tree: FileTree,
  sources: readonly string[],
): { readonly entries: readonly SourceEntry[]; readonly missing: readonly string[] } {
  const found = new Map<string, SourceEntry>()
  const missing: string[] = []
  for (const source of sources) {
    const parts = clean(source)
    const paths = parts.some((part) => /[*?[\\]/.test(part)) ? matchParts(tree, '', parts) : [parts.join('/')]
    const entries = paths.flatMap((path) => {
      const kind = path === '' ? 'dir' : tree.kind(path)
      return kind === undefined ? [] : [{ path, kind }]
    })
    if (entries.length === 0) missing.push(source)
    for (const entry of entries) found.set(entry.path, entry)
  }
  return { entries: [...found.values()], missing }
}

/** `..` cannot leave the context. */
function clean(source: string): readonly string[] {
  const parts: string[] = []
  for (const part of source.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') parts.pop()
    else parts.push(part)
  }
  return parts
}

function matchParts(tree: FileTree, dir: string, parts: readonly string[]): readonly string[] {
  const [part, ...rest] = parts
  if (part === undefined) return [dir]
  const names = tree.list(dir).filter((name) => matchName(part, name))
  return names.flatMap((name) => {
    const path = dir === '' ? name : `${dir}/${name}`
    if (rest.length === 0) return [path]
    return tree.kind(path) === 'dir' ? matchParts(tree, path, rest) : []
  })
}

/** Go's `filepath.Match` on one name: `*`, `?`, `[a-z]`, `[^a]`, `\x`; dot files match too. */
function matchName(pattern: string, name: string): boolean {
  let source = ''
  for (let index = 0; index < pattern.length; index++) {
    const char = pattern[index] ?? ''
    if (char === '*') source += source.endsWith('.*') ? '' : '.*'
    else if (char === '?') source += '.'
    else if (char === '\\') source += escape(pattern[++index] ?? '')
    else if (char === '[') {
      const end = pattern.indexOf(']', index + 2)
      if (end < 0) return false
      const body = pattern.slice(index + 1, end)
      source += `[${body.startsWith('^') ? '^' : ''}${body.replace(/^\^/, '').replace(/[\\[\]^]/g, '\\$&')}]`
      index = end
    } else source += escape(char)
  }
  return new RegExp(`^${source}$`, 'su').test(name)
}

function escape(char: string): string {
  return char.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
