import { isWithin, parentPath, relativeTo } from '../../model/paths.ts'
import type { ImageFiles } from '../../model/types.ts'

/**
 * The `.dockerignore` pattern for one output directory whose name is too common for `**` (`lib`, `vendor`): anchored
 * where the manifest lies in the context. Empty when the manifest does not come from the context.
 */
export function ignoreBelow(
  files: ImageFiles,
  manifest: string,
  output: string,
): { readonly ignore?: string } {
  const dir = parentPath(manifest)
  const origin = files.origin(manifest)
  if (origin === manifest || !isWithin(output, dir) || output === dir) return {}
  const slash = origin.lastIndexOf('/')
  return { ignore: `${slash < 0 ? '' : origin.slice(0, slash + 1)}${relativeTo(output, dir)}` }
}
