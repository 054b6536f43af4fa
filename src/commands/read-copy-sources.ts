import { isDockerfileError } from '../dockerfile/is-dockerfile-error.ts'
import { parseDockerfile } from '../dockerfile/scan.ts'
import type { Instruction } from '../dockerfile/types.ts'

/**
 * The sources that a Dockerfile's COPY and ADD instructions take from the context, as far as they are spelled without
 * variables and patterns. Empty for a text that is no Dockerfile.
 */
export function readCopySources(text: string): readonly string[] {
  // Whatever is wrong with such a file is told when it is fixed; it need not be parsed to find its context.
  if (text.length > 1_000_000 || text.includes('\0')) return []
  const dockerfile = parseDockerfile(text)
  if (isDockerfileError(dockerfile)) return []
  return dockerfile.instructions.flatMap((instruction) => toSources(instruction)).filter(isLiteral)
}

function toSources({ keyword, flags, json, words, heredocs }: Instruction): readonly string[] {
  const isContextCopy = ['COPY', 'ADD'].includes(keyword) && !flags.some(({ name }) => name === 'from')
  if (!isContextCopy || heredocs.length > 0) return []
  return (json ?? words.map(({ raw }) => raw.replace(/^(["'])(.*)\1$/, '$2'))).slice(0, -1)
}

function isLiteral(source: string): boolean {
  return !/[$*?[\]\\"'`]/.test(source) && !/^[a-z][a-z+]*:\/\/|^git@/i.test(source)
}
