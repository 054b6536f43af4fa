/** A shell that is called with a script: `bash -lc '…'`, or one that reads its script from the standard input: `bash -e`. */
export interface ShellCall {
  /** Absent when the script comes from the standard input. */
  readonly source?: string
  /** `-e`, also among the options of `-o`. */
  readonly exitsOnError: boolean
}

/**
 * Reads the call of a POSIX shell; `undefined` for other programs, for scripts in files, for arguments after the script,
 * and for options that make the shell read or do something else.
 */
export function parseShellCall(words: readonly (string | undefined)[]): ShellCall | undefined {
  const [program, ...args] = words
  if (program === undefined || !/^(\/(usr\/)?bin\/)?(sh|bash|ash|dash)$/.test(program)) return undefined
  let exitsOnError = false
  let index = 0
  let takesScript = false
  for (; index < args.length && !takesScript; index++) {
    const option = args[index]
    if (option === undefined) return undefined
    if (option === '--login' || option === '--norc' || option === '--noprofile') continue
    const letters = /^-([a-z]+)$/.exec(option)?.[1]
    if (letters === undefined || !/^[celuxso]+$/.test(letters)) return undefined
    exitsOnError ||= letters.includes('e')
    takesScript = letters.includes('c')
    if (!letters.includes('o')) continue
    const name = args[++index]
    if (name === undefined || !/^(pipefail|errexit|nounset|xtrace)$/.test(name)) return undefined
    exitsOnError ||= name === 'errexit'
  }
  if (!takesScript) return index === args.length ? { exitsOnError } : undefined
  const source = args[index]
  return source === undefined || index !== args.length - 1 ? undefined : { source, exitsOnError }
}
