import { joinPath } from '../../model/paths.ts'
import { createConfig, parseNpmrc, parseYarnrc, toEnvConfig, type Config } from '../shared/config.ts'
import { ancestorsOf } from '../shared/workspaces.ts'
import { cacheHome } from '../shared/scene.ts'
import { isReason } from '../shared/outcome.ts'
import { lookInto } from '../shared/look.ts'
import { readUserNpmrc } from '../shared/user-config.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** The settings of Yarn 1: `.yarnrc` and `.npmrc` of the directory and of those above it, then the user's. */
export function readClassicConfig(
  command: Command,
  files: ImageFiles,
  dir: string,
  flags: ReadonlyMap<string, string>,
): Config | Reason {
  const layers = [flags, toEnvConfig(command, 'yarn_'), toEnvConfig(command)]
  for (const at of [dir, ...ancestorsOf(dir)]) {
    for (const [name, parse] of [
      ['.yarnrc', parseYarnrc],
      ['.npmrc', (text: string) => parseNpmrc(text, command.env)],
    ] as const) {
      const text = lookInto(files, joinPath(at, name))
      if (isReason(text)) return text
      if (text !== undefined) layers.push(parse(text))
    }
  }
  const user = joinPath(command.home, '.yarnrc')
  files.kind(user)
  layers.push(parseYarnrc(files.read(user) ?? ''), readUserNpmrc(files, command))
  const config = createConfig(layers)
  // `--install.frozen-lockfile true` in .yarnrc is the flag of one command.
  return (key) => config(key) ?? config(`install.${key}`)
}

/** https://classic.yarnpkg.com/en/docs/cli/cache: root has a cache of its own. */
export function classicCache(command: Command, flags: ReadonlyMap<string, string>): string {
  const set = flags.get('cache-folder') ?? command.env.get('YARN_CACHE_FOLDER')
  if (set !== undefined) return joinPath(command.cwd, set)
  return /^(root|0)(:|$)/.test(command.user) ? '/usr/local/share/.cache/yarn' : `${cacheHome(command)}/yarn`
}
