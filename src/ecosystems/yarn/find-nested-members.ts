import { isReason } from '../shared/outcome.ts'
import { findMembers, workspacePatterns } from '../shared/workspaces.ts'
import type { PackageInfo } from '../shared/read-package.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** The members of a workspace; in Yarn a member may have members of its own. Yarn 1 leaves nothing out by a pattern with `!`. */
export function findNestedMembers(
  files: ImageFiles,
  root: PackageInfo,
  version: 'classic' | 'modern',
): readonly PackageInfo[] | Reason {
  const members = new Map<string, PackageInfo>()
  const queue = [root]
  for (let info = queue.shift(); info !== undefined; info = queue.shift()) {
    const patterns = workspacePatterns(info).filter(
      (pattern) => version === 'modern' || !pattern.startsWith('!'),
    )
    const found = findMembers(files, info, patterns)
    if (isReason(found)) return found
    for (const member of found) {
      if (members.has(member.dir) || member.dir === root.dir) continue
      members.set(member.dir, member)
      queue.push(member)
    }
  }
  return [...members.values()]
}
