import type { ImageFiles } from '../../model/types.ts'

/** The folder of a manifest as the user names it; `.` at the top of the context. */
export function originFolder(files: ImageFiles, manifest: string): string {
  const origin = files.origin(manifest)
  const slash = origin.lastIndexOf('/')
  return slash < 0 ? '.' : origin.slice(0, slash) || '/'
}
