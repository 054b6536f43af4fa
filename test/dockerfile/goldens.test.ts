import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseDockerfile } from '../../src/dockerfile/scan.ts'
import { isDockerfileError } from '../../src/dockerfile/is-dockerfile-error.ts'
import { instructionTable } from '../../src/dockerfile/instruction-table.ts'
import { parseTrigger } from '../../src/dockerfile/trigger.ts'
import { unquote } from '../../src/dockerfile/unquote.ts'
import type { Instruction } from '../../src/dockerfile/types.ts'

interface GoldenNode {
  readonly cmd: string
  readonly flags: readonly string[] | null
  readonly args: readonly string[]
  readonly start: number
  readonly end: number
  readonly original: string
  readonly json: boolean
  readonly heredocs?: readonly { name: string; expand: boolean; chomp: boolean; content: string }[]
  readonly child?: GoldenNode
}

interface Golden {
  readonly name: string
  readonly text: string
  readonly buildkit: {
    readonly escape?: string
    readonly nodes?: readonly GoldenNode[]
    readonly err?: string
    readonly typedErr?: string
  }
}

const goldens = readFileSync(new URL('../goldens/parser.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Golden)

describe('parseDockerfile agrees with BuildKit', () => {
  it('has all cases', () => expect(goldens).toHaveLength(228))

  it.each(goldens)('$name', ({ text, buildkit }) => {
    const result = parseDockerfile(text)
    const refusal = buildkit.err ?? buildkit.typedErr
    if (refusal !== undefined) {
      expect(isDockerfileError(result)).toBe(true)
      return
    }
    if (isDockerfileError(result)) throw new Error(result.message)
    expect(result.escape).toBe(buildkit.escape)
    expect(result.instructions.map((one) => toNode(one))).toEqual(
      buildkit.nodes?.map((node) => normalise(node, result.escape)),
    )
  })
})

/** BuildKit's view of an instruction, from ours. */
function toNode(instruction: Instruction): object {
  const { keyword, flags, startLine, endLine, original, json, heredocs, trigger } = instruction
  return {
    cmd: keyword,
    flags: flags.map((flag) => flag.text),
    args: toArgs(instruction),
    start: startLine,
    end: endLine,
    original,
    json: json !== undefined,
    heredocs: heredocs.map(({ name, expand, chomp, content }) => ({ name, expand, chomp, content })),
    child: trigger === undefined ? undefined : toTriggerNode(trigger.text),
  }
}

function toTriggerNode(text: string): object {
  const instruction = parseTrigger(text)
  if (isDockerfileError(instruction)) throw new Error(instruction.message)
  const original = text.split('\n')[0]
  return { ...toNode(instruction), start: 0, end: 0, original, heredocs: [] }
}

function toArgs({ keyword, json, words, pairs, rest }: Instruction): readonly (string | undefined)[] {
  const { text } = rest
  switch (instructionTable.get(keyword)?.form) {
    case 'pairs':
      return pairs.flatMap(({ name, raw }) => [name, raw])
    case 'names':
      return pairs.map(({ name, raw }) => (raw === undefined ? name : `${name}=${raw}`))
    case 'trigger':
      return []
    case 'healthcheck': {
      const [type] = words.map((word) => word.raw)
      const command = text.slice(type?.length).trim()
      return [type, ...(json ?? (command === '' ? [] : [command]))]
    }
    case 'command':
    case 'string':
      return json ?? (text === '' ? [] : [text])
    default:
      return json ?? words.map((word) => word.raw)
  }
}

function normalise(node: GoldenNode, escape: '\\' | '`'): object {
  const cmd = node.cmd.toUpperCase()
  const isPairs = cmd === 'ENV' || cmd === 'LABEL'
  return {
    cmd,
    flags: node.flags ?? [],
    args: isPairs ? toPairArgs(node.args, escape) : node.args,
    start: node.start,
    end: node.end,
    original: node.original,
    json: node.json,
    heredocs: (node.heredocs ?? []).map((heredoc) => ({
      ...heredoc,
      content: heredoc.chomp ? heredoc.content.replace(/^\t+/gm, '') : heredoc.content,
    })),
    child: node.child === undefined ? undefined : normalise(node.child, escape),
  }
}

/** BuildKit lists name, value and the separator; names with their quotes. */
function toPairArgs(args: readonly string[], escape: '\\' | '`'): readonly string[] {
  return args
    .filter((_, index) => index % 3 !== 2)
    .map((arg, index) => (index % 2 === 0 ? unquote(arg, escape) : arg))
}
