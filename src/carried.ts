import { isIgnored } from './views.ts'
import type { ModelBuild } from './model/build.ts'
import type { Carried } from './findings/types.ts'

/**
 * Which of the files that a run changes a COPY takes along into the image: the Dockerfile and the ignore file are files
 * of the context like all others. Paths are relative to the context.
 */
export function findCarried(
  build: ModelBuild,
  changed: readonly string[],
  ignoreText: string,
): Carried | undefined {
  const files = changed.filter((path) => !/^(\/|\.\.\/)/.test(path) && !isIgnored(ignoreText, path))
  for (const { copy, writes, instruction } of build.stages.flatMap(({ steps }) => steps)) {
    if (copy === undefined || copy.from !== undefined) continue
    const taken = files.filter((path) =>
      writes.some(({ region }) => {
        if (region.kind !== 'mapped') return false
        // A new ignore file is not in the tree yet.
        return region.root === '' || path.startsWith(`${region.root}/`)
      }),
    )
    if (taken.length > 0) return { copy: instruction.original, files: taken }
  }
  return undefined
}
