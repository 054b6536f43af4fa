import { joinPath } from '../../model/paths.ts'
import { isReason, type Outcome } from '../shared/outcome.ts'
import { lookInto } from '../shared/look.ts'
import { toTexts } from '../shared/json-object.ts'
import type { Config } from '../shared/config.ts'
import type { PackageInfo } from '../shared/read-package.ts'
import type { Scene } from '../shared/scene.ts'

const GROUPS = ['dependencies', 'devDependencies', 'optionalDependencies']

/** What Yarn 1 does to the lockfile: nothing when it is frozen or fits, else it is made or rewritten. */
export function checkClassicLockfile(
  { files, command }: Scene,
  root: PackageInfo,
  members: readonly PackageInfo[],
  config: Config,
): Outcome {
  const path = joinPath(root.dir, 'yarn.lock')
  const text = lookInto(files, path)
  if (isReason(text)) return text
  const frozen = config('frozen-lockfile') === 'true'
  // Yarn 1 itself goes on without a lockfile, and installs what is newest: that is never what was meant.
  if (frozen && text === undefined)
    return { code: 'missing-file', file: files.origin(path), command: command.text }
  if (frozen || config('pure-lockfile') === 'true') return []
  if (config('lockfile') === 'false') return []
  if (text === undefined) return [{ path }]
  return fits(text, root, members) ? [] : [{ path, allow: 'lockfile' }]
}

/** Whether the lockfile has an entry for each range of each package; members need none. */
function fits(text: string, root: PackageInfo, members: readonly PackageInfo[]): boolean {
  if (!/^# yarn lockfile v1$/m.test(text)) return false
  const keys = lockedRanges(text)
  const own = new Set(members.map(({ json }) => json['name']))
  const resolutions = toTexts(root.json['resolutions'])
  return [root, ...members].every(({ json }) =>
    GROUPS.flatMap((group) => [...toTexts(json[group])]).every(
      ([name, range]) =>
        own.has(name) ||
        range.startsWith('link:') ||
        keys.has(`${name}@${range}`) ||
        (resolutions.has(name) && keys.has(`${name}@${resolutions.get(name) ?? ''}`)),
    ),
  )
}

/** The keys of a v1 lockfile: lines without indent that end in a colon, ranges separated by commas, quoted or not. */
function lockedRanges(text: string): ReadonlySet<string> {
  const keys = new Set<string>()
  for (const line of text.split(/\r?\n/)) {
    if (!line.endsWith(':') || /^[\s#]/.test(line)) continue
    for (const match of line.slice(0, -1).matchAll(/"([^"]*)"|([^,\s][^,]*)/g)) {
      keys.add((match[1] ?? match[2] ?? '').trim())
    }
  }
  return keys
}
