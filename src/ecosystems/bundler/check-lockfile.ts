import { baseName, joinPath } from '../../model/paths.ts'
import { isReason, type Outcome } from '../shared/outcome.ts'
import { lookAt, lookInto } from '../shared/look.ts'
import { parseLockfile, type Lockfile } from './parse-lockfile.ts'
import type { Gemfile } from './read-gemfile.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/**
 * What an install does to Gemfile.lock. A frozen one leaves it alone and fails without it. Any other writes one that is
 * missing, adds the platform that it runs on, and resolves again what does not fit the Gemfile.
 */
export function checkLockfile(
  command: Command,
  files: ImageFiles,
  gemfile: Gemfile,
  frozen: boolean,
): Outcome {
  const path = lockfilePath(gemfile.path)
  const file = files.origin(path)
  const text = lookInto(files, path)
  if (isReason(text)) return text
  if (text === undefined) {
    return frozen ? { code: 'missing-file', file, command: command.text } : [{ path }]
  }
  const lock = parseLockfile(text)
  if (lock === undefined)
    return { code: 'unreadable-manifest', file, problem: 'it is not a lockfile of Bundler' }
  const cache = checkCache(command, files, joinPath(gemfile.path, '../vendor/cache'), lock)
  if (isReason(cache) || frozen) return cache
  const linux = lock.platforms.some((platform) => platform === 'ruby' || /linux/.test(platform))
  // Programs that find a lockfile without their platform add it, or fail when they must not.
  if (!linux || !fits(gemfile, lock)) return { code: 'stale-lockfile', file, reader: 'bundle exec' }
  const complete = ['x86_64-linux', 'aarch64-linux'].every((platform) => lock.platforms.includes(platform))
  const kept = !gemfile.conditional && (complete || lock.platforms.includes('ruby'))
  return kept ? [] : [{ path, allow: 'lockfile' }]
}

/** `Gemfile.lock`, or `gems.locked` beside `gems.rb`. */
export function lockfilePath(gemfile: string): string {
  return baseName(gemfile) === 'gems.rb' ? gemfile.replace(/\.rb$/, '.locked') : `${gemfile}.lock`
}

function fits(gemfile: Gemfile, { dependencies }: Lockfile): boolean {
  if (gemfile.conditional) return true
  const { gems } = gemfile
  return (
    gems.size === dependencies.size &&
    [...gems].every(([name, requirement]) => dependencies.get(name) === requirement)
  )
}

/**
 * Where gems lie in `vendor/cache` they are taken from there, and an install brings the directory up to date with the
 * lockfile.
 */
function checkCache(command: Command, files: ImageFiles, dir: string, lock: Lockfile): Outcome {
  const kind = lookAt(files, dir)
  if (isReason(kind)) return kind
  if (kind !== 'dir') return []
  files.readTree(dir)
  const cached = files.find(dir, '*.gem').map((path) => baseName(path).replace(/\.gem$/, ''))
  const added = lock.gems.find((gem) => !cached.some((name) => name === gem || name.startsWith(`${gem}-`)))
  const removed = cached.find((name) => !lock.gems.some((gem) => name === gem || name.startsWith(`${gem}-`)))
  if (added === undefined && removed === undefined) return []
  return { code: 'edits-manifest', command: command.text, file: files.origin(dir) }
}
