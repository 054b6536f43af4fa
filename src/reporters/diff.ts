import { mergeChanges } from '../edits/merge-changes.ts'
import { toPatch } from '../edits/unified-diff.ts'
import type { RunReport } from '../findings/types.ts'

/** One bare patch over everything, for `git apply` and `patch -p1`; empty when nothing changes. */
export function toDiff(report: RunReport): Promise<string> {
  return toPatch(mergeChanges(report.dockerfiles))
}
