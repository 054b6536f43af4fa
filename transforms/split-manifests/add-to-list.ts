import { addMounts } from './mount-flags.ts'
import { manifestLines, type Supplied } from './manifest-lines.ts'
import { arrange, type Item } from '../shared/arrange.ts'
import { isWithin, joinPath, parentPath } from '../../src/model/paths.ts'
import type { Dockerfile } from '../../src/dockerfile/types.ts'
import type { Step } from '../../src/model/step.ts'

/**
 * The file with more files in the list of an install: words in the line that copies to the same directory, further
 * lines below the list, or mounts beside those that the RUN has. `reference` is the file that the copies of `reads` stand in.
 */
export function addToList(
  dockerfile: Dockerfile,
  lists: readonly Step[],
  step: Step,
  reads: readonly Supplied[],
  reference: Dockerfile,
): string | undefined {
  const { index, range } = step.instruction
  const last = lists.at(-1)
  if (last === undefined && step.mounts.length > 0) {
    const text = addMounts(dockerfile, step, dockerfile.text.slice(range.start, range.end), reads)
    return text && arrange(dockerfile, index, index, [{ instruction: index, text }])
  }
  const fits = (read: Supplied): Step | undefined => lists.find((list) => canTake(list, read))
  const joined = reads.filter((read) => fits(read) !== undefined)
  const lines = manifestLines(
    reference,
    reads.filter((read) => !joined.includes(read)),
    [...new Set(reads.map((read) => read.copy))],
    step.before.workdir,
  )
  if ('code' in lines) return undefined
  const items = lines.map((text): Item => ({ text, lead: '' }))
  if (last === undefined)
    return arrange(dockerfile, index, index, [...items, { instruction: index, lead: '' }])
  const at = last.instruction.index
  return insertWords(
    dockerfile,
    arrange(dockerfile, at, at, [{ instruction: at }, ...items]),
    lists,
    joined,
    fits,
  )
}

/** `COPY package.json package-lock.json ./` can take `.npmrc` along, and `COPY --parents` what it puts in its place. */
function canTake({ copy, instruction }: Step, read: Supplied): boolean {
  if (copy?.target === undefined || instruction.json !== undefined || copy.from !== undefined) return false
  if (read.directory || !copy.directory || copy.attributes !== read.copy.copy?.attributes) return false
  if (!(copy.destination.value ?? '').endsWith('/') || /\s/.test(read.source)) return false
  if (copy.parents) return joinPath(copy.target, read.source) === read.path
  const sameFolder = copy.sources.every(
    (source) =>
      source.value !== undefined &&
      parentPath(`/${source.value.replace(/^\.?\//, '')}`) === parentPath(`/${read.source}`),
  )
  return copy.target === parentPath(read.path) && sameFolder && isWithin(read.path, copy.target)
}

function insertWords(
  dockerfile: Dockerfile,
  text: string,
  lists: readonly Step[],
  joined: readonly Supplied[],
  fits: (read: Supplied) => Step | undefined,
): string {
  let result = text
  for (const list of lists.toReversed()) {
    const words = joined.filter((read) => fits(read) === list).map((read) => read.source)
    const range = list.copy?.destination.range
    if (words.length === 0 || range === undefined) continue
    result = `${result.slice(0, range.start)}${words.join(' ')} ${result.slice(range.start)}`
  }
  return result === dockerfile.text ? text : result
}
