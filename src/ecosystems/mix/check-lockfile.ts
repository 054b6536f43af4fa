import { isReason, type Outcome } from '../shared/outcome.ts'
import { isToken, lexCode } from '../shared/lex-code.ts'
import { lookInto } from '../shared/look.ts'
import { satisfies } from './satisfies.ts'
import type { ImageFiles } from '../../model/types.ts'
import type { MixProject } from './read-project.ts'

/** What `mix deps.get` does to mix.lock: it writes one that is missing, and writes again what does not fit. */
export function checkLockfile(
  files: ImageFiles,
  { lockfile, requirements }: MixProject,
  frozen: boolean,
): Outcome {
  const text = lookInto(files, lockfile)
  if (isReason(text)) return text
  if (text === undefined) return requirements.size === 0 || frozen ? [] : [{ path: lockfile }]
  const locked = parseLockfile(text)
  if (locked === undefined) {
    return {
      code: 'unreadable-manifest',
      file: files.origin(lockfile),
      problem: 'it is not a lockfile of Mix',
    }
  }
  const fits = [...requirements].every(([name, requirement]) => {
    const version = locked.get(name)
    return (
      version !== undefined &&
      (requirement === undefined || version === '' || satisfies(version, requirement))
    )
  })
  return fits || frozen ? [] : [{ path: lockfile, allow: 'lockfile' }]
}

/** Names and versions; the version of a repository is empty. */
function parseLockfile(text: string): ReadonlyMap<string, string> | undefined {
  const tokens = lexCode(text, 'elixir')
  const [percent, open] = tokens?.filter((token) => token.kind !== 'newline') ?? []
  if (tokens === undefined || !isToken(percent, '%') || !isToken(open, '{') || /^(<{7}|>{7})/m.test(text))
    return undefined
  const locked = new Map<string, string>()
  for (const [index, token] of tokens.entries()) {
    const [colon, brace, kind, , , , version] = tokens.slice(index + 1, index + 8)
    const quoted = token.kind === 'string' && isToken(colon, ':') && isToken(brace, '{')
    if (quoted) locked.set(token.text, kind?.text === 'hex' && version?.kind === 'string' ? version.text : '')
  }
  return locked
}
