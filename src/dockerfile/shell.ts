import { parse, type SyntaxNode } from 'unbash'
import { childrenOf } from './shell-children.ts'
import { toScript } from './shell-script.ts'
import type { Script } from './shell-types.ts'

export { resolveWord } from './resolve-word.ts'

/**
 * Parses a shell script (sh or bash; the caller knows the shell). `undefined` when any part of it has a syntax
 * error, also inside substitutions, or is nested in a way whose offsets cannot be told.
 */
export function parseScript(source: string): Script | undefined {
  const script = parse(source)
  return isSound(script) ? toScript(script, source) : undefined
}

function isSound(node: SyntaxNode): boolean {
  switch (node.type) {
    case 'Script':
      // A script in escaped backticks has offsets of its own.
      if (node.source !== undefined || ('errors' in node && node.errors !== undefined)) return false
      break
    case 'CommandExpansion':
    case 'ProcessSubstitution':
    case 'ArithmeticCommandExpansion':
      if (node.script === undefined) return false
      break
    case 'HereDoc':
      if (node.closing === undefined) return false
      break
    default:
  }
  return childrenOf(node).every(isSound)
}
