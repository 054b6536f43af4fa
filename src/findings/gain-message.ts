import type { Gain } from './types.ts'
import { visibleLine } from './visible.ts'

/** What the rewrites are worth, in one sentence: which steps a change re-ran before, and which it does now. */
export function gainMessage({ change, before, after, kept }: Gain): string {
  const steps = `${before.length} ${before.length === 1 ? 'step re-runs' : 'steps re-run'}`
  const head = `after a change of ${visibleLine(change)}: ${steps} -> ${after.length}`
  if (kept.length === 0) return head
  const shown = kept.slice(0, 3).map(visibleLine).join(', ')
  const rest = kept.length > 3 ? ` and ${kept.length - 3} more` : ''
  return `${head}; ${shown}${rest} ${kept.length === 1 ? 'stays' : 'stay'} cached`
}
