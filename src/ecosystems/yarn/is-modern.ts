import { joinPath } from '../../model/paths.ts'
import { ancestorsOf } from '../shared/workspaces.ts'
import { isReason } from '../shared/outcome.ts'
import { lookInto } from '../shared/look.ts'
import { parseYaml } from '../shared/parse-yaml.ts'
import { toObject } from '../shared/json-object.ts'
import { readPackage } from '../shared/read-package.ts'
import type { Invocation } from '../shared/match-manager.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/**
 * Whether a project uses Yarn 2 or later: its lockfile, its `packageManager` field or a `yarnPath` says so; or,
 * without a lockfile, the mere presence of a `.yarnrc.yml`.
 */
export function isModern(
  command: Command,
  files: ImageFiles,
  { dir, invocation }: { readonly dir: string; readonly invocation: Invocation },
): boolean | Reason {
  if (invocation.version !== undefined) return !/^(1|classic|legacy)\b/.test(invocation.version)
  if (command.name === 'node') return !isClassicRelease(command.args[0] ?? '')
  let configured = false
  let locked = false
  for (const at of [dir, ...ancestorsOf(dir)]) {
    const config = lookInto(files, joinPath(at, '.yarnrc.yml'))
    if (isReason(config)) return config
    const release = config === undefined ? undefined : toObject(parseYaml(config)[0])['yarnPath']
    if (typeof release === 'string') return !isClassicRelease(release)
    configured ||= config !== undefined
    const info = readPackage(files, at)
    const manager = info === undefined || isReason(info) ? undefined : info.json['packageManager']
    if (typeof manager === 'string' && manager.startsWith('yarn@')) return !/^yarn@[01]\./.test(manager)
    const lock = lookInto(files, joinPath(at, 'yarn.lock'))
    if (isReason(lock)) return lock
    if (lock !== undefined && /^__metadata:/m.test(lock)) return true
    locked ||= lock !== undefined
  }
  return configured && !locked
}

function isClassicRelease(path: string): boolean {
  return /yarn-(legacy-)?[01]\./.test(path)
}
