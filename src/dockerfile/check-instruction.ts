import { checkFlags, checkHealthFlags, checkRunFlags } from './check-flags.ts'
import type { Fault } from './fault.ts'
import { matchHeredoc } from './heredoc.ts'
import { instructionTable } from './instruction-table.ts'
import type { Instruction } from './types.ts'
import { skipSpace } from './white-space.ts'

/** Checks one instruction as BuildKit does before a build starts: keyword, flags, number of arguments. */
export function checkInstruction(instruction: Instruction): Fault | undefined {
  const { keyword } = instruction
  const rule = instructionTable.get(keyword)
  if (rule === undefined) return { fault: `unknown instruction: ${keyword}` }
  const count = countArguments(instruction)
  if (count < rule.minimum) return { fault: `${keyword} requires ${countMessage(keyword, rule.minimum)}` }
  const isNone = keyword === 'HEALTHCHECK' && instruction.words[0]?.raw.toUpperCase() === 'NONE'
  const flags = rule.flags === undefined || isNone ? undefined : checkFlags(instruction, rule.flags)
  return flags ?? checkContent(instruction)
}

function countArguments({ keyword, json, words, rest, pairs }: Instruction): number {
  if (instructionTable.get(keyword)?.form === 'string') return rest.text === '' ? 0 : 1
  if (keyword === 'HEALTHCHECK') return words.length
  if (keyword === 'ENV' || keyword === 'LABEL' || keyword === 'ARG') return pairs.length
  return json?.length ?? words.length
}

function countMessage(keyword: string, minimum: number): string {
  if (minimum === 2) return 'at least two arguments: sources and a destination'
  return instructionTable.get(keyword)?.maximum === 1 ? 'exactly one argument' : 'at least one argument'
}

function checkContent(instruction: Instruction): Fault | undefined {
  const { keyword, json, words, pairs, flags } = instruction
  switch (keyword) {
    case 'FROM':
      return checkFrom(words.map((word) => word.raw))
    case 'ENV':
    case 'LABEL':
    case 'ARG':
      return pairs.some(({ name, raw }) => name === '' && raw !== undefined)
        ? { fault: `${keyword} names can not be blank` }
        : undefined
    case 'ADD':
    case 'COPY':
      return checkDestination(keyword, json?.at(-1) ?? words.at(-1)?.raw ?? '')
    case 'RUN':
      return checkRunFlags(flags)
    case 'SHELL':
      return json === undefined ? { fault: 'SHELL requires the arguments to be in JSON form' } : undefined
    case 'VOLUME':
      return (json ?? words.map((word) => word.raw)).some(isBlankText)
        ? { fault: 'VOLUME specified can not be an empty string' }
        : undefined
    case 'ONBUILD':
      return checkTrigger(instruction.trigger?.keyword ?? '')
    case 'HEALTHCHECK':
      return checkHealth(instruction)
    default:
      return undefined
  }
}

function isBlankText(text: string): boolean {
  return skipSpace(text, 0, text.length) === text.length
}

function checkFrom(args: readonly string[]): Fault | undefined {
  const [, as, name] = args
  if (args.length === 1) return undefined
  if (args.length !== 3 || as?.toLowerCase() !== 'as' || name === undefined) {
    return { fault: 'FROM requires either one or three arguments' }
  }
  if (/^[a-z][a-z0-9-_.]*$/.test(name.toLowerCase())) return undefined
  return {
    fault: `invalid name for build stage: "${name}", name can't start with a number or contain symbols`,
  }
}

function checkDestination(keyword: string, destination: string): Fault | undefined {
  const heredoc = matchHeredoc(destination)
  if (heredoc === undefined || 'fault' in heredoc) return undefined
  return { fault: `${keyword} cannot accept a heredoc as a destination` }
}

function checkTrigger(keyword: string): Fault | undefined {
  const upper = keyword.toUpperCase()
  if (upper === 'ONBUILD') return { fault: "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed" }
  if (upper !== 'MAINTAINER' && upper !== 'FROM') return undefined
  return { fault: `${upper} isn't allowed as an ONBUILD trigger` }
}

function checkHealth({ words, json, flags }: Instruction): Fault | undefined {
  const type = words[0]?.raw.toUpperCase()
  if (type === 'NONE') {
    return words.length > 1 ? { fault: 'HEALTHCHECK NONE takes no arguments' } : undefined
  }
  if (type !== 'CMD') return { fault: `Unknown type "${type}" in HEALTHCHECK (try CMD)` }
  const count = json?.length ?? words.length - 1
  return count === 0 ? { fault: 'Missing command after HEALTHCHECK CMD' } : checkHealthFlags(flags)
}
