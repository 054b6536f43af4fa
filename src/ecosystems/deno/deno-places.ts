import { toPath } from '../../effects/targets.ts'
import { cacheHome } from '../shared/scene.ts'
import type { Command } from '../../model/types.ts'

/**
 * Where Deno keeps modules: `DENO_DIR`; when the Dockerfile does not set it, that of the official image or that of the
 * user. Programs run from there, so that it is no mere cache. `undefined` when it cannot be known.
 */
export function denoPlaces(command: Command): readonly string[] | undefined {
  if (!command.env.has('DENO_DIR')) return ['/deno-dir', `${cacheHome(command)}/deno`]
  const path = toPath(command, command.env.get('DENO_DIR'))
  return path === undefined ? undefined : [path]
}
