import type { Dockerfile, Instruction } from '../../src/dockerfile/types.ts'

/** Something that stands in the new order: an instruction of the file, perhaps with other text, or new lines. */
export type Item =
  | { readonly instruction: number; readonly text?: string; readonly lead?: string }
  | { readonly text: string; readonly lead?: string }

/**
 * The file with the instructions `first` to `last` (indexes) in another order. An instruction takes the comment lines
 * directly above it along; what stood above those (blank lines, loose comments) stays with it too, unless `lead` says
 * otherwise. Everything outside keeps its bytes. `text` is without a final line end and uses the file's line ends.
 */
export function arrange(dockerfile: Dockerfile, first: number, last: number, items: readonly Item[]): string {
  const { text, blocks, eol } = dockerfile
  const start = blocks[first]?.range.start ?? 0
  const end = blocks[last]?.range.end ?? text.length
  const pieces = items.map((item, position) => {
    const isOriginal = 'instruction' in item
    const own = isOriginal && item.instruction !== first ? leadOf(dockerfile, item.instruction) : ''
    // At the top the region's own blank lines stand already.
    const lead = item.lead ?? (position === 0 && own.trim() === '' ? '' : own)
    const body = isOriginal ? blockText(dockerfile, item.instruction, item.text) : item.text
    return `${lead}${body}`
  })
  const ending = endsWithLineEnd(text.slice(start, end)) ? eol : ''
  return `${text.slice(0, start)}${pieces.join(eol)}${ending}${text.slice(end)}`
}

/** What stands between an instruction's block and the one before it: blank lines and loose comments. */
export function leadOf(dockerfile: Dockerfile, index: number): string {
  const block = dockerfile.blocks[index]
  const before = dockerfile.blocks[index - 1]
  return block === undefined || before === undefined
    ? ''
    : dockerfile.text.slice(before.range.end, block.range.start)
}

/** The white space in front of an instruction's first line. */
export function indentOf(dockerfile: Dockerfile, index: number): string {
  const start = dockerfile.instructions[index]?.range.start ?? 0
  return /[ \t]*$/.exec(dockerfile.text.slice(0, start))?.[0] ?? ''
}

/** Whether an instruction stands in the file; an ONBUILD trigger that runs in a later stage does not. */
export function isOwn(dockerfile: Dockerfile, instruction: Instruction): boolean {
  return dockerfile.instructions[instruction.index] === instruction
}

/** Whether comment lines stand directly above an instruction. */
export function hasComments(dockerfile: Dockerfile, index: number): boolean {
  return (dockerfile.blocks[index]?.comments.length ?? 0) > 0
}

function blockText(dockerfile: Dockerfile, index: number, replacement: string | undefined): string {
  const block = dockerfile.blocks[index]
  const instruction: Instruction | undefined = dockerfile.instructions[index]
  if (block === undefined || instruction === undefined) return replacement ?? ''
  const above = dockerfile.text.slice(block.range.start, instruction.range.start)
  return above + (replacement ?? dockerfile.text.slice(instruction.range.start, instruction.range.end))
}

function endsWithLineEnd(text: string): boolean {
  return text.endsWith('\n')
}

/** A lead with comments belongs to its step alone; blank lines may be repeated. */
export function blank(lead: string): string {
  return lead.trim() === '' ? lead : ''
}
