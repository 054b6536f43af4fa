import { createCheckoutTree } from './checkout-tree.ts'
import { createDiskTree } from './disk-tree.ts'
import type { Repositories } from './git.ts'
import { readHistory } from './history.ts'
import type { BuildContext } from './types.ts'

/** Opens a directory as a build context. Nothing is read before it is asked for, but git's list of files. */
export function openContext(root: string, repositories: Repositories): BuildContext {
  const disk = createDiskTree(root)
  const checkout = createCheckoutTree(root, repositories, disk)
  return {
    root,
    checkout,
    hasUntracked: (path) => disk.kind(path) !== undefined && checkout.kind(path) === undefined,
    history: () => readHistory(root, repositories),
  }
}
