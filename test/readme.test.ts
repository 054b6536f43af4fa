import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { env } from 'node:process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { packageManagers } from '../src/effects/package-managers.ts'
import { ecosystems } from '../src/ecosystems/index.ts'
import { listCases, readReport } from './fixtures/cases.ts'
import type { Ecosystem } from '../src/model/types.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const readme = join(root, 'README.md')
const MARKS = /(<!-- ecosystems -->\n)[\s\S]*(<!-- \/ecosystems -->)/
const SYSTEM_MARKS = /(<!-- system -->\n)[\s\S]*(<!-- \/system -->)/

/** The table of ecosystems comes from the modules; `UPDATE_README=1` writes it. */
it('README.md lists the ecosystems as they are', () => {
  const text = readFileSync(readme, 'utf8')
  const expected = text
    .replace(MARKS, `$1\n${toTable()}\n\n$2`)
    .replace(SYSTEM_MARKS, `$1\n${toSystemTable()}\n\n$2`)
  if (env['UPDATE_README'] !== undefined) writeFileSync(readme, expected)
  expect(text).toMatch(MARKS)
  expect(text).toMatch(SYSTEM_MARKS)
  expect(env['UPDATE_README'] === undefined ? text : expected).toBe(expected)
})

function toTable(): string {
  const head = [
    '| ecosystem | commands | files that the install reads | shapes | refuses | shown by |',
    '| --- | --- | --- | --- | --- | --- |',
  ]
  return [...head, ...ecosystems.map(toRow)].join('\n')
}

function toRow({ id, name, commands, manifests }: Ecosystem): string {
  const shown = commands.slice(0, 3).map((command) => `\`${command.replaceAll('|', '\\|')}\``)
  const more = commands.length > shown.length ? ` and ${commands.length - shown.length} more` : ''
  const cells = [
    `[${name}](src/ecosystems/${id}/README.md)`,
    shown.join(', ') + more,
    manifests.slice(0, 5).join(', ') + (manifests.length > 5 ? ', ...' : ''),
    shapesOf(id).join(', '),
    refusalsOf(id).join(', '),
    evidenceOf(id),
  ]
  return `| ${cells.join(' | ')} |`
}

/** The managers of system packages, from their table: what they read that lies in the project keeps a step where it is. */
function toSystemTable(): string {
  const rows = packageManagers.map(({ names, docs, changes, extension, fileOptions = [], elsewhere }) => {
    const quote = (words: readonly string[], most: number): string =>
      words
        .slice(0, most)
        .map((word) => `\`${word}\``)
        .join(', ') + (words.length > most ? ` and ${words.length - most} more` : '')
    const cells = [
      `[${names[0]}](${docs})`,
      quote(names, 8),
      quote(changes, 6),
      quote([`*${extension}`, ...fileOptions], 4),
      quote(elsewhere, 4),
      names.some(isInEngineTests) ? 'engine tests' : 'documentation',
    ]
    return `| ${cells.join(' | ')} |`
  })
  const head = [
    '| manager | programs | commands that change the system | files of the project that it may read | refused | shown by |',
    '| --- | --- | --- | --- | --- | --- |',
  ]
  return [...head, ...rows].join('\n')
}

/** How the ecosystem's own fixtures are rewritten: the install moves, a step is added, a list of manifests is completed. */
const SHAPES = { moved: /\d Moved `/, added: /\d Added `/, completed: /\d Completed the list/ }

function shapesOf(id: string): readonly string[] {
  const reports = reportsOf(id).flatMap((report) => report.match(/^rewrite split-manifests .*/gm) ?? [])
  return Object.entries(SHAPES).flatMap(([shape, summary]) =>
    reports.some((line) => summary.test(line)) ? [shape] : [],
  )
}

/** The codes of the refusals that the ecosystem's own fixtures show. */
function refusalsOf(id: string): readonly string[] {
  const codes = reportsOf(id).flatMap((report) =>
    [...report.matchAll(/^refusal \S+ \S+ ([a-z-]+):/gm)].map(([, code = '']) => code),
  )
  return [...new Set(codes)].sort()
}

function reportsOf(id: string): readonly string[] {
  const own = listCases().filter(({ directory }) => isOf(id, directory.slice(directory.lastIndexOf('/') + 1)))
  return own.map((fixture) => readReport(fixture) ?? '')
}

/** What its claims rest on: a real engine, the real tool (its page says how), or documentation alone. */
function evidenceOf(id: string): string {
  if (isInEngineTests(id)) return 'engine tests'
  const page = readFileSync(join(root, 'src/ecosystems', id, 'README.md'), 'utf8')
  return /^(## Tried|\*\*Tried\*\*)/m.test(page) ? 'the real tool' : 'documentation'
}

function isInEngineTests(id: string): boolean {
  return readdirSync(join(root, 'test/e2e/projects')).some((project) => project.split('-').includes(id))
}

/** Fixtures are named by their ecosystem: `pip-target`, `refuse-pip-editable-project`. */
function isOf(id: string, name: string): boolean {
  return name === id || name.startsWith(`${id}-`) || name.startsWith(`refuse-${id}-`)
}
