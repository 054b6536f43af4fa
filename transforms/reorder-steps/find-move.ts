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
  /** How many lines the step has, comments included. */
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
  const now = stage.cost(Array.from({ length: stage.count }, (_, index) => index))
  let best: { readonly move: Move; readonly lines: number; readonly distance: number } | undefined
  for (let step = 1; step < stage.count; step++) {
    if (!stage.moves(step) || stage.blocks(step)) continue
    for (const candidate of [...movesUp(stage, step), ...movesDown(stage, step)]) {
      const { moved, place, target } = candidate
      const gain = now - stage.cost(orderAfter(stage.count, moved, place, target))
      if (gain < threshold || !isWanted(candidate)) continue
      const passed = passedBy(moved, place, target)
      const lines = Math.min(sum(moved, stage.lines), sum(passed, stage.lines))
      const distance = passed.length
      const better =
        best === undefined ||
        compare([-gain, lines, distance], [-best.move.gain, best.lines, best.distance]) < 0
      if (better) best = { move: { moved, place, target, gain }, lines, distance }
    }
  }
  return best?.move
}

function movesUp(stage: Movable, step: number): readonly Place[] {
  const moved = [step]
  const places: Place[] = []
  for (let above = step - 1; above > 0 && !stage.blocks(above); above--) {
    if (!moved.some((other) => stage.conflicts(above, other))) {
      places.push({ moved: [...moved], place: 'above', target: above })
    } else if (stage.follows(above)) {
      moved.unshift(above)
    } else break
  }
  return places
}

function movesDown(stage: Movable, step: number): readonly Place[] {
  const moved = [step]
  const places: Place[] = []
  for (let below = step + 1; below < stage.count && !stage.blocks(below); below++) {
    if (!moved.some((other) => stage.conflicts(other, below))) {
      places.push({ moved: [...moved], place: 'below', target: below })
    } else if (stage.follows(below)) {
      moved.push(below)
    } else break
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
