import type { Instruction, Stage } from './types.ts'

/** The stages of a file, and the instructions before the first of them. */
export function createStages(instructions: readonly Instruction[]): {
  stages: readonly Stage[]
  globals: readonly number[]
} {
  const starts = instructions.filter(({ keyword }) => keyword === 'FROM')
  const stages = starts.map((from, index) =>
    createStage(from, index, starts[index + 1]?.index ?? instructions.length),
  )
  return { stages, globals: range(0, starts[0]?.index ?? instructions.length) }
}

function createStage(from: Instruction, index: number, end: number): Stage {
  const [base, , name] = from.words
  const platform = from.flags.find((flag) => flag.name === 'platform')?.value
  return {
    index,
    ...(name === undefined ? {} : { name: name.raw }),
    base: base?.raw ?? '',
    ...(platform === undefined ? {} : { platform }),
    instructions: range(from.index, end),
  }
}

function range(start: number, end: number): readonly number[] {
  return Array.from({ length: end - start }, (_, offset) => start + offset)
}
