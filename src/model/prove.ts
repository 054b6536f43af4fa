import type { ModelBuild } from './build.ts'
import { compareBuilds } from './compare.ts'
import { rememberedBuild } from './remembered-build.ts'
import type { Dockerfile } from '../dockerfile/types.ts'
import type { FileTree } from '../context/types.ts'
import type { Allowance, Resolve } from './types.ts'

/** Whether two Dockerfiles build the same image from the same context, and which allowances that takes. */
export type Proof =
  | { readonly proven: true; readonly allowances: readonly Allowance[]; readonly after: ModelBuild }
  | { readonly proven: false; readonly differences: readonly string[] }

const ATTEMPTS: readonly (readonly Allowance[])[] = [
  [],
  ['cache'],
  ['warm-up', 'cache'],
  ['lockfile'],
  ['lockfile', 'warm-up', 'cache'],
]

const NONE: ReadonlySet<string> = new Set()

/** Executes both on paper and compares every stage; tolerates as little as possible. */
export function proveSame(before: Dockerfile, after: Dockerfile, context: FileTree, resolve: Resolve): Proof {
  let differences: readonly string[] = []
  const written = new Set(
    [before, after].flatMap((file) => allowancesOf(rememberedBuild(file, context, { resolve }))),
  )
  // A command that stands there already is no warm-up, whatever it could be: what it installs counts.
  const own = new Set(commandsOf(rememberedBuild(before, context, { resolve })))
  const tried = new Set<string>()
  for (const allowances of ATTEMPTS) {
    // An allowance that no write asks for changes nothing: the attempt is one that has failed already.
    const effective = allowances.filter((allowance) => written.has(allowance)).join()
    if (tried.has(effective)) continue
    tried.add(effective)
    const options = {
      resolve,
      tolerance: new Map(allowances.map((allow) => [allow, allow === 'warm-up' ? own : NONE])),
    }
    const result = rememberedBuild(after, context, options)
    const found = compareBuilds(rememberedBuild(before, context, options), result)
    if (found.length === 0) return { proven: true, allowances, after: result }
    differences = differences.length === 0 ? found : differences
  }
  return { proven: false, differences }
}

function commandsOf(build: ModelBuild): readonly string[] {
  return build.stages.flatMap(({ steps }) => steps.flatMap(({ atoms }) => atoms.map(({ text }) => text)))
}

function allowancesOf(build: ModelBuild): readonly Allowance[] {
  return build.stages.flatMap(({ log }) => log.flatMap(({ allow }) => allow ?? []))
}
