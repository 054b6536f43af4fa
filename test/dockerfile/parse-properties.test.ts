import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isDockerfileError } from '../../src/dockerfile/is-dockerfile-error.ts'
import { parseDockerfile } from '../../src/dockerfile/scan.ts'
import type { Dockerfile, DockerfileError, Range, TextMap } from '../../src/dockerfile/types.ts'

const goldenTexts = readFileSync(new URL('../goldens/parser.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { text: string }).text)

describe('properties', () => {
  const piece = fc.constantFrom(
    'FROM a',
    'FROM a AS b',
    'RUN',
    'COPY',
    'ENV A=b',
    'ARG X',
    'LABEL',
    'ONBUILD ',
    'CMD ["a", "b"]',

    'x',
    ' ',
    '\t',
    '\n',
    '\r\n',
    '\r',
    '\\\n',
    '\\ \n',
    '`\n',
    '\\',
    '# c\n',
    '# escape=`\n',
    '#',
    '"',
    "'",
    '<<EOF',
    '<< EOF',
    '<<-A',
    '3<<"E"',
    'EOF\n',
    '\tA\n',
    'E\n',
    '${X:-y}',
    '${',
    '$',
    '[',
    ']',
    ',',

    '--mount=type=cache',
    '--',
    '--x="a b"',
    '\uFEFF',
    '\u00a0',
    '\u0085',
    'é',
    '😀',
    '\u0000',
    '{{x}}',
    '\v',
  )
  const pieces = fc.array(piece, { maxLength: 30 }).map((all) => all.join(''))
  const lines = fc
    .array(
      fc.tuple(
        fc.constantFrom('RUN ', 'COPY a ', 'ENV X=', 'ARG ', '# ', 'LABEL a=', 'ONBUILD RUN ', ''),
        pieces,
      ),
    )
    .map((all) => `FROM a\n${all.map(([start, rest]) => `${start}x${rest}\n`).join('')}`)

  it.each(goldenTexts.map((text, index) => [index, text] as const))('hold for golden %i', (_, text) =>
    check(text),
  )
  it('hold for any text', () =>
    fc.assert(fc.property(fc.string({ unit: 'binary' }), check), { numRuns: 500 }))
  it('hold for Dockerfile-like text', () => fc.assert(fc.property(pieces, check), { numRuns: 2000 }))
  it('hold for lines of instructions', () => fc.assert(fc.property(lines, check), { numRuns: 3000 }))
})

function check(text: string): void {
  const result = parseDockerfile(text)
  expect(flatten(parseDockerfile(text))).toEqual(flatten(result))
  if (isDockerfileError(result)) {
    expect(result.line).toBeGreaterThan(0)
    expect(result.column).toBeGreaterThan(0)
    return
  }
  checkBlocks(result)
  for (const instruction of result.instructions) {
    const { keywordRange, flags, words, heredocs, range, rest, pairs } = instruction
    checkMap(rest, text)
    inOrder([keywordRange, ...flags.map((flag) => flag.range), ...words.map((word) => word.range)], range)
    inOrder([keywordRange, ...pairs.map((pair) => pair.range)], range)
    inOrder([keywordRange, ...heredocs.map((heredoc) => heredoc.body)], range)
    expect(
      text.slice(keywordRange.start, keywordRange.end).replace(/[\\`][ \t]*\r*\n/g, '').length,
    ).toBeGreaterThan(0)
  }
}

function checkBlocks({ text, blocks, instructions }: Dockerfile): void {
  let joined = ''
  let at = 0
  for (const [index, { range }] of blocks.entries()) {
    expect(range.start).toBeGreaterThanOrEqual(at)
    inOrder([instructions[index]?.range ?? range], range)
    joined += text.slice(at, range.start) + text.slice(range.start, range.end)
    at = range.end
    if (range.start > 0) expect('\n\uFEFF').toContain(text[range.start - 1])
    if (range.end < text.length) expect(text[range.end - 1]).toBe('\n')
  }
  expect(joined + text.slice(at)).toBe(text)
  expect(blocks).toHaveLength(instructions.length)
}

function checkMap({ text: joined, toFile }: TextMap, text: string): void {
  let last = -1
  for (let offset = 0; offset < joined.length; offset++) {
    const place = toFile(offset)
    if (text[place] !== joined[offset] || place <= last) expect([offset, place]).toBe('the same character')
    last = place
  }
  expect(toFile(joined.length)).toBe(joined.length === 0 ? toFile(0) : last + 1)
}

function inOrder(ranges: readonly Range[], outer: Range): void {
  let free = outer.start
  for (const { start, end } of ranges) {
    if (start < free || end < start) expect({ start, end }).toBe(`after ${free}`)
    free = end
  }
  expect(free).toBeLessThanOrEqual(outer.end)
}

function flatten(result: Dockerfile | DockerfileError): unknown {
  if (isDockerfileError(result)) return result
  const instructions = result.instructions.map((one) => ({
    ...one,
    rest: [one.rest.text, ...Array.from(one.rest.text, (_, offset) => one.rest.toFile(offset))],
  }))
  return { ...result, instructions }
}
