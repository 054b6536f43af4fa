import { createBlocks } from './blocks.ts'
import { checkInstruction } from './check-instruction.ts'
import { createError } from './create-error.ts'
import { isDockerfileError } from './is-dockerfile-error.ts'
import { scanInstructions, type Scan } from './scan-instructions.ts'
import { createStages } from './stages.ts'
import { hasPlaceholder } from './template.ts'
import type { Dockerfile, DockerfileError, Instruction } from './types.ts'

/**
 * Reads a Dockerfile by BuildKit's rules (August 2026), or says why a builder refuses it. Never throws.
 * https://docs.docker.com/reference/dockerfile/
 */
export function parseDockerfile(text: string): Dockerfile | DockerfileError {
  const scan = scanInstructions(text)
  if (isDockerfileError(scan)) return scan
  const { instructions, directives } = scan
  const error = checkInstructions(text, scan)
  if (error !== undefined) return error
  return {
    text,
    eol: /^[^\n]*\r\n/.test(text) ? '\r\n' : '\n',
    escape: directives.escape,
    directives: directives.values,
    instructions,
    blocks: createBlocks(text, scan.lines, scan.places, directives.lines),
    ...createStages(instructions),
  }
}

function checkInstructions(text: string, { instructions, lines }: Scan): DockerfileError | undefined {
  let hasStage = false
  for (const instruction of instructions) {
    const fault = checkInstruction(instruction)?.fault ?? checkTemplate(instruction)
    if (fault !== undefined) return refuse(text, instruction, fault)
    if (instruction.keyword === 'FROM') hasStage = true
    else if (!hasStage && instruction.keyword !== 'ARG') {
      return refuse(text, instruction, `${instruction.keyword} stands before the first FROM`)
    }
  }
  if (hasStage) return undefined
  const message = instructions.length === 0 ? 'file with no instructions' : 'there is no FROM'
  return { line: Math.max(1, lines.length), column: 1, message }
}

/** An image's name cannot hold braces, so the builder would fail later. */
function checkTemplate({ keyword, words }: Instruction): string | undefined {
  return keyword === 'FROM' && hasPlaceholder(words[0]?.raw ?? '') ? 'looks like a template' : undefined
}

function refuse(text: string, { keywordRange, original }: Instruction, fault: string): DockerfileError {
  return createError(text, keywordRange.start, original, fault)
}
