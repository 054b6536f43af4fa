import { joinPath } from '../../model/paths.ts'
import { isReason, type Outcome } from '../shared/outcome.ts'
import { lookAt } from '../shared/look.ts'
import type { ModernConfig } from './modern-config.ts'
import type { Scene } from '../shared/scene.ts'
import type { WriteEffect } from '../../model/types.ts'

/** What Yarn 2 and later write besides node_modules and the lockfile. */
export function modernWrites({ files, root, command }: Scene, config: ModernConfig): Outcome {
  const linker = config.get('nodeLinker')
  const pnp = linker === undefined || linker === 'pnp'
  // A committed .pnp.cjs comes back with the sources; it would not be what the install made.
  if (pnp && files.peekKind(joinPath(root, '.pnp.cjs')) !== 'absent') {
    return { code: 'tracked-output', path: files.origin(joinPath(root, '.pnp.cjs')) }
  }
  const cacheFolder = config.get('cacheFolder')
  const cache = joinPath(root, typeof cacheFolder === 'string' ? cacheFolder : '.yarn/cache')
  const kind = lookAt(files, cache)
  if (isReason(kind)) return kind
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
    ...['.pnp.cjs', '.pnp.loader.mjs', '.pnp.data.json'].map((name) => ({
      path: joinPath(root, name),
      ignore: `**/${name}`,
    })),
    { tree: joinPath(root, '.yarn/unplugged'), mode: 'merge', ignore: '**/.yarn/unplugged' },
  ]
}
