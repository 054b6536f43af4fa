import { buildModel, type ModelBuild } from './build.ts'
import { STRICT, type Tolerance } from './log.ts'
import type { Dockerfile } from '../dockerfile/types.ts'
import type { FileTree } from '../context/types.ts'
import type { Resolve } from './types.ts'

/**
 * As `buildModel` without arguments, but once for each Dockerfile, context and tolerance: a proof, the rounds of a
 * transform and the gain ask for the same builds again and again. Forgotten with the Dockerfile or the context.
 */
export function rememberedBuild(
  dockerfile: Dockerfile,
  context: FileTree,
  { resolve, tolerance = STRICT }: { readonly resolve: Resolve; readonly tolerance?: Tolerance },
): ModelBuild {
  const builds = buildsOf(buildsOf(known, dockerfile, newWeakMap), context, newMap)
  const key = [...tolerance]
    .map(([allow, texts]) => [allow, ...texts].join('\0'))
    .sort()
    .join('\n')
  const found = builds.get(key)
  if (found?.resolve === resolve) return found.build
  const build = buildModel(dockerfile, context, { resolve, tolerance })
  builds.set(key, { resolve, build })
  return build
}

interface Remembered {
  readonly resolve: Resolve
  readonly build: ModelBuild
}

type ByTolerance = Map<string, Remembered>

const known = new WeakMap<Dockerfile, WeakMap<FileTree, ByTolerance>>()

const newMap = (): ByTolerance => new Map()
const newWeakMap = (): WeakMap<FileTree, ByTolerance> => new WeakMap()

function buildsOf<K extends object, V>(map: WeakMap<K, V>, key: K, create: () => V): V {
  const found = map.get(key)
  if (found !== undefined) return found
  const created = create()
  map.set(key, created)
  return created
}
