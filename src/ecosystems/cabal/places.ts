import { joinPath } from '../../model/paths.ts'
import { cacheHome } from '../shared/scene.ts'
import type { Command } from '../../model/types.ts'

/** Where cabal keeps its config, its package index and what it has built: `CABAL_DIR`, `~/.cabal`, or the XDG directories. */
export function cabalPlaces(command: Command): readonly string[] {
  const { env, home, cwd } = command
  const set = env.get('CABAL_DIR')
  if (set !== undefined && set !== '') return [joinPath(cwd, set)]
  const state = env.get('XDG_STATE_HOME') || joinPath(home, '.local/state')
  const config = env.get('XDG_CONFIG_HOME') || joinPath(home, '.config')
  return [joinPath(home, '.cabal'), `${state}/cabal`, `${cacheHome(command)}/cabal`, `${config}/cabal`]
}

/** Stands for the package index, so that later commands see that `cabal update` has run. */
export function indexPath(command: Command): string {
  return `${cabalPlaces(command)[0] ?? ''}/packages/index`
}
