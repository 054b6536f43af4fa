import { matchKeyword } from './instruction-table.ts'
import { hasPlaceholder } from './template.ts'
import type { DockerfileError } from './types.ts'

/** Keywords whose arguments may hold braces of their own: `docker inspect --format '{{.Id}}'`. */
const shellKeywords = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'ONBUILD'])

/** The refusal of an instruction whose keyword stands at an offset of the text; `line` is its logical line. */
export function createError(text: string, offset: number, line: string, fault: string): DockerfileError {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  const start = lineStart === 0 && text.startsWith('\uFEFF') ? 1 : lineStart
  return {
    line: before.split('\n').length,
    column: Math.max(offset - start, 0) + 1,
    message: isTemplate(line) ? `looks like a template: ${line.trim().slice(0, 80)}` : fault,
  }
}

function isTemplate(line: string): boolean {
  const keyword = matchKeyword(/^\s*(\S*)/.exec(line)?.[1] ?? '')
  return !(keyword !== undefined && shellKeywords.has(keyword)) && hasPlaceholder(line)
}
