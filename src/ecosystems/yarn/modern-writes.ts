import { joinPath } from '../../model/paths.ts'
import { isReason, type Outcome } from '../shared/outcome.ts'
import { toStrings } from '../shared/json-object.ts'
import { lookAt } from '../shared/look.ts'
import type { ModernConfig } from './modern-config.ts'
import type { Scene } from '../shared/scene.ts'
import type { ImageFiles, WriteEffect } from '../../model/types.ts'

const PNP_FILES = ['.pnp.cjs', '.pnp.loader.mjs', '.pnp.data.json']
const PNP_PATTERN = /^(\*\*\/|\.\/)?\.pnp\.\*$/

/** What Yarn 2 and later write besides node_modules and the lockfile. */
export function modernWrites(
  { files, root, command }: Scene,
  config: ModernConfig,
  immutable: boolean,
): Outcome {
  const linker = config.get('nodeLinker')
  const pnp = linker === undefined || linker === 'pnp'
  // A committed .pnp.cjs comes back with the sources. An immutable install may have to fail rather than make another:
  // https://yarnpkg.com/configuration/yarnrc#immutablePatterns
  const kept = immutable && toStrings(config.get('immutablePatterns')).some((text) => PNP_PATTERN.test(text))
  const committed = PNP_FILES.filter((name) => files.peekKind(joinPath(root, name)) !== 'absent')
  if (pnp && committed.length > 0 && !kept) {
    return { code: 'tracked-output', path: files.origin(joinPath(root, committed[0] ?? '')) }
  }
  const cacheFolder = config.get('cacheFolder')
  const cache = joinPath(root, typeof cacheFolder === 'string' ? cacheFolder : '.yarn/cache')
  const kind = lookAt(files, cache)
  if (isReason(kind)) return kind
  const unused = kind === 'dir' ? findUnused(files, root, cache) : undefined
  if (unused !== undefined) return { code: 'tracked-output', path: files.origin(unused) }
  if (kind === 'dir') files.readTree(cache)
  const globalFolder = config.get('globalFolder')
  const shared = joinPath(
    root,
    typeof globalFolder === 'string' ? globalFolder : `${command.home}/.yarn/berry`,
  )
  // Under PnP the packages are run from the cache, so that it belongs to the result.
  const allow = pnp ? {} : ({ allow: 'cache' } as const)
  const writes: WriteEffect[] = [
    { path: joinPath(root, '.yarn/install-state.gz'), ignore: '**/.yarn/install-state.gz' },
    { path: joinPath(root, '.yarn/build-state.yml'), ignore: '**/.yarn/build-state.yml' },
    { tree: shared, mode: 'merge', ...allow },
  ]
  // A committed cache that fits is left alone.
  if (kind === 'absent') writes.push({ tree: cache, mode: 'merge', ignore: '**/.yarn/cache' })
  if (!pnp) return writes
  return [
    ...writes,
    ...PNP_FILES.filter((name) => !committed.includes(name)).map((name) => ({
      path: joinPath(root, name),
      ignore: `**/${name}`,
    })),
    { tree: joinPath(root, '.yarn/unplugged'), mode: 'merge', ignore: '**/.yarn/unplugged' },
  ]
}

/** An archive of a committed cache whose checksum, the end of its name, the lockfile does not have: an install removes it. */
function findUnused(files: ImageFiles, root: string, cache: string): string | undefined {
  const lock = files.read(joinPath(root, 'yarn.lock')) ?? ''
  const checksums = new Set(
    [...lock.matchAll(/^ {2}checksum: (?:\w+\/)?(\w{10})/gm)].map(([, start = '']) => start),
  )
  return files.find(cache, '*.zip').find((path) => !checksums.has(/(\w+)\.zip$/.exec(path)?.[1] ?? ''))
}
