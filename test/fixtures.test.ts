import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DockerfileParser } from 'dockerfile-ast'
import { describe, expect, it } from 'vitest'
import { findIgnoreFile } from '../src/context/ignore-file.ts'
import { parseIgnore } from '../src/context/ignore-matcher.ts'
import { filterTree } from '../src/context/filter-tree.ts'
import { openContext } from '../src/context/build-context.ts'
import { isDockerfileError } from '../src/dockerfile/is-dockerfile-error.ts'
import { parseDockerfile } from '../src/dockerfile/scan.ts'
import { resolveCommand } from '../src/knowledge.ts'
import { proveSame } from '../src/model/prove.ts'
import { listCases, readReport, type FixtureCase } from './fixtures/cases.ts'
import { readFiles, show } from './fixtures/files.ts'
import { changedFiles, runCase, toCrlf, updateCase, type CaseResult } from './fixtures/run-case.ts'
import type { DockerfileReport } from '../src/index.ts'

/** Set to write down what comes out as what is expected; read every change before you commit it. */
const isUpdate = process.env['UPDATE_FIXTURES'] !== undefined

describe.each(listCases())('$name', (fixture) => {
  it.concurrent('holds', async ({ expect }) => {
    const result = await runCase(fixture)
    try {
      if (isUpdate) updateCase(fixture, result)
      expect(result.text, 'the report').toBe(readReport(fixture))
      expect(show(changedFiles(result)), 'the changed files').toEqual(show(readFiles(join(fixture.directory, 'expected'))))
      expect(changesOf(result), 'the changes in the report').toEqual(show(changedFiles(result)))
      expect(result.stamps[1], 'a dry run touches nothing').toEqual(result.stamps[0])
      expect(result.second.changes, 'a second run changes nothing').toEqual([])
      expect(result.second.text, 'a second run rewrites nothing').not.toMatch(/^rewrite/m)
      if (result.twin !== undefined) {
        expect(result.twin.text, "the CRLF twin's report").toBe(result.text)
        expect(twinChanges(result), 'the CRLF twin').toEqual(expectedTwin(result))
      }
      for (const report of result.report.dockerfiles) checkProof(fixture, result, report)
    } finally {
      await rm(result.directory, { recursive: true })
    }
  })
})

/** What the report says has changed, from the bytes before to the bytes after. */
function changesOf({ changes }: CaseResult): Readonly<Record<string, string>> {
  return show(new Map(changes.map(({ path, after }) => [path, Buffer.from(after)])))
}

/** The same changes with CRLF; a file that is new, or has a single line, has no line ends to follow. */
function expectedTwin({ changes }: CaseResult): Readonly<Record<string, string>> {
  const twins = changes.map(({ path, before, after }): [string, Buffer] => {
    const bytes = Buffer.from(after)
    return [path, before?.includes('\n') === true ? toCrlf(bytes) : bytes]
  })
  return show(new Map(twins))
}

function twinChanges({ twin }: CaseResult): Readonly<Record<string, string>> {
  return show(new Map((twin?.changes ?? []).map(({ path, after }) => [path, Buffer.from(after)])))
}

/**
 * The Dockerfile before and after, built on paper from what the new ignore file shows: what the ignore file takes
 * away is told in a note of its own and must not hide another difference.
 */
function checkProof({ options }: FixtureCase, result: CaseResult, report: DockerfileReport): void {
  const change = result.changes.find(({ path }) => path === report.path)
  if (change?.before === undefined) return
  const before = parseDockerfile(change.before)
  const after = parseDockerfile(change.after)
  if (isDockerfileError(before) || isDockerfileError(after)) throw new Error(`${report.path} is no Dockerfile`)
  const context = openContext(join(result.directory, report.context), new Map())
  const ignore = findIgnoreFile(join(result.directory, report.path), context.root)
  const matcher = parseIgnore(ignore.text ?? '')
  if (!('ignores' in matcher)) throw new Error(`${ignore.file}: ${matcher.message}`)
  const proof = proveSame(before, after, filterTree(context.checkout, matcher), resolveCommand)
  expect(proof).toMatchObject({ proven: true })
  const notes = report.rewrites.flatMap((rewrite) => rewrite.notes.map((note) => note.code))
  const allowances = proof.proven ? proof.allowances : []
  expect(allowances.includes('lockfile'), 'a lockfile that is kept is told').toBe(notes.includes('lockfile-kept'))
  expect(allowances.includes('cache'), 'a cache that grows is told').toBe(notes.includes('cache-grows'))
  if (options.noSecondParser !== undefined) return
  const second = DockerfileParser.parse(change.after).getInstructions()
  expect(second.length, 'the second parser').toBe(after.instructions.length)
}
