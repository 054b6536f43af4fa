import { baseName } from './paths.ts'
import type { Argument, Command } from './types.ts'

interface Words extends Omit<Command, 'name' | 'program' | 'args'> {
  readonly words: readonly Argument[]
}

/** Options with a value, of the wrappers that have any. */
const VALUED: Readonly<Record<string, RegExp>> = {
  sudo: /^-[ugpCTr]$|^--(user|group)$/,
  env: /^-[uCS]$|^--(unset|chdir|split-string)$/,
  nice: /^-n$/,
  timeout: /^-[ks]$/,
}

const PLAIN = new Set(['exec', 'time', 'nice', 'command', 'sudo', 'env', 'timeout', 'nohup', 'stdbuf'])

/** The command that is really run: `sudo -E env A=b npm ci` is `npm ci` with A set. */
export function stripWrappers(input: Words): Command | undefined {
  const { words, ...shared } = input
  let rest = words
  let env = shared.env
  let user = shared.user
  for (;;) {
    const [program, ...args] = rest
    const name = program === undefined ? undefined : baseName(program)
    if (name === undefined || !PLAIN.has(name) || args.length === 0) {
      return { ...shared, env, user, name, program, args }
    }
    if (name === 'command' && /^-[vV]$/.test(args[0] ?? ''))
      return { ...shared, env, user, name, program, args }
    let index = 0
    while (index < args.length) {
      const word = args[index]
      if (word === undefined) return undefined
      if (name === 'env' && (word === '-i' || word === '-' || word === '-S')) return undefined
      if (name === 'sudo' && /^-(u|-user$)/.test(word))
        user = word === '-u' ? (args[index + 1] ?? user) : user
      if (VALUED[name]?.test(word)) index += 2
      else if (word.startsWith('-')) index += 1
      else if ((name === 'env' || name === 'sudo') && /^[A-Za-z_]\w*=/.test(word)) {
        env = new Map([...env, [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]])
        index += 1
      } else break
    }
    if (name === 'timeout') index += 1
    rest = args.slice(index)
    if (rest.length === 0) return undefined
  }
}
