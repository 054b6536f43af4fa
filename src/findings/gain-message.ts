import type { Gain } from './types.ts'
import { visibleLine } from './visible.ts'

/** What the rewrites are worth, in one sentence: which steps a change re-ran before, and which it does now. */
export function gainMessage(gain: Gain): string {
  const { before, after } = gain
  const steps = `${before.length} ${before.length === 1 ? 'step re-runs' : 'steps re-run'}`
  const head = `after a change of ${visibleLine(gain.change)}: ${steps} -> ${after.length}`
  const cached = stepsNowCached(gain)
  if (cached.length === 0) return head
  const shown = cached.slice(0, 3).map(visibleLine).join(', ')
  const rest = cached.length > 3 ? ` and ${cached.length - 3} more` : ''
  return `${head}: ${shown}${rest} ${cached.length === 1 ? 'stays' : 'stay'} cached`
}

/**
 * The steps that no longer re-run, RUN steps alone where there are any. A RUN that was cut in two does not count: its
 * second half still re-runs.
 */
function stepsNowCached({ before, after }: Gain): readonly string[] {
  const left = [...after]
  const gone = before.filter((step) => {
    const index = left.indexOf(step)
    if (index >= 0) left.splice(index, 1)
    return index < 0
  })
  const cached = gone.filter((step) => !left.some((half) => isTail(step, half)))
  const runs = cached.filter((step) => /^run\s/i.test(step))
  return runs.length > 0 ? runs : cached
}

function isTail(step: string, half: string): boolean {
  const command = half.replace(/^run\s+/i, '')
  return command !== half && step.endsWith(command)
}
