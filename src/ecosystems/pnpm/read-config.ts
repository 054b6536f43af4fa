import { joinPath } from '../../model/paths.ts'
import { createConfig, parseNpmrc, toEnvConfig, type Config } from '../shared/config.ts'
import { isReason } from '../shared/outcome.ts'
import { lookInto } from '../shared/look.ts'
import { readUserNpmrc } from '../shared/user-config.ts'
import { toObject, type JsonObject } from '../shared/json-object.ts'
import type { PnpmProject } from './read-workspace.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** Settings by their `.npmrc` names, from the command line down to the user's files: https://pnpm.io/settings */
export function readConfig(
  command: Command,
  files: ImageFiles,
  { dir, root, settings }: PnpmProject,
  flags: ReadonlyMap<string, string>,
): Config | Reason {
  const npmrc = lookInto(files, joinPath(dir, '.npmrc'))
  if (isReason(npmrc)) return npmrc
  const config = command.env.get('XDG_CONFIG_HOME') ?? joinPath(command.home, '.config')
  const options = new Map([...flags].map(([key, value]) => [key.replace(/^config\./, ''), value]))
  return createConfig([
    options,
    toEnvConfig(command, 'pnpm_config_'),
    toEnvConfig(command),
    toSettings(settings),
    parseNpmrc(npmrc ?? '', command.env),
    toSettings(toObject(root?.json['pnpm'])),
    readUserNpmrc(files, command, [joinPath(command.cwd, `${config}/pnpm/rc`)]),
  ])
}

/** `nodeLinker: hoisted` as `node-linker`. */
function toSettings(settings: JsonObject): ReadonlyMap<string, string> {
  const layer = new Map<string, string>()
  for (const [key, value] of Object.entries(settings)) {
    if (!['string', 'number', 'boolean'].includes(typeof value)) continue
    layer.set(
      key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      String(value),
    )
  }
  return layer
}
