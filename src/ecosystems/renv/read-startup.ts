import { joinPath } from '../../model/paths.ts'
import { isReason } from '../shared/outcome.ts'
import { lookAt, lookInto } from '../shared/look.ts'
import { parseCalls } from '../shared/parse-calls.ts'
import { runsCode } from '../shared/runs-code.ts'
import type { RCall } from './match-r.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** The usual line that activates renv only where it is there. */
const GUARD = /if\s*\(\s*file\.exists\(\s*(["'])renv\/activate\.R\1\s*\)\s*\)\s*(?=source\b)/g

/**
 * Looks at what R reads when it starts: https://stat.ethz.ch/R-manual/R-devel/library/base/html/Startup.html. Whether the
 * profile activates renv; a profile that does anything else than to set options is a reason.
 */
export function readStartup(command: Command, files: ImageFiles, call: RCall): boolean | Reason {
  const { cwd, home, env } = command
  const environ = env.get('R_ENVIRON_USER') || joinPath(cwd, '.Renviron')
  const profile = env.get('R_PROFILE_USER') || joinPath(cwd, '.Rprofile')
  if (call.data) {
    const kind = lookAt(files, joinPath(cwd, '.RData'))
    if (isReason(kind)) return kind
  }
  const variables = call.environment ? lookInto(files, joinPath(cwd, environ)) : undefined
  if (isReason(variables)) return variables
  // Such variables would move the library, or the profile.
  const moved = /^\s*(?:export\s+)?(RENV_(?:PATHS_\w+|PROFILE|PROJECT)|R_LIBS\w*|R_PROFILE_USER)\s*=/m.exec(
    variables ?? '',
  )?.[1]
  if (moved !== undefined) return { code: 'unknown-argument', text: moved }
  for (const name of ['.Rprofile', '.Renviron']) files.kind(joinPath(home, name))
  if (!call.profile) return false
  const path = joinPath(cwd, profile)
  const text = lookInto(files, path)
  if (isReason(text)) return text
  if (text === undefined) return false
  const statements = parseCalls(text.replace(GUARD, ''))
  if (statements === undefined) return runsCode(files, path, (text.trim().split('\n')[0] ?? '').trim())
  let activates = false
  for (const statement of statements) {
    const [first] = 'using' in statement ? [] : statement.args
    const sourced =
      'name' in statement && statement.name === 'source' && first?.value.kind === 'text'
        ? first.value.text
        : undefined
    if (sourced === 'renv/activate.R') activates = true
    else if (
      !('name' in statement) ||
      !/^(?:options|Sys\.setenv|Sys\.setlocale|message|cat)$/.test(statement.name)
    ) {
      return runsCode(files, path, 'name' in statement ? statement.name : 'using')
    }
  }
  if (!activates) return false
  const script = joinPath(cwd, 'renv/activate.R')
  const kind = lookAt(files, script)
  if (isReason(kind)) return kind
  // Without it every call of R fails, and with the guard it is left out.
  if (kind !== 'file' && text.replace(GUARD, '') === text)
    return { code: 'missing-file', file: files.origin(script), command: command.text }
  return kind === 'file'
}
