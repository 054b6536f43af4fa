import type { FileTree } from '../context/types.ts'

/**
 * The same tree after an edit of some files: everything is where it was, and what the files hold is another version.
 * A change to a path of no file counts as a file that was added there.
 */
export function changedTree(tree: FileTree, changes: readonly string[]): FileTree {
  const below = (path: string): readonly string[] =>
    changes.filter((change) => path === '' || change === path || change.startsWith(`${path}/`))
  return {
    ...tree,
    version: (path) => {
      const old = tree.version?.(path)
      const changed = below(path)
      // What did not change must be equal to what it is in a tree without versions.
      return changed.length === 0 ? old : [old ?? '', ...changed].join('|')
    },
  }
}
