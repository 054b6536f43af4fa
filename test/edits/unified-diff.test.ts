import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { toPatch } from '../../src/edits/unified-diff.ts'
import type { FileChange } from '../../src/findings/types.ts'

const plain = { before: 'FROM node\nCOPY . .\nRUN npm ci\n', after: 'FROM node\nRUN npm ci\nCOPY . .\n' }
const named = (path: string): readonly FileChange[] => [
  { path, ...plain },
  { path: `${path}.dockerignore`, after: '.git\n' },
]

const cases: Readonly<Record<string, readonly FileChange[]>> = {
  plain: [{ path: 'Dockerfile', ...plain }],
  CRLF: [
    {
      path: 'Dockerfile',
      before: plain.before.replaceAll('\n', '\r\n'),
      after: plain.after.replaceAll('\n', '\r\n'),
    },
  ],
  'mixed line ends': [{ path: 'Dockerfile', before: 'a\r\nb\nc\rd\n', after: 'b\na\r\nc\rd\n' }],
  'no final newline before': [{ path: 'Dockerfile', before: 'FROM a\nRUN b', after: 'FROM a\nRUN c\n' }],
  'no final newline after': [{ path: 'Dockerfile', before: 'FROM a\nRUN b\n', after: 'FROM a\nRUN c' }],
  'no final newline on both sides': [{ path: 'Dockerfile', before: 'FROM a\nRUN b', after: 'RUN b\nFROM a' }],
  'no final newline, far away': [
    { path: 'Dockerfile', before: 'a\nb\nc\nd\ne\nf', after: 'A\nb\nc\nd\ne\nf' },
  ],
  BOM: [{ path: 'Dockerfile', before: `\uFEFF${plain.before}`, after: `\uFEFF${plain.after}` }],
  'new file': [{ path: '.dockerignore', after: '.git\nnode_modules\n' }],
  'new file in a new folder': [{ path: 'services/api/.dockerignore', after: '.git\n' }],
  'new file without a final newline': [{ path: '.dockerignore', after: '.git' }],
  'new empty file': [{ path: '.dockerignore', after: '' }],
  'an empty file filled': [{ path: '.dockerignore', before: '', after: '.git\n' }],
  'a file emptied': [{ path: '.dockerignore', before: '.git\n', after: '' }],
  'name with a space': named('my service/the Dockerfile'),
  'name with unicode': named('dienste/größe-日本.Dockerfile'),
  'name with a quote and a space': named('say "hi" there/Dockerfile'),
  'name with a backslash': named('a\\b/Dockerfile'),
  'name with a tab': named('a\tb/Dockerfile'),
  'name that looks like a prefix': named('b/a b/Dockerfile'),
  'lines that look like a header': [
    { path: 'a b', before: '--- x y\n++ z\n@@ -1 +1 @@\n', after: '++ z y\n-- x y\n@@ -1 +1 @@\n' },
  ],
  'line separators and nul-like text': [
    { path: 'Dockerfile', before: 'a\u2028b\u0085c\n\f\n', after: 'a\u2028b\u0085d\n\f\n' },
  ],
  'several hunks': [
    {
      path: 'Dockerfile',
      before: Array.from({ length: 40 }, (_, line) => `RUN ${line}\n`).join(''),
      after: Array.from({ length: 40 }, (_, line) =>
        line === 30 ? '' : `RUN ${line === 2 ? 'x' : line}\n`,
      ).join(''),
    },
  ],
  'several files': [
    ...named('a/Dockerfile'),
    ...named('with space/Dockerfile'),
    { path: 'same', before: 'x', after: 'x' },
  ],
}

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

test.each(Object.entries(cases))('%s: git apply gives the new text', async (_, changes) => {
  const patch = await toPatch(changes)
  const folder = input(changes)
  execFileSync('git', ['apply', '--check', '--whitespace=nowarn', '-'], { cwd: folder, input: patch })
  execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: folder, input: patch })
  expectOutput(folder, changes)
})

test.each(Object.entries(cases))('%s: patch -p1 gives the new text', async (_, changes) => {
  const folder = input(changes)
  execFileSync('patch', ['-p1', '--binary', '--silent'], { cwd: folder, input: await toPatch(changes) })
  expectOutput(folder, changes)
})

test('the headers are those of git', async () => {
  expect(
    await toPatch([
      { path: 'a b', before: 'x\n', after: 'y' },
      { path: 'new', after: 'z\n' },
    ]),
  ).toBe(
    [
      'diff --git a/a b b/a b',
      '--- a/a b\t',
      '+++ b/a b\t',
      '@@ -1,1 +1,1 @@',
      '-x',
      '+y',
      '\\ No newline at end of file',
      'diff --git a/new b/new',
      'new file mode 100644',
      '--- /dev/null',
      '+++ b/new',
      '@@ -0,0 +1,1 @@',
      '+z',
      '',
    ].join('\n'),
  )
})

test('no change is no patch', async () => {
  expect(await toPatch([])).toBe('')
  expect(await toPatch([{ path: 'x', before: 'a', after: 'a' }])).toBe('')
})

/** A folder outside any repository that holds the files as they were. */
function input(changes: readonly FileChange[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'dockerfix-diff-'))
  folders.push(folder)
  for (const { path, before } of changes) {
    if (before === undefined) continue
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), before)
  }
  return folder
}

function expectOutput(folder: string, changes: readonly FileChange[]): void {
  for (const { path, after } of changes) {
    // `patch` removes a file that becomes empty; the program itself never writes one.
    if (after === '' && !existsSync(join(folder, path))) continue
    expect(readFileSync(join(folder, path), 'utf8')).toBe(after)
  }
}
