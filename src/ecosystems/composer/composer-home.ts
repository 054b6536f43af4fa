import { joinPath } from '../../model/paths.ts'
import { cacheHome } from '../shared/scene.ts'
import type { Command, WriteEffect } from '../../model/types.ts'

/** Where Composer keeps its own settings: `COMPOSER_HOME`, or one of these. https://getcomposer.org/doc/03-cli.md#composer-home */
export function composerHomes({ env, home, cwd }: Command): readonly string[] {
  const given = env.get('COMPOSER_HOME') ?? ''
  if (given !== '') return [joinPath(cwd, given)]
  const config = env.get('XDG_CONFIG_HOME') || joinPath(home, '.config')
  return [joinPath(home, '.composer'), joinPath(config, 'composer')]
}

/** The downloads, and the notes that Composer keeps beside them; the official image has its home in /tmp. */
export function cacheWrites(command: Command): readonly WriteEffect[] {
  const { env, home, cwd } = command
  const given = env.get('COMPOSER_CACHE_DIR') ?? ''
  const caches = given === '' ? ['/tmp/cache', `${cacheHome(command)}/composer`] : [joinPath(cwd, given)]
  const trees = [...caches, ...composerHomes(command), joinPath(home, '.local/share/composer')]
  return [
    ...trees.map((tree): WriteEffect => ({ tree, mode: 'merge', allow: 'cache' })),
    { path: '/tmp/.htaccess', allow: 'cache' },
  ]
}
