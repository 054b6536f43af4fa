import type { Dockerfile } from './types.ts'

export interface IgnoreComments {
  /** Set when the file is not to be touched: the reason, empty when none is given. */
  readonly file?: string
  /** Instruction index to reason, empty when none is given. */
  readonly instructions: ReadonlyMap<number, string>
}

/**
 * Reads `# dockerfix-ignore [reason]` directly above an instruction, and `# dockerfix-ignore-file [reason]` before
 * the first instruction.
 */
export function readIgnoreComments({ text, instructions, blocks }: Dockerfile): IgnoreComments {
  const found = new Map<number, string>()
  for (const { index } of instructions) {
    const reason = findReason(blocks[index]?.comments ?? [], 'dockerfix-ignore')
    if (reason !== undefined) found.set(index, reason)
  }
  const head = text.slice(0, instructions[0]?.range.start ?? 0).split('\n')
  const file = findReason(head, 'dockerfix-ignore-file')
  return { ...(file === undefined ? {} : { file }), instructions: found }
}

function findReason(comments: readonly string[], name: string): string | undefined {
  for (const comment of comments) {
    const match = /^\uFEFF?\s*#\s*(dockerfix-ignore(?:-file)?)(?:[:\s]\s*(.*))?$/.exec(comment.trimEnd())
    if (match?.[1] === name) return match[2]?.trim() ?? ''
  }
  return undefined
}
