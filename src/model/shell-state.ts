import { joinPath } from './paths.ts'
import { resolveWord } from '../dockerfile/shell.ts'
import type { Node, ShellWord, SimpleCommand } from '../dockerfile/shell-types.ts'
import type { Argument } from './types.ts'

/** What a script finds when it starts. */
export interface ShellStart {
  readonly cwd: string
  readonly user: string
  readonly home: string
  readonly env: ReadonlyMap<string, Argument>
  /** Names in `env` whose value no `--build-arg` can change. */
  readonly settled: ReadonlySet<string>
  /** `sh -e`. */
  readonly exitsOnError: boolean
}

/** The shell's state as a script runs; each scope owns a copy. */
export interface Shell {
  cwd: string
  /** The command after which the directory cannot be known. */
  lost?: string
  /** The directories of `pushd`. */
  stack: readonly string[]
  exitsOnError: boolean
  umask: string | undefined
  readonly variables: Map<string, Argument>
  readonly exports: Map<string, Argument>
  /** Names in `variables` whose value no `--build-arg` can change. */
  readonly settled: Set<string>
  /** Bodies by name; `undefined` for one that cannot be known. */
  readonly functions: Map<string, Node | undefined>
}

/** Executes what changes the shell itself; false for every other command. */
export function applyBuiltin(node: SimpleCommand, shell: Shell, start: ShellStart): boolean {
  const value = (word: ShellWord | undefined): Argument =>
    word === undefined ? undefined : resolveWord(word, (name) => lookup(shell, start, name))
  if (node.scripts.length > 0 && node.words.length > 0) return false
  if (node.words.length === 0) {
    if (node.redirects.length > 0 || node.scripts.length > 0) return false
    for (const { name, value: word } of node.assignments) {
      const settled = word === undefined ? '' : resolveSettled(word, shell, start)
      shell.variables.set(name, value(word))
      if (settled === undefined) shell.settled.delete(name)
      else shell.settled.add(name)
    }
    return true
  }
  const [program, ...rest] = node.words
  if (shell.functions.has(program?.raw ?? '')) return false
  switch (value(program)) {
    case 'cd':
      return enter(node, shell, start, rest, value(rest[0]))
    case 'pushd': {
      const from = shell.cwd
      if (rest.length === 0 || /^[-+]/.test(value(rest[0]) ?? '-')) shell.lost = spell(node)
      else enter(node, shell, start, rest, value(rest[0]))
      shell.stack = [...shell.stack, from]
      return true
    }
    case 'popd': {
      const back = shell.stack.at(-1)
      if (back === undefined || rest.length > 0) shell.lost = spell(node)
      else shell.cwd = back
      shell.stack = shell.stack.slice(0, -1)
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
    case 'read':
      if (node.redirects.length > 0) return false
      // What it reads is in the value of the pipe or the loop that it stands in.
      for (const word of rest) if (/^[A-Za-z_]\w*$/.test(word.raw)) shell.variables.set(word.raw, undefined)
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

function enter(
  node: SimpleCommand,
  shell: Shell,
  start: ShellStart,
  words: readonly ShellWord[],
  value: Argument,
): boolean {
  const [word] = words
  const target = word === undefined ? start.home : value
  if (target === undefined || target === '-' || words.length > 1 || word?.hasGlob === true)
    shell.lost = spell(node)
  else
    shell.cwd = joinPath(shell.cwd, word?.tilde === true ? target.replace(/^~(?=\/|$)/, start.home) : target)
  return true
}

function spell({ words }: SimpleCommand): string {
  return words.map(({ raw }) => raw).join(' ')
}

/** The value of a word that is the same whatever the user passes by `--build-arg`. */
export function resolveSettled(word: ShellWord, shell: Shell, start: ShellStart): Argument {
  return resolveWord(word, (name) => {
    if (name === 'HOME' || name === 'PWD') return lookup(shell, start, name)
    if (shell.variables.has(name)) return shell.settled.has(name) ? shell.variables.get(name) : undefined
    if (shell.exports.has(name)) return undefined
    return start.settled.has(name) ? start.env.get(name) : undefined
  })
}

/** The value of a variable as the script sees it. */
export function lookup(shell: Shell, start: ShellStart, name: string): Argument {
  if (name === 'HOME') return start.home
  if (name === 'PWD') return shell.lost === undefined ? shell.cwd : undefined
  if (shell.variables.has(name)) return shell.variables.get(name)
  if (shell.exports.has(name)) return shell.exports.get(name)
  return start.env.get(name)
}

/** A subshell's own state. */
export function copyShell(shell: Shell): Shell {
  return {
    ...shell,
    variables: new Map(shell.variables),
    exports: new Map(shell.exports),
    settled: new Set(shell.settled),
    functions: new Map(shell.functions),
  }
}
