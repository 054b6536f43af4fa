/** The steps of a stage and what may be done with them; indexes are places in the stage. */
export interface Movable {
  readonly count: number
  /** Whether two steps, `first` above `second`, may not swap. */
  readonly conflicts: (first: number, second: number) => boolean
  /** Whether the step may be moved for its own sake. */
  readonly moves: (step: number) => boolean
  /** Whether the step may go along with another that needs it above, or that it needs above itself. */
  readonly follows: (step: number) => boolean
  /** Whether the step may not be passed, nor what is beyond it reached. */
  readonly blocks: (step: number) => boolean
  /** How many lines the step has. */
  readonly lines: (step: number) => number
  /** What the stage costs in an order of its steps. */
  readonly cost: (order: readonly number[]) => number
}

/** Steps that go, in their own order, to a place above or below another. */
export interface Place {
  readonly moved: readonly number[]
  readonly place: 'above' | 'below'
  readonly target: number
}

export interface Move extends Place {
  /** What it saves of the stage's cost. */
  readonly gain: number
}

/**
 * The wanted move that makes the stage cheapest; among those that are equal the one with the fewest lines to move, and
 * then the one that moves them least far. `undefined` when none saves at least `threshold`.
 */
export function findMove(
  stage: Movable,
  threshold: number,
  isWanted: (move: Place) => boolean = () => true,
): Move | undefined {
  const wanted = Array.from({ length: stage.count }, (_, step) => step)
    .filter((step) => step > 0 && stage.moves(step) && !stage.blocks(step))
    .flatMap((step) => [...reach(stage, step, 'above'), ...reach(stage, step, 'below')])
    .filter(isWanted)
  // What a stage costs is not asked when nothing can move.
  if (wanted.length === 0) return undefined
  const now = stage.cost(Array.from({ length: stage.count }, (_, index) => index))
  let best: { readonly move: Move; readonly rank: readonly number[] } | undefined
  for (const candidate of wanted) {
    const { moved, place, target } = candidate
    const gain = now - stage.cost(orderAfter(stage.count, moved, place, target))
    if (gain < threshold) continue
    const passed = passedBy(moved, place, target)
    const lines = Math.min(sum(moved, stage.lines), sum(passed, stage.lines))
    const rank = [-gain, lines, passed.length]
    if (best === undefined || compare(rank, best.rank) < 0) best = { move: { ...candidate, gain }, rank }
  }
  return best?.move
}

/** The places that a step can reach in one direction, with what it has to take along on the way. */
function reach(stage: Movable, step: number, place: Place['place']): readonly Place[] {
  const up = place === 'above'
  const moved = [step]
  const places: Place[] = []
  const conflicts = (other: number): boolean =>
    moved.some((own) => (up ? stage.conflicts(other, own) : stage.conflicts(own, other)))
  for (let other = up ? step - 1 : step + 1; other > 0 && other < stage.count; other += up ? -1 : 1) {
    if (stage.blocks(other)) break
    if (!conflicts(other)) places.push({ moved: [...moved], place, target: other })
    else if (!stage.follows(other)) break
    else if (up) moved.unshift(other)
    else moved.push(other)
  }
  return places
}

/** The order of the stage's steps after a move. */
export function orderAfter(
  count: number,
  moved: readonly number[],
  place: Move['place'],
  target: number,
): readonly number[] {
  const order: number[] = []
  for (let step = 0; step < count; step++) {
    if (moved.includes(step)) continue
    if (step === target && place === 'above') order.push(...moved)
    order.push(step)
    if (step === target && place === 'below') order.push(...moved)
  }
  return order
}

function passedBy(moved: readonly number[], place: Move['place'], target: number): readonly number[] {
  const [first, last] = place === 'above' ? [target, moved.at(-1) ?? 0] : [moved[0] ?? 0, target]
  return Array.from({ length: last - first + 1 }, (_, index) => first + index).filter(
    (step) => !moved.includes(step),
  )
}

function sum(steps: readonly number[], size: (step: number) => number): number {
  return steps.reduce((total, step) => total + size(step), 0)
}

/** Orders by the first number that differs; differences of a rounding error count as none. */
function compare(first: readonly number[], second: readonly number[]): number {
  for (const [index, value] of first.entries()) {
    const difference = value - (second[index] ?? 0)
    if (Math.abs(difference) > 1e-9) return difference
  }
  return 0
}
