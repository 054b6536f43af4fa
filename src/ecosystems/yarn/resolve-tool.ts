import { joinPath } from '../../model/paths.ts'
import { ancestorsOf } from '../shared/workspaces.ts'
import { classicCache } from './classic-config.ts'
import { isModern } from './is-modern.ts'
import { lookAtAll } from '../shared/look.ts'
import { parseLocalSpec } from '../shared/local-spec.ts'
import type { Command, Effect, ImageFiles } from '../../model/types.ts'

const CONFIG_FILES = ['.yarnrc', '.yarnrc.yml', '.npmrc', 'package.json']

const HARMLESS_KEYS =
  /^(registry|network-timeout|network-concurrency|strict-ssl|proxy|https-proxy|ignore-engines|.*_mirror)$/

/** Global installs, `yarn config set` and `yarn cache clean`; everything else may do anything. */
export function resolveTool(
  command: Command,
  files: ImageFiles,
  words: readonly string[],
  flags: ReadonlyMap<string, string>,
): Effect {
  const [first, second, ...rest] = words
  const known =
    (first === 'global' && second === 'add') ||
    (first === 'config' && second === 'set') ||
    (first === 'cache' && second === 'clean')
  if (!known || flags.has('cwd')) return { known: false }
  // Yarn takes its version and settings from the directory that it runs in.
  for (const dir of [command.cwd, ...ancestorsOf(command.cwd)]) {
    if (lookAtAll(files, dir, CONFIG_FILES) !== undefined) return { known: false }
  }
  if (isModern(command, files, { dir: command.cwd, invocation: { args: [] } }) !== false)
    return { known: false }
  files.kind(joinPath(command.home, '.yarnrc'))
  const cache = { tree: classicCache(command, flags), mode: 'merge', allow: 'cache' } as const
  if (first === 'global') {
    if (rest.length === 0 || rest.some((spec) => parseLocalSpec(spec) !== undefined)) return { known: false }
    const prefix = flags.get('prefix')
    return {
      known: true,
      role: 'tool',
      writes: [
        prefix === undefined ? { system: true } : { tree: joinPath(command.cwd, prefix), mode: 'merge' },
        { tree: joinPath(command.home, '.config/yarn'), mode: 'merge' },
        cache,
      ],
      env: 'all-but-stamps',
    }
  }
  const env = ['YARN_*', 'npm_config_*', 'NODE_*']
  if (first === 'cache') return { known: true, role: 'none', writes: [cache], env }
  if (!HARMLESS_KEYS.test(rest[0] ?? '')) return { known: false }
  const writes = [
    { path: joinPath(command.home, '.yarnrc') },
    ...(flags.has('-g') ? [{ system: true } as const] : []),
  ]
  return { known: true, role: 'tool', writes, env }
}
