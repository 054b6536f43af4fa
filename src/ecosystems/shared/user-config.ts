import { joinPath } from '../../model/paths.ts'
import { parseNpmrc } from './config.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/**
 * The settings of the user and of the machine, recorded. A file that a command of the Dockerfile wrote is looked at,
 * but its content is not known: it is believed to hold addresses and credentials, and no paths of the project.
 */
export function readUserNpmrc(
  files: ImageFiles,
  command: Command,
  paths: readonly string[] = [],
): ReadonlyMap<string, string> {
  const userconfig = [...command.env].find(([name]) => name.toLowerCase() === 'npm_config_userconfig')?.[1]
  const layers = [
    userconfig === undefined ? joinPath(command.home, '.npmrc') : joinPath(command.cwd, userconfig),
    ...paths,
    '/usr/local/etc/npmrc',
  ].map((path) => {
    files.kind(path)
    return parseNpmrc(files.read(path) ?? '', command.env)
  })
  return new Map(layers.reverse().flatMap((layer) => [...layer]))
}
