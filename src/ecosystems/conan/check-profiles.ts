import { joinPath, parentPath } from '../../model/paths.ts'
import { isReason } from '../shared/outcome.ts'
import { lookInto } from '../shared/look.ts'
import { runsCode } from '../shared/runs-code.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/**
 * Looks at the profiles that options name: paths, or names that Conan looks for in its home and then in the directory.
 * https://docs.conan.io/2/reference/config_files/profiles.html
 */
export function checkProfiles(
  command: Command,
  files: ImageFiles,
  names: readonly string[],
  dir = command.cwd,
): Reason | undefined {
  for (const name of names) {
    const path = joinPath(dir, name)
    const text = lookInto(files, path)
    if (isReason(text)) return text
    if (text === undefined) {
      if (/^\.{1,2}\//.test(name))
        return { code: 'missing-file', file: files.origin(path), command: command.text }
      continue
    }
    // Profiles are templates, which may read files and run programs.
    if (/\{%|\{\{/.test(text)) return runsCode(files, path, '{{')
    const included = [...text.matchAll(/^\s*include\(([^)]*)\)/gm)].map((match) => (match[1] ?? '').trim())
    const reason = checkProfiles(command, files, included, parentPath(path))
    if (reason !== undefined) return reason
  }
  return undefined
}
