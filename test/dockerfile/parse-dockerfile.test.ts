import { describe, expect, it } from 'vitest'
import { isDockerfileError } from '../../src/dockerfile/is-dockerfile-error.ts'
import { parseDockerfile } from '../../src/dockerfile/scan.ts'
import type { Dockerfile } from '../../src/dockerfile/types.ts'

describe('what the view holds', () => {
  it('keeps ranges through continuations, comments and CRLF', () => {
    const text =
      'FROM node:20 AS app\r\nRUN apt-get update && \\\r\n  # why\r\n  apt-get install -y git  \r\n'
    const { instructions, eol, stages } = parse(text)
    const run = instructions[1]
    expect(eol).toBe('\r\n')
    expect(run?.rest.text).toBe('apt-get update &&   apt-get install -y git')
    expect(text.slice(run?.range.start, run?.range.end)).toBe(
      'RUN apt-get update && \\\r\n  # why\r\n  apt-get install -y git  ',
    )
    expect(run?.words.map(({ range }) => text.slice(range.start, range.end))).toEqual([
      'apt-get',
      'update',
      '&&',
      'apt-get',
      'install',
      '-y',
      'git',
    ])
    expect(stages).toEqual([{ index: 0, name: 'app', base: 'node:20', instructions: [0, 1] }])
  })

  it('reads flags, pairs, JSON and triggers', () => {
    const text = [
      'ARG V=1',
      'FROM --platform=$BUILDPLATFORM a',
      'COPY --chown="1:2" --link ["a b", "/c"]',
      'ENV "A"=b C="d e"',
      'LABEL x y z',
      'ONBUILD COPY --from=x a /b',
    ].join('\n')
    const { instructions, stages, globals } = parse(text)
    expect(globals).toEqual([0])
    expect(stages[0]?.platform).toBe('$BUILDPLATFORM')
    expect(instructions[2]?.flags).toMatchObject([
      { name: 'chown', value: '1:2', text: '--chown=1:2' },
      { name: 'link', text: '--link' },
    ])
    expect(instructions[2]?.json).toEqual(['a b', '/c'])
    expect(instructions[3]?.pairs).toMatchObject([
      { name: 'A', raw: 'b' },
      { name: 'C', raw: '"d e"' },
    ])
    expect(instructions[4]?.pairs).toMatchObject([{ name: 'x', raw: 'y z' }])
    expect(instructions[5]?.trigger).toEqual({ keyword: 'COPY', text: 'COPY --from=x a /b' })
  })

  it('gives a block its comments, and never a directive, a mark or a comment before a blank line', () => {
    const text =
      '\uFEFF# syntax=docker/dockerfile:1\n# about\nFROM a\n\n# far\n\n# near\n  # too\nRUN b\n# end'
    const { blocks, directives } = parse(text)
    expect(directives.get('syntax')).toBe('docker/dockerfile:1')
    expect(blocks.map(({ range }) => text.slice(range.start, range.end))).toEqual([
      '# about\nFROM a\n',
      '# near\n  # too\nRUN b\n',
    ])
    expect(blocks[1]?.comments).toEqual(['# near', '  # too'])
  })

  it('finds heredocs where BuildKit does', () => {
    const names = (line: string): readonly string[] => {
      const result = parseDockerfile(`FROM a\n${line}\nE\nEOF\n`)
      if (isDockerfileError(result)) return [result.message]
      return (result.instructions[1]?.heredocs ?? []).map(({ name }) => name)
    }
    expect(names('RUN x <<E <<"EOF"')).toEqual(['E', 'EOF'])
    expect(names('RUN x 3<<-E <<\\EOF')).toEqual(['E', 'EOF'])
    expect(names('COPY <<\uFEFFE <<EOF /x')).toEqual(['E', 'EOF'])
    expect(names('RUN x <<$(E)')).toEqual(['unterminated heredoc'])
    expect(names('RUN x <<<E')).toEqual(['unknown instruction: E'])
    expect(names('ENV A=<<E')).toEqual(['unknown instruction: E'])
    expect(names('RUN ["<<E"]')).toEqual(['unknown instruction: E'])
    expect(names("RUN it's <<E")).toEqual(['unknown instruction: E'])
  })

  it('holds the body of a trigger in its text', () => {
    const text = 'FROM a\nONBUILD RUN <<-EOF\n\tx\n\tEOF\n'
    expect(parse(text).instructions[1]?.trigger?.text).toBe('RUN <<-EOF\n\tx\nEOF')
  })
})

describe('what is refused', () => {
  it.each([
    ['', 'file with no instructions', 1, 1],
    ['# only\n# comments\n', 'file with no instructions', 2, 1],
    ['ARG A=1\n', 'there is no FROM', 1, 1],
    ['FROM a\nRUN <<EOF\nx\n', 'unterminated heredoc', 2, 1],
    ['FROM a\n\n  RUNN x\n', 'unknown instruction: RUNN', 3, 3],
    ['FROM a\nCOPY --frm=x a b\n', 'unknown flag: --frm', 2, 1],
    ['FROM a\nCOPY a\n', 'COPY requires at least two arguments: sources and a destination', 2, 1],
    ['FROM a\nWORKDIR\n', 'WORKDIR requires exactly one argument', 2, 1],
    ['FROM a\nENV =x\n', 'ENV names can not be blank', 2, 1],
    ['FROM a\nSHELL sh -c\n', 'SHELL requires the arguments to be in JSON form', 2, 1],
    ['FROM a\nHEALTHCHECK --interval=1 CMD x\n', '--interval is not a duration: 1', 2, 1],
    ['FROM a\nHEALTHCHECK --interval=1us CMD x\n', 'Interval "interval" cannot be less than 1ms', 2, 1],
    ['FROM a\nRUN --network=bridge x\n', 'invalid network mode "bridge"', 2, 1],
    ['FROM a\nCOPY x <<EOF\ny\nEOF\n', 'COPY cannot accept a heredoc as a destination', 2, 1],
    ['FROM a AS 1x\n', expect.stringContaining('invalid name for build stage') as string, 1, 1],
    ['FROM a\nCOPY --exclude=é a b\n', 'a flag with a character that is not ASCII', 2, 1],
    ['RUN x\nFROM a\n', 'RUN stands before the first FROM', 1, 1],
    ['\\\n\\\n', 'unknown instruction: ', 1, 1],
    ['# escape=x\nFROM a\n', "invalid escape token 'x' does not match ` or \\", 1, 1],
    ['FROM \u0000a\n\u0000\n', 'unknown instruction: \u0000', 2, 1],
  ])('%j', (text, message, line, column) => {
    expect(parseDockerfile(text)).toEqual({ message, line, column })
  })

  it.each([
    'FROM {{ base }}\n',
    'FROM {{base}}\n',
    'FROM a\n{{- if .x }}\nRUN y\n{{ end }}\n',
    '<%= header %>\nFROM a\n',
    'FROM a\n@@INSTALL@@\n',
    'FROM a\n{% include "x" %}\n',
  ])('template %j', (text) => {
    expect(parseDockerfile(text)).toMatchObject({
      message: expect.stringContaining('looks like a template') as string,
    })
  })

  it('leaves braces of a shell command alone', () => {
    expect(isDockerfileError(parseDockerfile("FROM a\nRUN docker inspect -f '{{.Id}}' x\n"))).toBe(false)
  })

  it('counts the bytes of a line', () => {
    const line = (length: number, char = 'x'): string => `FROM a\nRUN ${char.repeat(length)}`
    expect(isDockerfileError(parseDockerfile(`${line(65_531)}\n`))).toBe(false)
    expect(parseDockerfile(`${line(65_532)}\n`)).toMatchObject({ line: 2 })
    expect(parseDockerfile(line(70_000))).toMatchObject({ line: 2, column: 1 })
    expect(isDockerfileError(parseDockerfile(line(30_000, 'é')))).toBe(false)
    expect(isDockerfileError(parseDockerfile(line(33_000, 'é')))).toBe(true)
  })
})

describe('size', () => {
  it.each([
    ['many instructions', `FROM a\n${'RUN echo hello world && true\n'.repeat(35_000)}`],
    ['one long instruction', `FROM a\nRUN a${' && \\\n  echo hello'.repeat(60_000)}\n`],
    ['many continuations and comments', `FROM a\nRUN a${' \\\n# comment\n\n'.repeat(70_000)}\n`],
    ['comments', `FROM a\n${'# comment\n'.repeat(100_000)}RUN b\n`],
    ['a long body', `FROM a\nRUN <<EOF\n${'echo hello\n'.repeat(90_000)}EOF\n`],
    ['heredocs', `FROM a\nRUN${' <<A'.repeat(10_000)}\n${'x\nA\n'.repeat(10_000)}`],
    ['flags', `FROM a\nRUN${' --mount=type=cache,target=/x'.repeat(2000)} x\n`],
    ['pairs', `FROM a\nENV${' A="b c" \\\n'.repeat(80_000)} B=c\n`],
    ['nested braces', `FROM a\nRUN x <<a${' ${a:-\\\n'.repeat(50_000)}\n`],
    ['nested triggers', `FROM a\n${'ONBUILD \\\n'.repeat(50_000)} RUN x\n`],
    ['escapes', `FROM a\nRUN ${'\\ '.repeat(32_000)}x\n`],
    ['blanks', `FROM a\nRUN ${' '.repeat(65_000)}x\n# ${' '.repeat(65_000)}x\n`],
  ])('%s', (_, text) => {
    const start = performance.now()
    parseDockerfile(text)
    expect(performance.now() - start).toBeLessThan(5000)
  })
})

function parse(text: string): Dockerfile {
  const result = parseDockerfile(text)
  if (isDockerfileError(result)) throw new Error(`${result.line}: ${result.message}`)
  return result
}
