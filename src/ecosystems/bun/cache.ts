import { joinPath } from '../../model/paths.ts'
import type { Command } from '../../model/types.ts'

/** Where Bun keeps packages: an option, a variable, bunfig's `install.cache`, or below `BUN_INSTALL`. */
export function bunCache(
  command: Command,
  flags: ReadonlyMap<string, string>,
  configured: string | undefined,
): string {
  const { env, cwd, home } = command
  const set = flags.get('cache-dir') ?? env.get('BUN_INSTALL_CACHE_DIR') ?? configured
  if (set !== undefined && set !== '') return joinPath(cwd, set.replace(/^~(?=\/)/, home))
  const own = env.get('BUN_INSTALL')
  if (own !== undefined && own !== '') return joinPath(cwd, `${own}/install/cache`)
  const base = env.get('XDG_CACHE_HOME')
  return base === undefined || base === ''
    ? joinPath(home, '.bun/install/cache')
    : `${base}/.bun/install/cache`
}
