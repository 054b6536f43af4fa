import { expect, test } from 'vitest'
import { toDiff } from '../../src/reporters/diff.ts'
import { toJson } from '../../src/reporters/json.ts'
import { toProblems } from '../../src/reporters/problems.ts'
import { rewritten, report, unchanged } from './reports.ts'

test('the diff is one patch, each file once', async () => {
  const patch = await toDiff(report)
  expect(patch.match(/^diff --git .*$/gm)).toEqual([
    'diff --git a/api/Dockerfile b/api/Dockerfile',
    'diff --git a/api/.dockerignore b/api/.dockerignore',
  ])
  expect(patch).toContain('+node_modules\n+*.log\n')
  expect(await toDiff({ ...report, dockerfiles: [unchanged] })).toBe('')
})

test('JSON has a version, messages, patches and the summary', async () => {
  const json = JSON.parse(await toJson({ ...report, dockerfiles: [rewritten] })) as Record<string, unknown>
  expect(json).toMatchObject({
    version: 1,
    dockerfix: '1.2.3',
    summary: { dockerfiles: 1, rewritten: 1, refused: 0, unchanged: 0, problems: 1 },
    dockerfiles: [
      {
        path: 'api/Dockerfile',
        context: 'api',
        status: 'rewritten',
        rewrites: [
          {
            transform: 'split-manifests',
            line: 2,
            message: 'copies the manifests before the install',
            notes: [],
          },
          { transform: 'write-dockerignore', notes: [{ code: 'lockfile-kept', file: 'package-lock.json' }] },
        ],
        refusals: [
          { transform: 'reorder-steps', line: 3, reason: { code: 'symlink', file: 'package.json' } },
        ],
        files: [
          { path: 'api/Dockerfile', isNew: false },
          { path: 'api/.dockerignore', isNew: true },
        ],
        gain: { change: 'api/server.js', message: expect.stringContaining('2 steps re-run -> 1') },
      },
    ],
    problems: [{ path: 'nope', message: 'no such file' }],
    patch: expect.stringMatching(/^diff --git /),
  })
})

test('problems are one line each, with their place', () => {
  expect(toProblems(report)).toBe(
    'error: nope: no such file\nerror: bad/Dockerfile:2:3: unknown instruction FORM\n',
  )
  expect(
    toProblems({ ...report, dockerfiles: [], problems: [{ path: 'a\u001b[2J\nb', message: 'x' }] }),
  ).toBe('error: a\\x1b[2J b: x\n')
})
