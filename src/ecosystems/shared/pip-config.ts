import { toPath } from '../../effects/targets.ts'
import { joinPath } from '../../model/paths.ts'
import { lookAtDownloadHome } from './download-home.ts'
import { unknown } from './requirement-closure.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** Settings that name files or places. */
const LOCAL_SETTING =
  /^\s*(constraint|requirement|editable|find-links|target|prefix|root|src|log|build-constraint)(?=\s*[=:])/m

/** pip's own configuration, and what git and build backends read in the home. https://pip.pypa.io/en/stable/topics/configuration/ */
export function lookAtConfig(command: Command, files: ImageFiles): Reason | undefined {
  const { env, home, cwd } = command
  lookAtDownloadHome(command, files)
  files.kind(joinPath(home, '.pydistutils.cfg'))
  const config = env.get('XDG_CONFIG_HOME') || joinPath(home, '.config')
  const active = env.get('VIRTUAL_ENV')
  const paths = [
    '/etc/pip.conf',
    '/etc/xdg/pip/pip.conf',
    joinPath(home, '.pip/pip.conf'),
    joinPath(config, 'pip/pip.conf'),
  ]
  if (active !== undefined && active !== '') paths.push(joinPath(joinPath(cwd, active), 'pip.conf'))
  if (env.has('PIP_CONFIG_FILE')) {
    const path = toPath(command, env.get('PIP_CONFIG_FILE'))
    if (path === undefined) return unknown('PIP_CONFIG_FILE')
    if (!path.startsWith('/dev/')) paths.push(path)
  }
  for (const path of paths) {
    files.kind(path)
    const text = files.peek(path) ?? ''
    const setting = LOCAL_SETTING.exec(text)?.[0]
    if (setting !== undefined) return unknown(`${setting.trim()} in ${files.origin(path)}`)
  }
  return undefined
}
