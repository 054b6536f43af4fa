import type { Image } from './docker.ts'
import type { TarEntry } from './tar.ts'

export interface Allowed {
  /** What differs between two builds of one and the same Dockerfile. */
  readonly noise: readonly RegExp[]
  /** Files whose content may differ, or which may be in one image only. */
  readonly changed: readonly string[]
  /** Paths that the second image may lack, with all below them. */
  readonly hidden: readonly string[]
  /** Directories where the second image may hold more files than the first. */
  readonly caches: readonly string[]
}

/** How the second image differs from the first, a line for each path or setting. */
export function compareImages(
  first: Image,
  second: Image,
  { noise, changed, hidden, caches }: Allowed,
): readonly string[] {
  const isNoise = (path: string): boolean => noise.some((pattern) => pattern.test(path))
  const isBelow = (path: string, roots: readonly string[]): boolean =>
    roots.some((root) => path === root || path.startsWith(`${root}/`))
  const paths = [...new Set([...first.files.keys(), ...second.files.keys()])].sort()
  const files = paths.flatMap((path) => {
    const before = describeEntry(first.files.get(path))
    const after = describeEntry(second.files.get(path))
    if (
      before === after ||
      isNoise(path) ||
      changed.includes(path) ||
      (after === undefined && isBelow(path, hidden)) ||
      (before === undefined && isBelow(path, caches))
    )
      return []
    return [`${path}: ${before ?? 'nothing'} -> ${after ?? 'nothing'}`]
  })
  const config = Object.keys(first.config).flatMap((key) => {
    const [before, after] = [first, second].map(({ config }) => describeSetting(key, config[key]))
    return before === after ? [] : [`${key}: ${before} -> ${after}`]
  })
  return [...files, ...config]
}

function describeEntry(entry: TarEntry | undefined): string | undefined {
  if (entry === undefined) return undefined
  const { type, mode, uid, gid, link, sha256 = '' } = entry
  return [type, mode.toString(8), `${uid}:${gid}`, link ?? sha256.slice(0, 12)].join(' ').trim()
}

/** The order of variables means nothing: no name is there twice. */
function describeSetting(key: string, value: unknown): string {
  return JSON.stringify(key === 'Env' && Array.isArray(value) ? [...value].sort() : value) ?? 'nothing'
}
