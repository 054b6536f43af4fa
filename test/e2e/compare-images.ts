import type { Image } from './docker.ts'
import type { TarEntry } from './tar.ts'

/** What differs between two builds of one and the same Dockerfile, by the tool that makes it. */
const NOISE = {
  /** Byte code holds the time of its source. */
  python: /\.pyc$/,
  /** Logs, and the times of downloads. */
  npm: /^\/root\/\.npm\/(_logs|_cacache\/index-v5)\//,
  /** Times of downloads and checks. */
  pnpm: /\/pnpm\/store\/v\d+\/index\/|\/node_modules\/\.(modules\.yaml|pnpm-workspace-state-v\d+\.json)$/,
  /** Compiled code of yarn itself. */
  yarn: /^\/tmp\/v8-compile-cache-0\//,
  apt: /^\/var\/log\/(apt\/|dpkg\.log$)/,
  /** What the compiler keeps for its next run, by time; its counters. */
  go: /^\/root\/(\.cache\/go-build|\.config\/go\/telemetry)\//,
} as const

export type NoiseName = keyof typeof NOISE

export interface Allowed {
  readonly noise: readonly NoiseName[]
  /** Files whose content may differ, or which may be in one image only. */
  readonly changed: readonly string[]
  /** Paths that the second image may lack, with all below them. */
  readonly hidden: readonly string[]
}

/** How the second image differs from the first, a line for each path or setting. */
export function compareImages(
  first: Image,
  second: Image,
  { noise, changed, hidden }: Allowed,
): readonly string[] {
  const isNoise = (path: string): boolean => noise.some((name) => NOISE[name].test(path))
  const isHidden = (path: string): boolean =>
    hidden.some((root) => path === root || path.startsWith(`${root}/`))
  const paths = [...new Set([...first.files.keys(), ...second.files.keys()])].sort()
  const files = paths.flatMap((path) => {
    const before = describeEntry(first.files.get(path))
    const after = describeEntry(second.files.get(path))
    if (
      before === after ||
      isNoise(path) ||
      changed.includes(path) ||
      (after === undefined && isHidden(path))
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
