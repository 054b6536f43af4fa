import type { FileChange } from '../findings/types.ts'

/**
 * One patch over all changes, in git's own format, for `git apply` and `patch -p1`; empty when nothing changes. Every
 * path may occur once (see `mergeChanges`). `diff` is loaded on the first call only.
 */
export async function toPatch(changes: readonly FileChange[]): Promise<string> {
  const changed = changes.filter((change) => change.before !== change.after)
  if (changed.length === 0) return ''
  const { formatPatch, structuredPatch } = await import('diff')
  return changed
    .map(({ path, before, after }) => {
      const from = before === undefined ? '/dev/null' : `a/${path}`
      const patch = structuredPatch(from, `b/${path}`, before ?? '', after, undefined, undefined, {
        context: 3,
      })
      const kind = before === undefined ? { isCreate: true, newMode: '100644' } : {}
      return markNameEnds(formatPatch({ ...patch, ...kind, isGit: true }))
    })
    .join('')
}

/**
 * `patch` takes a file name to end at the first blank unless a TAB follows it, and then silently writes a file of the
 * shortened name. git writes that TAB, `diff` does not. Quoted names need none.
 */
function markNameEnds(patch: string): string {
  const hunks = patch.indexOf('\n@@ ')
  if (hunks < 0) return patch
  const header = patch.slice(0, hunks).replace(/^(?:---|\+\+\+) [^"\n]* [^"\n]*$/gm, '$&\t')
  return header + patch.slice(hunks)
}
