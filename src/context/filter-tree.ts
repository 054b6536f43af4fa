import { childOf } from './tree-path.ts'
import type { EntryKind, FileTree, IgnoreMatcher } from './types.ts'

/**
 * A tree as the builder sees it through the ignore file. An ignored directory appears when something in it does. The
 * result has no `version`, for a directory's would tell of hidden files too: filter first, then change.
 */
export function filterTree(tree: FileTree, matcher: IgnoreMatcher): FileTree {
  const visible = new Map<string, boolean>()
  const lists = new Map<string, readonly string[]>()

  function kind(path: string): EntryKind | undefined {
    const found = tree.kind(path)
    if (found === undefined || !matcher.ignores(path)) return found
    return found === 'dir' && hasVisible(path) ? 'dir' : undefined
  }

  function hasVisible(dir: string): boolean {
    const known = visible.get(dir)
    if (known !== undefined) return known
    const answer =
      !matcher.prunes(dir) && tree.list(dir).some((name) => kind(childOf(dir, name)) !== undefined)
    visible.set(dir, answer)
    return answer
  }

  return {
    kind,
    list: (dir) => {
      const known = lists.get(dir)
      if (known !== undefined) return known
      const names = matcher.prunes(dir)
        ? []
        : tree.list(dir).filter((name) => kind(childOf(dir, name)) !== undefined)
      lists.set(dir, names)
      return names
    },
    read: (path) => (matcher.ignores(path) ? undefined : tree.read(path)),
    size: (path) => (matcher.ignores(path) ? 0 : tree.size(path)),
    executable: (path) => !matcher.ignores(path) && tree.executable(path),
  }
}
