import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { isDockerfileError } from '../src/dockerfile/is-dockerfile-error.ts'
import { parseDockerfile } from '../src/dockerfile/scan.ts'
import { ecosystems } from '../src/ecosystems/index.ts'
import { transforms } from '../transforms/index.ts'
import { listCases, readReport } from './fixtures/cases.ts'
import { readFiles } from './fixtures/files.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** What the fixtures say, line by line. */
const reports = listCases().map((fixture) => ({
  fixture,
  lines: (readReport(fixture) ?? '').trimEnd().split('\n'),
}))

/** Reasons that no fixture shows, and why. */
const UNSEEN: Readonly<Record<string, string>> = {
  'not-proven':
    'a proposal that the proof rejects for no reason of its own is a gap, to be closed by a better reason',
}

describe.each(transforms)('transform $id', ({ id, description, docs, defaults }) => {
  const folder = join(root, 'transforms', id)

  it('has a folder of its name with a page that the program links', () => {
    expect(existsSync(join(folder, 'index.ts'))).toBe(true)
    expect(docs).toBe(`transforms/${id}/README.md`)
    expect(readFileSync(join(root, docs), 'utf8')).toMatch(new RegExp(`^# ${id}\n`))
  })

  it('describes itself in one sentence', () => {
    expect(description).toMatch(/^[A-Z][^\n]*[^.]\.$/)
    expect(description.slice(0, -1)).not.toMatch(/[.!?] /)
    expect(description.length).toBeLessThan(120)
  })

  it('names its options on its page', () => {
    const page = readFileSync(join(root, docs), 'utf8')
    expect(Object.keys(defaults).filter((option) => !page.includes(`\`${option}\``))).toEqual([])
  })

  it('has fixtures that it rewrites and fixtures that it leaves alone', () => {
    const own = reports.filter(({ fixture }) => fixture.transform === id)
    const rewrites = ({ lines }: (typeof own)[number]): boolean =>
      lines.some((line) => line.startsWith(`rewrite ${id} `))
    expect(own.filter(rewrites)).not.toEqual([])
    expect(own.filter((report) => !rewrites(report))).not.toEqual([])
  })
})

describe.each(ecosystems)('ecosystem $id', ({ id, name, docs, commands, manifests }) => {
  const folder = join(root, 'src/ecosystems', id)

  it('has a folder of its name with a page', () => {
    expect(existsSync(join(folder, 'index.ts'))).toBe(true)
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain(docs)
  })

  it('has a name and links its documentation', () => {
    expect(name).not.toBe('')
    expect(docs).toMatch(/^https:\/\//)
    expect(commands).not.toEqual([])
    expect(manifests).not.toEqual([])
  })

  it('has a fixture that is rewritten and one that is not', () => {
    const own = reports.filter(({ fixture }) => usesCommand(join(fixture.directory, 'input'), commands))
    const rewritten = ({ lines }: (typeof own)[number]): boolean =>
      lines.some((line) => line.startsWith('rewrite split-manifests '))
    expect(own.filter(rewritten)).not.toEqual([])
    expect(own.filter((report) => !rewritten(report))).not.toEqual([])
  })
})

it('lists every folder of a transform and of an ecosystem', () => {
  expect(foldersOf('transforms')).toEqual(transforms.map(({ id }) => id).sort())
  expect(foldersOf('src/ecosystems')).toEqual(ecosystems.map(({ id }) => id).sort())
})

describe('reasons', () => {
  const codes = [
    ...readFileSync(join(root, 'src/findings/reasons.ts'), 'utf8').matchAll(/readonly code: '([a-z-]+)'/g),
  ].map(([, code]) => code ?? '')
  const seen = new Set(
    reports.flatMap(({ lines }) =>
      lines.flatMap((line) => /^refusal \S+ .+?:\d+ ([a-z-]+): /.exec(line)?.[1] ?? []),
    ),
  )

  it('are found', () => {
    expect(codes.length).toBeGreaterThan(20)
  })

  it('are each shown by a fixture', () => {
    expect(codes.filter((code) => !seen.has(code) && UNSEEN[code] === undefined)).toEqual([])
  })

  it('are unseen only where that is said', () => {
    expect(Object.keys(UNSEEN).filter((code) => seen.has(code) || !codes.includes(code))).toEqual([])
  })
})

describe('fixtures', () => {
  it('are many, and a third of them change nothing', () => {
    const left = reports.filter(({ lines }) => !lines.some((line) => line.startsWith('rewrite')))
    expect(reports.length).toBeGreaterThanOrEqual(90)
    expect(left.length / reports.length).toBeGreaterThanOrEqual(1 / 3)
  })

  it('have names in kebab case', () => {
    expect(
      reports.map(({ fixture }) => fixture.name).filter((name) => !/^[a-z-]+\/[a-z0-9-]+$/.test(name)),
    ).toEqual([])
  })
})

/** Whether a RUN of the input starts a program that the ecosystem names first in its commands. */
function usesCommand(input: string, commands: readonly string[]): boolean {
  const programs = new Set(commands.map((command) => command.split(' ')[0] ?? ''))
  return [...readFiles(input)].some(([path, bytes]) => {
    const dockerfile = /dockerfile|containerfile/i.test(path)
      ? parseDockerfile(bytes.toString('utf8'))
      : undefined
    if (dockerfile === undefined || isDockerfileError(dockerfile)) return false
    return dockerfile.instructions
      .filter(({ keyword }) => keyword === 'RUN')
      .some(({ original }) =>
        original
          .replace(/^\s*#.*$/gm, '')
          .split(/[\s"'/]+/)
          .some((word) => programs.has(word)),
      )
  })
}

/** Folders with an `index.ts`; those without one hold what modules share. */
function foldersOf(directory: string): readonly string[] {
  return readdirSync(join(root, directory), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, directory, entry.name, 'index.ts')))
    .map((entry) => entry.name)
    .sort()
}
