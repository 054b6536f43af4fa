import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DockerfileParser } from 'dockerfile-ast'
import { expect, it } from 'vitest'
import { findIgnoreFile } from '../src/context/ignore-file.ts'
import { parseIgnore } from '../src/context/ignore-matcher.ts'
import { filterTree } from '../src/context/filter-tree.ts'
import { openContext } from '../src/context/build-context.ts'
import { isDockerfileError } from '../src/dockerfile/is-dockerfile-error.ts'
import { parseDockerfile } from '../src/dockerfile/scan.ts'
import { resolveCommand } from '../src/knowledge.ts'
import { proveSame } from '../src/model/prove.ts'
import { listCases, readReport } from './fixtures/cases.ts'
import { readFiles, show } from './fixtures/files.ts'
import { changedFiles, runCase, toCrlf, updateCase, type CaseResult } from './fixtures/run-case.ts'
import type { Dockerfile } from '../src/dockerfile/types.ts'
import type { DockerfileReport, Note } from '../src/index.ts'
import type { Allowance } from '../src/model/types.ts'

/** Set to a part of names to write down what comes out as what is expected; read every change before you commit it. */
const updates = process.env['UPDATE_FIXTURES']

for (const fixture of listCases()) {
  it.concurrent(fixture.name, async ({ expect }) => {
    const result = await runCase(fixture)
    try {
      if (updates !== undefined && fixture.name.includes(updates)) updateCase(fixture, result)
      expect(result.text, 'the report').toBe(readReport(fixture))
      const expected = show(readFiles(join(fixture.directory, 'expected')))
      expect(show(changedFiles(result)), 'the changed files').toEqual(expected)
      expect(changesOf(result), 'the changes in the report').toEqual(expected)
      expect(result.stamps[1], 'a dry run touches nothing').toEqual(result.stamps[0])
      expect(result.second.changes, 'a second run changes nothing').toEqual([])
      expect(result.second.text, 'a second run rewrites nothing').not.toMatch(/^rewrite/m)
      if (result.twin !== undefined) {
        expect(result.twin.text, "the CRLF twin's report").toBe(result.text)
        expect(twinChanges(result), 'the CRLF twin').toEqual(expectedTwin(result))
      }
      for (const report of result.report.dockerfiles) checkDockerfile(result, report)
    } finally {
      await rm(result.directory, { recursive: true })
    }
  })
}

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
function checkDockerfile(result: CaseResult, report: DockerfileReport): void {
  const change = result.changes.find(({ path }) => path === report.path)
  if (change?.before === undefined) return
  const [before, after] = [parse(change.before), parse(change.after)]
  const second = DockerfileParser.parse(change.after).getInstructions()
  expect(second.length, 'the second parser').toBe(after.instructions.length)

  const notes = report.rewrites.flatMap((rewrite) => rewrite.notes.map((note) => note.code))
  // A list of manifests that was completed lets the install see more than before, and says so.
  if (notes.includes('install-sees')) return
  const context = openContext(join(result.directory, report.context), new Map())
  const ignore = findIgnoreFile(join(result.directory, report.path), context.root)
  const matcher = parseIgnore(ignore.text ?? '')
  if (!('ignores' in matcher)) throw new Error(`${ignore.file}: ${matcher.message}`)
  const proof = proveSame(before, after, filterTree(context.checkout, matcher), resolveCommand)
  expect(proof).toMatchObject({ proven: true })
  if (!proof.proven) return
  const steps = proof.after.stages.flatMap((stage) => stage.steps)
  const written = new Set(steps.flatMap((step) => step.writes.map((write) => write.allow)))
  const untold = proof.allowances.filter(
    (allowance) => written.has(allowance) && !notes.includes(NOTES[allowance]),
  )
  expect(untold, 'differences that no note tells').toEqual([])
}

/** The note that tells each allowance. */
const NOTES: Readonly<Record<Allowance, Note['code']>> = {
  lockfile: 'lockfile-kept',
  cache: 'cache-grows',
  'warm-up': 'warmed-up',
}

function parse(text: string): Dockerfile {
  const dockerfile = parseDockerfile(text)
  if (isDockerfileError(dockerfile)) throw new Error(dockerfile.message)
  return dockerfile
}
