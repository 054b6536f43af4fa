import type { DockerfileReport, FileChange } from '../findings/types.ts'

/**
 * The changes of all reports, each path once. An ignore file that several Dockerfiles extend starts as the first one
 * found it and ends as the last one left it. What ends as it began is left out.
 */
export function mergeChanges(reports: readonly Pick<DockerfileReport, 'changes'>[]): readonly FileChange[] {
  const merged = new Map<string, FileChange>()
  for (const change of reports.flatMap((report) => report.changes)) {
    const first = merged.get(change.path)
    merged.set(change.path, first === undefined ? change : { ...first, after: change.after })
  }
  return [...merged.values()].filter((change) => change.before !== change.after)
}
