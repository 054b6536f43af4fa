import { joinPath } from '../../model/paths.ts'
import { isReason, type Outcome } from '../shared/outcome.ts'
import { lookInto } from '../shared/look.ts'
import { parseYaml } from '../shared/parse-yaml.ts'
import { toObject, toTexts } from '../shared/json-object.ts'
import type { ModernConfig } from './modern-config.ts'
import type { PackageInfo } from '../shared/read-package.ts'
import type { Scene } from '../shared/scene.ts'
import type { YarnRequest } from './resolve-yarn.ts'
import type { Command, WriteEffect } from '../../model/types.ts'

const GROUPS = ['dependencies', 'devDependencies', 'optionalDependencies']

/** Lockfile formats, newest first, and the version that begins each: https://github.com/yarnpkg/berry, LOCKFILE_VERSION. */
const FORMATS = [
  { since: [4, 15], format: 10 },
  { since: [4, 14], format: 9 },
  { since: [4, 0], format: 8 },
  { since: [3, 0], format: 6 },
  { since: [2, 0], format: 4 },
] as const

/** What Yarn 2 and later do to the lockfile and to the manifests, which they format on every install. */
export function checkModernLockfile(
  { files, command, root }: Scene,
  packages: readonly PackageInfo[],
  config: ModernConfig,
  request: YarnRequest,
): Outcome {
  const path = joinPath(root, 'yarn.lock')
  const text = lookInto(files, path)
  if (isReason(text)) return text
  // It takes over what is in one of Yarn 1, and may add a .yarnrc.yml to go with it.
  if (text !== undefined && /^# yarn lockfile v1$/m.test(text))
    return { code: 'unreadable-manifest', file: files.origin(path), problem: 'it is one of Yarn 1' }
  // Without one it would install what is newest, and keep no record of it.
  if (text === undefined && (request.focused || isImmutable(command, config, request)))
    return { code: 'missing-file', file: files.origin(path), command: command.text }
  // It changes manifests in memory only.
  if (request.focused) return []
  const formatted: readonly WriteEffect[] = packages
    .filter((info) => !isFormatted(info))
    .map((info) => ({ path: info.path, allow: 'lockfile' }))
  if (isImmutable(command, config, request)) return formatted
  if (text === undefined) return [{ path }, ...formatted]
  return fits(text, packages) ? formatted : [{ path, allow: 'lockfile' }, ...formatted]
}

/** Whether an install fails rather than change the lockfile: https://yarnpkg.com/cli/install#options-immutable */
export function isImmutable(command: Command, config: ModernConfig, { flags }: YarnRequest): boolean {
  const flag = flags.get('immutable') ?? flags.get('frozen-lockfile')
  if (flag !== undefined) return flag === 'true'
  const setting = config.get('enableImmutableInstalls')
  if (setting !== undefined) return setting === true
  const ci = command.env.get('CI')
  return ci !== undefined && ci !== '' && ci !== 'false' && ci !== '0'
}

/** Whether each package has its entry with the ranges of its manifest, in the format of the project's version. */
function fits(text: string, packages: readonly PackageInfo[]): boolean {
  const version = /^__metadata:\r?\n(?: {2}.*\r?\n)*? {2}version: (\d+)/m.exec(text)?.[1]
  const manager = packages[0]?.json['packageManager']
  if (version === undefined || formatOf(manager) !== Number(version)) return false
  const entries = new Map<string, ReadonlyMap<string, string>>()
  for (const block of text.split(/\r?\n\r?\n/)) {
    if (!/^"?[^\s#].*@workspace:/.test(block)) continue
    const values = parseYaml(block)
    if (typeof values === 'string') return false
    for (const [key, entry] of Object.entries(toObject(values[0]))) {
      entries.set(key.replace(/@workspace:.*$/, ''), toTexts(toObject(entry)['dependencies']))
    }
  }
  return packages.every(({ json }) => {
    const locked = entries.get(String(json['name']))
    const wanted = new Map(GROUPS.flatMap((group) => [...toTexts(json[group])]))
    if (locked?.size !== wanted.size) return false
    return [...wanted].every(([name, range]) => [range, `npm:${range}`].includes(locked.get(name) ?? ''))
  })
}

/** The lockfile format of the version that `packageManager` asks for. */
function formatOf(manager: unknown): number | undefined {
  const [, major, minor] = (typeof manager === 'string' && /^yarn@(\d+)\.(\d+)/.exec(manager)) || []
  const version = Number(major) * 1000 + Number(minor)
  return FORMATS.find(({ since }) => version >= since[0] * 1000 + since[1])?.format
}

/** Yarn writes manifests back with their indent, a final newline, and sorted dependencies. */
function isFormatted({ text, json }: PackageInfo): boolean {
  const indent = /^([ \t]+)"/m.exec(text)?.[1] ?? '  '
  if (JSON.stringify(json, undefined, indent) + '\n' !== text.replace(/\r\n/g, '\n')) return false
  return [...GROUPS, 'peerDependencies'].every((group) => {
    const names = [...toTexts(json[group]).keys()]
    return names.every((name, index) => index === 0 || (names[index - 1] ?? '') < name)
  })
}
