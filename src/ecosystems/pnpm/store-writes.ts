import { joinPath } from '../../model/paths.ts'
import { cacheHome } from '../shared/scene.ts'
import type { Config } from '../shared/config.ts'
import type { Command, WriteEffect } from '../../model/types.ts'

/** The store, the metadata cache and the state of pnpm: https://pnpm.io/settings#storedir */
export function storeWrites(command: Command, config: Config): readonly WriteEffect[] {
  const data = command.env.get('XDG_DATA_HOME') || joinPath(command.home, '.local/share')
  const home = command.env.get('PNPM_HOME')
  const store = config('store-dir') ?? (home === undefined ? `${data}/pnpm` : `${home}/store`)
  const state = command.env.get('XDG_STATE_HOME') || joinPath(command.home, '.local/state')
  // pnpm itself, in the version that `packageManager` names, goes below the data directory.
  const tools = home === undefined ? `${data}/pnpm` : home
  // node_modules then links into the store, which is a part of the installation: https://pnpm.io/global-virtual-store
  const linked = config('enable-global-virtual-store') === 'true'
  return [
    ...new Set([
      store,
      tools,
      `${cacheHome(command)}/pnpm`,
      `${state}/pnpm`,
      `${cacheHome(command)}/node-gyp`,
    ]),
  ].map((tree) => ({
    tree: toAbsolute(command, tree),
    mode: 'merge',
    ...(linked && tree === store ? {} : { allow: 'cache' }),
  }))
}

function toAbsolute(command: Command, path: string): string {
  return path.startsWith('~/') ? joinPath(command.home, path.slice(2)) : joinPath(command.cwd, path)
}
