import { baseName, joinPath, parentPath } from '../../model/paths.ts'
import { lastValue, type ParsedOptions } from '../shared/parse-known-options.ts'
import type { Command } from '../../model/types.ts'

/**
 * Where vcpkg itself may stand, with its ports and what it builds: what the option and `VCPKG_ROOT` name, and the directory
 * of the program, which comes first in some versions. Empty for a program that PATH finds in a directory of another name:
 * it may be a link to anywhere. https://learn.microsoft.com/vcpkg/users/config-environment#vcpkg_root
 */
export function vcpkgRoots(command: Command, options: ParsedOptions): readonly string[] {
  const { cwd, env, program } = command
  if (env.has('VCPKG_ROOT') && env.get('VCPKG_ROOT') === undefined) return []
  const named = [lastValue(options, '--vcpkg-root'), env.get('VCPKG_ROOT')]
  const own =
    program?.includes('/') === true
      ? [parentPath(program)].filter((dir) => !/^\/usr(\/local)?\/s?bin$/.test(dir))
      : (env.get('PATH') ?? '').split(':').filter((dir) => baseName(dir) === 'vcpkg')
  const roots = [...named, ...own].flatMap((dir) =>
    dir === undefined || dir === '' ? [] : joinPath(cwd, dir),
  )
  return [...new Set(roots)]
}
