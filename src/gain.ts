import { forecastCache, type Forecast } from './model/cache.ts'
import { changedTree } from './model/changed-tree.ts'
import { rememberedBuild } from './model/remembered-build.ts'
import { isSource } from './model/volatility.ts'
import type { Dockerfile } from './dockerfile/types.ts'
import type { FileTree } from './context/types.ts'
import type { Gain } from './findings/types.ts'
import type { Resolve } from './model/types.ts'

/** What an edit of one source file re-runs before and after; absent when the rewrite does not show there. */
export function measureGain(
  before: Dockerfile,
  after: Dockerfile,
  context: FileTree,
  resolve: Resolve,
): Gain | undefined {
  const change = pickSource(before, after, context, resolve)
  if (change === undefined) return undefined
  const old = forecast(before, context, change, resolve)
  const now = forecast(after, context, change, resolve)
  const ran = old.filter((step) => !step.cached).map(toText)
  const runs = now.filter((step) => !step.cached).map(toText)
  const untouched = new Set(old.filter((step) => step.cached).map(toText))
  const kept = now
    .filter((step) => step.cached && step.step.instruction.keyword === 'RUN')
    .map(toText)
    .filter((text) => !untouched.has(text))
  return kept.length > 0 || runs.length < ran.length ? { change, before: ran, after: runs, kept } : undefined
}

/** A source file that some copy takes along and that no rewrite copies by name. */
function pickSource(
  before: Dockerfile,
  after: Dockerfile,
  context: FileTree,
  resolve: Resolve,
): string | undefined {
  const named = new Set(
    rememberedBuild(after, context, { resolve }).stages.flatMap((stage) =>
      stage.steps.flatMap((step) => step.selected),
    ),
  )
  const roots = rememberedBuild(before, context, { resolve }).stages.flatMap((stage) =>
    stage.steps.flatMap((step) => (step.copy?.from === undefined ? step.selected : [])),
  )
  let second: string | undefined
  for (const root of roots.filter((path) => path === '' || context.kind(path) === 'dir')) {
    for (const file of firstSources(context, root)) {
      if (named.has(file)) continue
      if (!/(^|\/)(conf(ig)?|setup|test)/.test(file)) return file
      second ??= file
    }
  }
  return second
}

/** Source files near the top of a directory, a bounded number; no more of a large context is walked than is asked for. */
function* firstSources(tree: FileTree, root: string): Generator<string> {
  let found = 0
  let dirs = [root]
  for (let depth = 0; depth < 4 && found < 20; depth++) {
    const next: string[] = []
    for (const dir of dirs.slice(0, 50)) {
      for (const name of tree.list(dir).slice(0, 200)) {
        const path = dir === '' ? name : `${dir}/${name}`
        if (tree.kind(path) === 'dir') next.push(path)
        else if (isSource(name)) {
          found++
          yield path
        }
      }
    }
    dirs = next
  }
}

function forecast(
  dockerfile: Dockerfile,
  context: FileTree,
  change: string,
  resolve: Resolve,
): readonly Forecast[] {
  const first = rememberedBuild(dockerfile, context, { resolve })
  const second = rememberedBuild(dockerfile, changedTree(context, [change]), { resolve })
  return forecastCache(first, second)
}

function toText({ step }: Forecast): string {
  return step.instruction.original.replace(/\s+/g, ' ').trim()
}
