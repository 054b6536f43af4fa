/** Whether a path may be asked of a tree: relative, `/`-separated, with nothing that leaves the root; `''` is the root. */
export function isTreePath(path: string): boolean {
  return path === '' || !/(?:^|\/)\.{0,2}(?:\/|$)/.test(path)
}

/** The directory that holds a path; `''` for the root's own entries. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** A path's entry in a directory. */
export function childOf(dir: string, name: string): string {
  return dir === '' ? name : `${dir}/${name}`
}
