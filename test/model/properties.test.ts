import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMemoryTree } from '../../src/context/memory-tree.ts'
import { isDockerfileError } from '../../src/dockerfile/is-dockerfile-error.ts'
import { parseDockerfile } from '../../src/dockerfile/scan.ts'
import { resolveEffect } from '../../src/effects/index.ts'
import { buildModel, type ModelBuild } from '../../src/model/build.ts'
import { compareBuilds } from '../../src/model/compare.ts'
import { conflicts } from '../../src/model/conflicts.ts'
import { expectedSeconds } from '../../src/model/rebuild-cost.ts'
import { findMove, orderAfter } from '../../transforms/reorder-steps/find-move.ts'
import { toyBuild } from './toy-builder.ts'
import type { Dockerfile } from '../../src/dockerfile/types.ts'

const context = {
  'a.txt': 'A',
  'b.txt': 'B',
  'src/main.js': 'M',
  'src/lib/util.js': 'U',
  'conf/app.ini': 'I',
}
const tree = createMemoryTree(context)

const file = fc.constantFrom(
  '/app/a.txt',
  '/app/src/main.js',
  '/app/new.txt',
  '/etc/x.conf',
  '/data/one',
  'local.txt',
)
const step = fc.oneof(
  fc.tuple(fc.constantFrom('one', 'two', '$MODE'), file).map(([text, path]) => `RUN echo ${text} > ${path}`),
  fc.tuple(file, file).map(([from, to]) => `RUN cp ${from} ${to}`),
  file.map((path) => `RUN rm -f ${path}`),
  fc.tuple(file, file).map(([from, to]) => `RUN echo three > ${from} && cp ${from} ${to}`),
  fc.constantFrom(
    'COPY . /app/',
    'COPY src /app/src/',
    'COPY a.txt /app/',
    'COPY a.txt b.txt /data/',
    'COPY conf /etc/',
  ),
  fc.constantFrom('WORKDIR /app', 'WORKDIR /data', 'ENV MODE=fast', 'ENV MODE=slow', 'ENV OTHER=1'),
  fc.constant('RUN ./build'),
)
const steps = fc.array(step, { minLength: 1, maxLength: 8 })

function parse(lines: readonly string[]): Dockerfile {
  const dockerfile = parseDockerfile(['FROM base', ...lines, ''].join('\n'))
  if (isDockerfileError(dockerfile)) throw new Error(dockerfile.message)
  return dockerfile
}

function build(lines: readonly string[]): ModelBuild {
  return buildModel(parse(lines), tree, { resolve: resolveEffect })
}

function toy(lines: readonly string[]): string {
  return JSON.stringify([...toyBuild(parse(lines), context)].sort())
}

describe('the model build', () => {
  it('is the same for the same file', () => {
    fc.assert(fc.property(steps, (lines) => compareBuilds(build(lines), build(lines)).length === 0))
  })

  it('never calls two orders the same that a toy builder builds differently', () => {
    let same = 0
    fc.assert(
      fc.property(steps, fc.nat(), fc.nat(), (lines, from, to) => {
        const moved = [...lines]
        const [taken] = moved.splice(from % lines.length, 1)
        moved.splice(to % lines.length, 0, taken ?? '')
        if (compareBuilds(build(lines), build(moved)).length > 0) return
        same++
        expect(toy(moved)).toBe(toy(lines))
      }),
      { numRuns: 3000 },
    )
    expect(same).toBeGreaterThan(500)
  })

  it('never calls two files the same of which one lacks a step that shows', () => {
    fc.assert(
      fc.property(steps, fc.nat(), (lines, at) => {
        const fewer = lines.filter((_, index) => index !== at % lines.length)
        if (compareBuilds(build(lines), build(fewer)).length === 0) expect(toy(fewer)).toBe(toy(lines))
      }),
      { numRuns: 1500 },
    )
  })

  it('keeps the image when neighbours that do not conflict swap', () => {
    let swapped = 0
    fc.assert(
      fc.property(steps, fc.nat(), (lines, at) => {
        if (lines.length < 2) return
        const first = at % (lines.length - 1)
        const before = build(lines)
        const [a, b] = before.stages[0]?.steps.slice(first + 1, first + 3) ?? []
        if (a === undefined || b === undefined || conflicts(a, b)) return
        const other = [...lines]
        other.splice(first, 2, lines[first + 1] ?? '', lines[first] ?? '')
        swapped++
        expect(compareBuilds(before, build(other))).toEqual([])
      }),
      { numRuns: 2000 },
    )
    expect(swapped).toBeGreaterThan(200)
  })

  it('keeps the image, and what a toy builder builds, through all the moves that make a stage cheaper', () => {
    const times = fc.array(fc.constantFrom(0.1, 5, 20), { minLength: 8, maxLength: 8 })
    let moved = 0
    fc.assert(
      fc.property(steps, times, (lines, times) => {
        const costs = lines.map((line, index) => ({
          seconds: times[index] ?? 0,
          touched: line.startsWith('COPY') ? [line.includes('.txt') ? 0 : 1] : [],
          sets: [],
          seesVariables: line.startsWith('RUN'),
        }))
        const base = { seconds: 0, touched: [], sets: [], seesVariables: false }
        const stage = { weights: [0.2, 0.8], steps: [base, ...costs] }
        let order: readonly number[] = stage.steps.map((_, index) => index)
        const textOf = (): readonly string[] => order.slice(1).map((index) => lines[index - 1] ?? '')
        for (let round = 0; round < 20; round++) {
          const steps = build(textOf()).stages[0]?.steps ?? []
          const move = findMove(
            {
              count: order.length,
              conflicts: (first, second) => {
                const [a, b] = [steps[first], steps[second]]
                return a === undefined || b === undefined || conflicts(a, b)
              },
              moves: () => true,
              follows: () => true,
              blocks: (place) => place === 0,
              lines: () => 1,
              cost: (places) =>
                expectedSeconds(
                  stage,
                  places.map((place) => order[place] ?? 0),
                ),
            },
            0.01,
          )
          if (move === undefined) break
          const before = order
          order = orderAfter(order.length, move.moved, move.place, move.target).map(
            (place) => before[place] ?? 0,
          )
          moved++
        }
        expect(compareBuilds(build(lines), build(textOf()))).toEqual([])
        expect(toy(textOf())).toBe(toy(lines))
      }),
      { numRuns: 2000 },
    )
    expect(moved).toBeGreaterThan(200)
  })

  it('takes an opaque command for a barrier', () => {
    const movable = step.filter((line) => /^(RUN|COPY)/.test(line) && line !== 'RUN ./build')
    fc.assert(
      fc.property(movable, (line) => {
        expect(compareBuilds(build([line, 'RUN ./build']), build(['RUN ./build', line]))).not.toEqual([])
      }),
    )
  })

  it('finds COPY of everything equal to COPY of some, then of everything', () => {
    const some = fc.constantFrom(
      'COPY a.txt /app/',
      'COPY a.txt b.txt /app/',
      'COPY src /app/src/',
      'COPY conf/app.ini /app/conf/',
    )
    fc.assert(
      fc.property(fc.array(some, { maxLength: 4 }), steps, (extra, rest) => {
        const plain = build(['COPY . /app/', ...rest])
        expect(compareBuilds(plain, build([...extra, 'COPY . /app/', ...rest]))).toEqual([])
      }),
    )
  })

  it('tells a copied link from a followed one', () => {
    const linked = createMemoryTree({ 'real.txt': 'R', 'link.txt': { symlink: 'real.txt' } })
    const of = (lines: readonly string[]): ModelBuild =>
      buildModel(parse(lines), linked, { resolve: resolveEffect })
    const all = of(['COPY . /app/'])
    expect(compareBuilds(all, of(['COPY . /app/', 'COPY link.txt /app/']))).not.toEqual([])
    expect(compareBuilds(all, of(['COPY link.txt /app/', 'COPY . /app/']))).toEqual([])
  })
})
