import { joinPath } from '../../model/paths.ts'
import type { Command } from '../../model/types.ts'

/**
 * The source directory of a `cmake` that configures with vcpkg's toolchain, given on the command line or in the
 * environment; `undefined` for any other.
 */
export function toolchainSource({ args, env, cwd }: Command): string | undefined {
  const known = args.filter((arg) => arg !== undefined)
  const set = known
    .map((arg) => /^-D?CMAKE_TOOLCHAIN_FILE(?::\w+)?=(.*)$/.exec(arg)?.[1])
    .find((value) => value !== undefined)
  const toolchain = set ?? env.get('CMAKE_TOOLCHAIN_FILE') ?? ''
  if (!/(^|\/)vcpkg\.cmake$/.test(toolchain) || known.includes('--build') || known.includes('-E'))
    return undefined
  const at = known.findIndex((arg) => arg.startsWith('-S'))
  const named = at < 0 ? undefined : known[at] === '-S' ? known[at + 1] : known[at]?.slice(2)
  const operand = known.find(
    (arg, index) => !arg.startsWith('-') && !/^-[BGDCT]$/.test(known[index - 1] ?? ''),
  )
  return joinPath(cwd, named ?? operand ?? '.')
}
