import { resolveNimble } from './resolve-nimble.ts'
import type { Ecosystem } from '../../model/types.ts'

/** Nim's package manager. */
export const nimble: Ecosystem = {
  id: 'nimble',
  name: 'Nimble',
  docs: 'https://nim-lang.github.io/nimble/',
  commands: ['nimble install -d', 'nimble install --depsOnly -y', 'nimble install NAME', 'nimble refresh'],
  manifests: ['*.nimble', 'nimble.lock', 'nimble.paths', 'config.nims', 'nim.cfg'],
  ignore: ['**/nimcache', '**/nimbledeps'],
  resolve: resolveNimble,
}
