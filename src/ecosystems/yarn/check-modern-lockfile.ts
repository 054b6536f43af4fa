import { joinPath } from '../../model/paths.ts'
import { isReason, type Outcome } from '../shared/outcome.ts'
import { lookInto } from '../shared/look.ts'
import { parseYaml } from '../shared/parse-yaml.ts'
import { toObject, toTexts } from '../shared/json-object.ts'
import type { ModernConfig } from './modern-config.ts'
import type { PackageInfo } from '../shared/read-package.ts'
import type { Scene } from '../shared/scene.ts'
import type { WriteEffect } from '../../model/types.ts'

const GROUPS = ['dependencies', 'devDependencies', 'optionalDependencies']

/** Lockfile format of each major version: https://github.com/yarnpkg/berry, LOCKFILE_VERSION. */
const FORMATS: Readonly<Record<string, number>> = { '2': 4, '3': 6, '4': 8 }

/** What Yarn 2 and later do to the lockfile and to the manifests, which they format on every install. */
export function checkModernLockfile(
  { files, command, root }: Scene,
  packages: readonly PackageInfo[],
  flags: ReadonlyMap<string, string>,
  config: ModernConfig,
): Outcome {
  const path = joinPath(root, 'yarn.lock')
  const text = lookInto(files, path)
  if (isReason(text)) return text
  const formatted: readonly WriteEffect[] = packages
    .filter((info) => !isFormatted(info))
    .map((info) => ({ path: info.path, allow: 'lockfile' }))
  if (isImmutable(command.env.get('CI'), flags, config)) {
    if (text === undefined) return { code: 'missing-file', file: files.origin(path), command: command.text }
    return formatted
  }
  if (text === undefined) return [{ path }, ...formatted]
  return fits(text, packages) ? formatted : [{ path, allow: 'lockfile' }, ...formatted]
}

function isImmutable(
  ci: string | undefined,
  flags: ReadonlyMap<string, string>,
  config: ModernConfig,
): boolean {
  const flag = flags.get('immutable') ?? flags.get('frozen-lockfile')
  if (flag !== undefined) return flag === 'true'
  const setting = config.get('enableImmutableInstalls')
  if (setting !== undefined) return setting === true
  return ci !== undefined && ci !== '' && ci !== 'false' && ci !== '0'
}

/** Whether each package has its entry with the ranges of its manifest, in the format of the project's version. */
function fits(text: string, packages: readonly PackageInfo[]): boolean {
  const version = /^__metadata:\r?\n(?: {2}.*\r?\n)*? {2}version: (\d+)/m.exec(text)?.[1]
  const manager = packages[0]?.json['packageManager']
  const major = typeof manager === 'string' ? /^yarn@(\d+)/.exec(manager)?.[1] : undefined
  if (version === undefined || major === undefined || FORMATS[major] !== Number(version)) return false
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

/** Yarn writes manifests back with their indent, a final newline, and sorted dependencies. */
function isFormatted({ text, json }: PackageInfo): boolean {
  const indent = /^([ \t]+)"/m.exec(text)?.[1] ?? '  '
  if (JSON.stringify(json, undefined, indent) + '\n' !== text.replace(/\r\n/g, '\n')) return false
  return [...GROUPS, 'peerDependencies'].every((group) => {
    const names = [...toTexts(json[group]).keys()]
    return names.every((name, index) => index === 0 || (names[index - 1] ?? '') < name)
  })
}
