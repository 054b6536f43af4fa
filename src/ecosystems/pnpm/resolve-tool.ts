import { joinPath } from '../../model/paths.ts'
import { lookAtNearestPackage } from '../shared/corepack.ts'
import { parseLocalSpec } from '../shared/local-spec.ts'
import { readUserNpmrc } from '../shared/user-config.ts'
import { storeWrites } from './store-writes.ts'
import type { Command, Effect, ImageFiles } from '../../model/types.ts'

const HARMLESS_KEYS =
  /^(registry|fetch-.*|network-concurrency|strict-ssl|proxy|https-proxy|noproxy|loglevel|reporter|@[^:]+:registry|\/\/.*:_authToken|.*_mirror)$/

/** Global installs and `pnpm config set`; everything else may do anything. */
export function resolveTool(
  command: Command,
  files: ImageFiles,
  action: string,
  rest: readonly string[],
  dir: string,
): Effect {
  // pnpm takes its version and its settings from the directory that it runs in.
  lookAtNearestPackage(files, dir)
  for (const name of ['.npmrc', 'pnpm-workspace.yaml']) files.kind(joinPath(dir, name))
  readUserNpmrc(files, command)
  const env = ['PNPM_*', 'npm_config_*', 'NODE_*', 'XDG_*']
  if (action === 'add') {
    if (rest.some((spec) => parseLocalSpec(spec) !== undefined)) return { known: false }
    const home = command.env.get('PNPM_HOME')
    if (command.env.has('PNPM_HOME') && home === undefined) return { known: false }
    const bins = home === undefined ? [] : [{ tree: joinPath(command.cwd, home), mode: 'merge' } as const]
    return {
      known: true,
      role: 'tool',
      writes: [{ system: true }, ...bins, ...storeWrites(command, () => undefined)],
      env: 'all-but-stamps',
    }
  }
  if (action === 'store') {
    if (rest[0] === 'path') return { known: true, role: 'none', writes: [], env }
    if (rest[0] !== 'prune') return { known: false }
    return { known: true, role: 'none', writes: storeWrites(command, () => undefined), env }
  }
  const pair = action === 'set' ? rest : rest[0] === 'set' ? rest.slice(1) : []
  const key = pair[0]?.split('=')[0]
  if (key === undefined || !HARMLESS_KEYS.test(key)) return { known: false }
  const config = command.env.get('XDG_CONFIG_HOME') ?? joinPath(command.home, '.config')
  return {
    known: true,
    role: 'tool',
    writes: [
      { path: joinPath(command.home, '.npmrc') },
      { tree: joinPath(command.cwd, `${config}/pnpm`), mode: 'merge' },
    ],
    env,
  }
}
