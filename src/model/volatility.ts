import { findStage, type StageBuild } from './build.ts'
import type { Commit, FileTree } from '../context/types.ts'
import type { Step } from './step.ts'

/** A cause of rebuilds: in which share of them it is one, and which steps' own inputs it alters. */
export interface Change {
  readonly weight: number
  readonly touches: (step: Step) => boolean
}

/** Whether a file is of the kind that people edit most, by its ending. */
export function isSource(name: string): boolean {
  return /\.(c|cc|cpp|cs|css|ex|exs|go|html|java|js|jsx|kt|mjs|php|py|rb|rs|scala|sh|swift|ts|tsx|vue)$/.test(
    name,
  )
}

/** How many commits what is usual weighs as much as. */
const PRIOR = 10

/**
 * What rebuilds start from, the weights together 1: each of the commits, with the steps that it alters. What is usual
 * counts as ten commits more, so that a short history decides little and none leaves something to go by.
 */
export function findChanges(
  stages: readonly StageBuild[],
  context: FileTree,
  commits: readonly Commit[],
): readonly Change[] {
  const total = commits.length + PRIOR
  const copies = stages.flatMap((stage) => stage.steps).filter((step) => step.selected.length > 0)
  const selections = copies.map(toSelection)
  const groups = new Map<string, { readonly direct: ReadonlySet<Step>; count: number }>()
  for (const { paths } of commits) {
    const touched = selections.map((has) => paths.some(has))
    const key = touched.join()
    const group = groups.get(key) ?? {
      direct: new Set(copies.filter((_, index) => touched[index])),
      count: 0,
    }
    group.count++
    groups.set(key, group)
  }
  const changes = [...usualChanges(copies, context), ...groups.values()]
  return changes.map(({ direct, count }) => {
    const touched = withCopies(direct, stages)
    return { weight: count / total, touches: (step) => touched.has(step) }
  })
}

/** Sources and directories are edited nine times as often as other files that are copied by name. */
function usualChanges(
  copies: readonly Step[],
  context: FileTree,
): readonly { readonly direct: ReadonlySet<Step>; readonly count: number }[] {
  const sources = copies.filter(({ selected }) =>
    selected.some((path) => path === '' || isSource(path) || context.kind(path) === 'dir'),
  )
  return [
    { direct: new Set(sources), count: 0.9 * PRIOR },
    { direct: new Set(copies), count: 0.1 * PRIOR },
  ]
}

/** Whether a path is one that a step takes from the context, or below one. */
function toSelection({ selected }: Step): (path: string) => boolean {
  const roots = new Set(selected)
  return (path) => {
    if (roots.has('') || roots.has(path)) return true
    for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
      if (roots.has(path.slice(0, slash))) return true
    }
    return false
  }
}

/** The steps themselves, those that copy from a stage in which one of them stands, and the FROM of one built on it. */
function withCopies(direct: ReadonlySet<Step>, stages: readonly StageBuild[]): ReadonlySet<Step> {
  const touched = new Set(direct)
  const changed = new Set<number>()
  stages.forEach((stage, index) => {
    const [base] = stage.steps
    if (stage.parent !== undefined && changed.has(stage.parent) && base !== undefined) touched.add(base)
    for (const step of stage.steps) {
      const from =
        step.copy?.from === undefined ? undefined : findStage(stages.slice(0, index), step.copy.from)
      if (from !== undefined && changed.has(from)) touched.add(step)
      if (touched.has(step)) changed.add(index)
    }
  })
  return touched
}
