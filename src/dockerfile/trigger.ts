import { checkInstruction } from './check-instruction.ts'
import { createError } from './create-error.ts'
import { isDockerfileError } from './is-dockerfile-error.ts'
import { scanInstructions } from './scan-instructions.ts'
import type { DockerfileError, Instruction } from './types.ts'

/**
 * Reads the text of an ONBUILD trigger as the builder does when it runs it: anew, with the default escape character.
 * All ranges are offsets into the trigger's text.
 */
export function parseTrigger(text: string): Instruction | DockerfileError {
  const scan = scanInstructions(text)
  if (isDockerfileError(scan)) return scan
  const [instruction, ...others] = scan.instructions
  if (instruction === undefined || others.length > 0) {
    return { line: 1, column: 1, message: 'an ONBUILD trigger must be one instruction' }
  }
  const fault = checkInstruction(instruction)
  if (fault === undefined) return instruction
  return createError(text, instruction.keywordRange.start, instruction.original, fault.fault)
}
