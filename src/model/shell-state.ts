import { joinPath } from './paths.ts'
import { resolveWord } from '../dockerfile/shell.ts'
import type { ShellWord, SimpleCommand } from '../dockerfile/shell-types.ts'
import type { Argument } from './types.ts'

/** What a script finds when it starts. */
export interface ShellStart {
  readonly cwd: string
  readonly user: string
  readonly home: string
  readonly env: ReadonlyMap<string, Argument>
  /** `sh -e`. */
  readonly exitsOnError: boolean
}

/** The shell's state as a script runs; each scope owns a copy. */
export interface Shell {
  cwd: string
  /** False once the directory cannot be known. */
  located: boolean
  exitsOnError: boolean
  umask: string | undefined
  readonly variables: Map<string, Argument>
  readonly exports: Map<string, Argument>
}

/** Executes what changes the shell itself; false for every other command. */
export function applyBuiltin(node: SimpleCommand, shell: Shell, start: ShellStart): boolean {
  const value = (word: ShellWord | undefined): Argument =>
    word === undefined ? undefined : resolveWord(word, (name) => lookup(shell, start, name))
  if (node.scripts.length > 0 && node.words.length > 0) return false
  if (node.words.length === 0) {
    if (node.redirects.length > 0 || node.scripts.length > 0) return false
    for (const { name, value: word } of node.assignments) shell.variables.set(name, value(word))
    return true
  }
  const [program, ...rest] = node.words
  switch (value(program)) {
    case 'cd': {
      const target = rest.length === 0 ? start.home : value(rest[0])
      if (target === undefined || target === '-' || rest.length > 1) shell.located = false
      else
        shell.cwd = joinPath(
          shell.cwd,
          rest[0]?.tilde === true ? target.replace(/^~(?=\/|$)/, start.home) : target,
        )
      return true
    }
    case 'set': {
      for (const word of rest) {
        const flags = value(word) ?? ''
        if (/^-[a-z]*e/.test(flags) || flags === 'errexit') shell.exitsOnError = true
        if (/^\+[a-z]*e/.test(flags)) shell.exitsOnError = false
      }
      return true
    }
    case 'export':
      for (const word of rest) {
        const [name = '', ...parts] = (value(word) ?? word.raw).split('=')
        const known = value(word) !== undefined
        shell.exports.set(
          name,
          parts.length === 0 ? shell.variables.get(name) : known ? parts.join('=') : undefined,
        )
      }
      return true
    case 'umask':
      shell.umask = value(rest[0]) ?? node.words.map((word) => word.raw).join(' ')
      return true
    case 'unset':
      for (const word of rest) {
        shell.variables.delete(word.raw)
        shell.exports.set(word.raw, '')
      }
      return true
    default:
      return false
  }
}

/** The value of a variable as the script sees it. */
export function lookup(shell: Shell, start: ShellStart, name: string): Argument {
  if (name === 'HOME') return start.home
  if (name === 'PWD') return shell.located ? shell.cwd : undefined
  if (shell.variables.has(name)) return shell.variables.get(name)
  if (shell.exports.has(name)) return shell.exports.get(name)
  return start.env.get(name)
}

/** A subshell's own state. */
export function copyShell(shell: Shell): Shell {
  return { ...shell, variables: new Map(shell.variables), exports: new Map(shell.exports) }
}
