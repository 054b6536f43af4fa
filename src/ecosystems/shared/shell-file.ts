import { listCommands } from '../../model/list-commands.ts'
import { joinPath } from '../../model/paths.ts'
import { lookInto } from './look.ts'
import { isReason } from './outcome.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { PackageInfo } from './read-package.ts'
import type { Scene } from './scene.ts'
import type { ScriptWords } from './split-script.ts'

/**
 * The commands of a shell script of the project that a lifecycle script runs: `bash scripts/setup.sh`, `./setup.sh`. None
 * when the file is missing: then the command fails in the same way wherever the install stands. `undefined` when the
 * words run no such file, or one that cannot be read.
 */
export function readShellFile(
  words: ScriptWords,
  { files }: Scene,
  { dir }: PackageInfo,
): readonly ScriptWords[] | Reason | undefined {
  const [program = '', ...args] = words
  const isShell = /^(sh|bash)$/.test(program)
  const rest = isShell ? args.slice(leadingFlags(args)) : words
  const [file = ''] = rest
  if (!/^(\.\/)?[\w.-]+(\/[\w.-]+)*\.(sh|bash)$/.test(file) || (!isShell && !file.includes('/')))
    return undefined
  const text = lookInto(files, joinPath(dir, file))
  if (text === undefined) return []
  if (isReason(text)) return text
  const [first = ''] = text.split('\n')
  const interpreter = /^#!\s*\/(usr\/)?bin\/(env )?(sh|bash)(\s+-[eux]+)?\s*$/
  return isShell || interpreter.test(first) ? listCommands(text) : undefined
}

function leadingFlags(args: ScriptWords): number {
  const start = args.findIndex((arg) => !/^-[eux]+$/.test(arg))
  return start < 0 ? args.length : start
}
