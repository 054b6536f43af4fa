import { describe, expect, it } from 'vitest'
import { isDockerfileError } from '../../src/dockerfile/is-dockerfile-error.ts'
import { mountOptions } from '../../src/dockerfile/mounts.ts'
import { parseDockerfile } from '../../src/dockerfile/scan.ts'
import { createTypedView, type TypedView } from '../../src/dockerfile/typed-view.ts'
import type { Range } from '../../src/dockerfile/types.ts'

describe('createTypedView', () => {
  it('gives the parts of FROM', () => {
    const text = 'ARG V\r\nFROM --platform=linux/amd64 ghcr.io/a/b:${V} AS app\nFROM x@sha256:00\nFROM app\n'
    const { from } = view(text)
    const parts = from(1)
    expect(slices(text, [parts?.image, parts?.name, parts?.tag, parts?.stage, parts?.platform])).toEqual([
      'ghcr.io/a/b:${V}',
      'ghcr.io/a/b',
      '${V}',
      'app',
      'linux/amd64',
    ])
    const digest = from(2)
    expect(slices(text, [digest?.name, digest?.digest])).toEqual(['x', 'sha256:00'])
    expect(from(3)).toMatchObject({ image: from(3)?.name })
    expect(from(0)).toBeUndefined()
    expect(from(9)).toBeUndefined()
  })

  it('gives the options of mounts', () => {
    const text = 'FROM a\nRUN --mount=type=cache,target=/c --mount=type=bind,from=b,readonly \\\n  # c\n  x\n'
    const mounts = view(text).mounts(1)
    expect(
      mounts?.map((options) => options.map((option) => [option.name, ...slices(text, [option.value])])),
    ).toEqual([
      [
        ['type', 'cache'],
        ['target', '/c'],
      ],
      [
        ['type', 'bind'],
        ['from', 'b'],
        ['readonly', undefined],
      ],
    ])
  })

  it('gives variables', () => {
    const text = 'FROM a\nCOPY $A/x ${B:-c} /d\n'
    const variables = view(text).variables(1)
    expect(variables?.map(({ name, range }) => [name, ...slices(text, [range])])).toEqual([
      ['A', '$A'],
      ['B', '${B:-c}'],
    ])
    expect(view('FROM a\nENV A=${x#p}\n').variables(1)).toBeUndefined()
  })

  it.each([
    ['a heredoc with a space', 'FROM a\nRUN cat << EOF > /x\nFROM evil\nEOF\nFROM b\n'],
    ['two escapes at the end of a line', 'FROM a\nRUN echo a\\\\\nRUN b\n'],
    ['a continuation where an instruction starts', '\\\nFROM a\n'],
    ['a lone carriage return', 'FROM a\nRUN echo a\rb\n'],
    ['a quoted heredoc operator', "FROM a\nRUN sh -c 'cat <<EOF'\nRUN b\nCMD c\n"],
    ['an unknown directive', '# foo=bar\n# escape=`\nFROM a\nRUN b \\\n c\n'],
  ])('gives nothing for %s', (_, text) => expect(view(text).from(0)).toBeUndefined())

  it('gives no mounts where a flag is quoted in another way', () => {
    expect(view('FROM a\nRUN --mount="type=cache,target=/a b" x\n').mounts(1)).toBeUndefined()
  })
})

describe('mountOptions', () => {
  it.each([
    ['type=cache,target=/c', { type: 'cache', target: '/c' }],
    ['TYPE=bind,ro,"target=/a, ""b"""', { type: 'bind', ro: '', target: '/a, "b"' }],
    ['from=a,from=b', { from: 'b' }],
    ['', {}],
    ['a"b', {}],
  ])('%s', (value, options) => expect(Object.fromEntries(mountOptions({ value }))).toEqual(options))
})

function view(text: string): TypedView {
  const dockerfile = parseDockerfile(text)
  if (isDockerfileError(dockerfile)) throw new Error(dockerfile.message)
  return createTypedView(dockerfile)
}

function slices(text: string, ranges: readonly (Range | undefined)[]): readonly (string | undefined)[] {
  return ranges.map((range) => (range === undefined ? undefined : text.slice(range.start, range.end)))
}
