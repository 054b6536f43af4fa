import { joinPath, parentPath } from '../../model/paths.ts'
import { isReason } from '../shared/outcome.ts'
import { settingsWrites, USUAL_PLACES } from './places.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Argument, Command, Effect, ImageFiles } from '../../model/types.ts'

/** Settings that an install does not allow for: they name other places, or directories of the project. */
const LOCAL_KEYS =
  /^(cache_path|bin|gemfile|local\..*|user_cache_path|app_config|shebang|global_gem_cache|cache_all.*)$/

/** `bundle config set --local without 'development test'`: https://bundler.io/man/bundle-config.1.html */
export function resolveConfig(
  command: Command,
  files: ImageFiles,
  args: readonly Argument[],
  gemfile: string | Reason | undefined,
): Effect {
  if (isReason(gemfile)) return { known: false }
  const words = args.filter((arg) => arg === undefined || !/^--(local|global|parseable)$/.test(arg))
  // Before there was `unset`.
  const [verb, ...rest] = words[0] === '--delete' ? ['unset', ...words.slice(1)] : words
  const env = ['BUNDLE_*', 'GEM_*', 'RUBY*']
  const named = verb === 'set' || verb === 'unset'
  const [key, ...values] = named ? rest : words
  if (verb === 'list' || verb === 'get' || words.length < 2 || (named && key === undefined)) {
    return { known: true, role: 'none', writes: [], env }
  }
  if (key === undefined || key.startsWith('-') || LOCAL_KEYS.test(key)) return { known: false }
  const root = gemfile === undefined ? command.cwd : parentPath(gemfile)
  // Without a Gemfile here the settings would go to another directory than with one above.
  if (root !== command.cwd) return { known: false }
  if (key === 'path' && !values.every((value) => isUsualPlace(root, value))) return { known: false }
  const writes = settingsWrites(command, files, gemfile ?? joinPath(root, 'Gemfile'))
  if (writes === undefined) return { known: false }
  return {
    known: true,
    role: 'files',
    writes: [...writes, { path: joinPath(command.home, '.bundle/config') }],
    env,
  }
}

function isUsualPlace(root: string, value: Argument): boolean {
  if (value === undefined) return false
  const path = joinPath(root, value)
  return (
    /^(true|false)$/.test(value) ||
    [joinPath(root, 'vendor/bundle'), '/usr/local/bundle', ...USUAL_PLACES].includes(path)
  )
}
