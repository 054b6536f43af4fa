import type { Argument } from '../../model/types.ts'

/** One task of a call of Mix. */
export interface Task {
  readonly name: string
  readonly args: readonly Argument[]
  /** How many words of the call it and those before it take. */
  readonly end: number
}

/** The tasks of `mix x` and of `mix do x, y` or `mix do x + y`; `undefined` when one is not known. */
export function splitTasks(args: readonly Argument[]): readonly Task[] | undefined {
  const [first, ...rest] = args
  if (first === undefined) return undefined
  if (first !== 'do') return [{ name: first, args: rest, end: args.length }]
  const tasks: Task[] = []
  let words: Argument[] = []
  const finish = (end: number): boolean => {
    const [name, ...own] = words
    words = []
    if (name === undefined) return false
    tasks.push({ name, args: own, end })
    return true
  }
  for (const [index, arg] of rest.entries()) {
    const ends = arg === ',' || arg === '+' || arg?.endsWith(',') === true
    if (arg !== ',' && arg !== '+') words.push(arg?.replace(/,$/, ''))
    if ((ends || index === rest.length - 1) && !finish(index + 2)) return undefined
  }
  return tasks
}
