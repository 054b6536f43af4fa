import fc from 'fast-check'
import { expect, it } from 'vitest'
import { expectedSeconds, type CostStage } from '../../src/model/rebuild-cost.ts'
import { findMove, orderAfter, type Movable } from '../../transforms/reorder-steps/find-move.ts'

const weights = [0.6, 0.3, 0.1, 1]
const copy = { seconds: 0.1, sets: [], seesVariables: false }
const step = fc.oneof(
  fc.constantFrom([0, 1, 2], [1], [2]).map((touched) => ({ ...copy, touched })),
  fc.constant({ seconds: 0, touched: [], sets: [3], seesVariables: false }),
  fc.constantFrom(0.1, 5, 20, 40).map((seconds) => ({ seconds, touched: [], sets: [], seesVariables: true })),
)
const steps = fc.array(step, { minLength: 3, maxLength: 7 })
/** One number a pair of steps: a quarter of them may not swap. */
const pairs = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 49, maxLength: 49 })

type Conflicts = (first: number, second: number) => boolean

function movable(stage: CostStage, order: readonly number[], conflicts: Conflicts): Movable {
  const at = (place: number): number => order[place] ?? 0
  return {
    count: order.length,
    conflicts: (first, second) => conflicts(at(first), at(second)),
    moves: () => true,
    follows: () => true,
    blocks: (place) => place === 0,
    lines: () => 1,
    cost: (places) => expectedSeconds(stage, places.map(at)),
  }
}

/** The order when no move saves anything any more. */
function climb(stage: CostStage, conflicts: Conflicts): readonly number[] {
  let order: readonly number[] = stage.steps.map((_, index) => index)
  for (;;) {
    const move = findMove(movable(stage, order, conflicts), 1e-6)
    if (move === undefined) return order
    order = orderAfter(order.length, move.moved, move.place, move.target).map((place) => order[place] ?? 0)
  }
}

/** Every order in which no two steps that conflict have swapped; the first step stays. */
function* allOrders(
  count: number,
  conflicts: Conflicts,
  before: readonly number[] = [0],
): Generator<readonly number[]> {
  if (before.length === count) yield before
  for (let next = 1; next < count; next++) {
    const isFree = Array.from({ length: next }, (_, index) => index).every(
      (above) => before.includes(above) || !conflicts(above, next),
    )
    if (!before.includes(next) && isFree) yield* allOrders(count, conflicts, [...before, next])
  }
}

it('single moves lead to the cheapest of all orders, and keep what conflicts apart', () => {
  fc.assert(
    fc.property(steps, pairs, (steps, pairs) => {
      const stage = { steps, weights }
      const conflicts: Conflicts = (a, b) => pairs[Math.min(a, b) * 7 + Math.max(a, b)] === 0
      const order = climb(stage, conflicts)
      const costs = [...allOrders(steps.length, conflicts)].map((other) => expectedSeconds(stage, other))
      expect(expectedSeconds(stage, order)).toBeCloseTo(Math.min(...costs), 6)
      for (const [place, index] of order.entries()) {
        const swapped = order.slice(0, place).filter((above) => above > index)
        expect(swapped.filter((above) => conflicts(index, above))).toEqual([])
      }
    }),
    { numRuns: 500 },
  )
})

/** A base, a copy that every change touches, and steps of these seconds. */
function stageOf(...seconds: readonly number[]): CostStage {
  const runs = seconds.map((time) => ({ seconds: time, touched: [], sets: [], seesVariables: true }))
  return { weights: [1], steps: [{ ...copy, touched: [] }, { ...copy, touched: [0] }, ...runs] }
}

it('moves one copy below two steps rather than two steps above it, and no further than it must', () => {
  const all = movable(stageOf(20, 20, 0), [0, 1, 2, 3, 4], () => false)
  expect(findMove(all, 0.25)).toEqual({ moved: [1], place: 'below', target: 3, gain: 40 })
})

it('makes no move that saves less than the threshold', () => {
  expect(
    findMove(
      movable(stageOf(0.2), [0, 1, 2], () => false),
      0.25,
    ),
  ).toBeUndefined()
})

it('takes along what the step needs, and passes over a move that is not wanted', () => {
  const stage = stageOf(0.1, 20)
  const needs: Conflicts = (first, second) => first === 2 && second === 3
  const both = movable(stage, [0, 1, 2, 3], needs)
  expect(findMove({ ...both, moves: (index) => index === 3 }, 0.25)).toMatchObject({
    moved: [2, 3],
    target: 1,
  })
  expect(findMove({ ...both, moves: (index) => index === 3, follows: () => false }, 0.25)).toBeUndefined()
  expect(findMove(both, 0.25, () => false)).toBeUndefined()
})
