import { joinPath } from './paths.ts'
import { resolveSettled, type Shell } from './shell-state.ts'
import type { Node, ShellWord } from '../dockerfile/shell-types.ts'
import type { Walk } from './unit.ts'
import type { Argument } from './types.ts'

/**
 * Whether a condition holds, where the files of the image by then, or values that no `--build-arg` can change, decide it:
 * `[ -f yarn.lock ]`, `[[ ! -d ci ]]`, `test "$MODE" = dev`. `undefined` when it takes a build to know.
 */
export function decide(walk: Walk, node: Node, shell: Shell): boolean | undefined {
  if (walk.kind === undefined || shell.lost !== undefined) return undefined
  if (node.kind === 'pipeline') {
    const [only, ...others] = node.parts
    const answer = only === undefined || others.length > 0 ? undefined : decide(walk, only, shell)
    return answer === undefined ? undefined : answer !== node.negated
  }
  if (node.kind === 'and-or') return decideChain(walk, node.parts, node.operators, shell)
  if (node.kind !== 'command' || node.assignments.length + node.scripts.length > 0) return undefined
  const [program, ...rest] = node.words
  const name = program === undefined ? undefined : valueOf(program)
  if (name === 'true' || name === ':') return true
  if (name === 'false') return false
  if (shell.functions.has(name ?? '') || (name !== 'test' && name !== '[')) return undefined
  const words = name === '[' ? rest.slice(0, -1) : rest
  if (name === '[' && valueOf(rest.at(-1)) !== ']') return undefined
  return decideTest(walk, words, shell)
}

function decideChain(
  walk: Walk,
  parts: readonly Node[],
  operators: readonly ('&&' | '||')[],
  shell: Shell,
): boolean | undefined {
  const [first, ...rest] = parts
  let answer = first === undefined ? undefined : decide(walk, first, shell)
  for (const [index, part] of rest.entries()) {
    if (answer === undefined) return undefined
    if ((operators[index] === '&&') === answer) answer = decide(walk, part, shell)
  }
  return answer
}

function decideTest(walk: Walk, words: readonly ShellWord[], shell: Shell): boolean | undefined {
  const [first, second, third, ...others] = words
  if (first === undefined) return false
  if (valueOf(first) === '!' && second !== undefined) {
    const answer = decideTest(walk, words.slice(1), shell)
    return answer === undefined ? undefined : !answer
  }
  const value = (word: ShellWord): Argument =>
    word.hasGlob || word.tilde ? undefined : resolveSettled(word, shell, walk.start)
  if (second === undefined) {
    const text = value(first)
    return text === undefined ? undefined : text !== ''
  }
  if (third === undefined) {
    const operand = value(second)
    return operand === undefined ? undefined : decideUnary(walk, valueOf(first), operand, shell)
  }
  const [left, operator, right] = [value(first), valueOf(second), value(third)]
  if (others.length > 0 || left === undefined || right === undefined) return undefined
  if (operator === '=' || operator === '==') return left === right
  return operator === '!=' ? left !== right : undefined
}

function decideUnary(walk: Walk, operator: Argument, operand: string, shell: Shell): boolean | undefined {
  if (operator === '-n') return operand !== ''
  if (operator === '-z') return operand === ''
  if (operand === '' || (operator !== '-f' && operator !== '-d' && operator !== '-e')) return undefined
  const kind = walk.kind?.(joinPath(shell.cwd, operand))
  if (kind === undefined || kind === 'unknown' || kind === 'symlink') return undefined
  if (operator === '-f') return kind === 'file'
  return operator === '-d' ? kind === 'dir' : kind !== 'absent'
}

/** What a word says without any variable. */
function valueOf(word: ShellWord | undefined): Argument {
  const [part, ...others] = word?.parts ?? []
  return part?.kind === 'text' && others.length === 0 ? part.value : undefined
}
