import { expect, test } from 'vitest'
import { toPretty } from '../../src/reporters/pretty.ts'
import { refused, report, rewritten, unchanged } from './reports.ts'

const preview = { mode: 'preview', color: false, quiet: false } as const

test('a preview shows why, the diff, notes, the gain, refusals and a summary', async () => {
  const dockerfiles = [unchanged, rewritten, refused]
  expect(await toPretty({ ...report, dockerfiles }, preview)).toBe(`\
api/Dockerfile (context api)
  split-manifests: copies the manifests before the install
  write-dockerignore: ignores node_modules

diff --git a/api/Dockerfile b/api/Dockerfile
--- a/api/Dockerfile
+++ b/api/Dockerfile
@@ -1,3 +1,4 @@
 FROM node
-COPY . .
+COPY package*.json .
 RUN npm ci
+COPY . .
diff --git a/api/.dockerignore b/api/.dockerignore
new file mode 100644
--- /dev/null
+++ b/api/.dockerignore
@@ -0,0 +1,1 @@
+node_modules

  note: package-lock.json in the image stays as the repository has it, even where the install would rewrite it
  note: \`COPY . .\` takes the new Dockerfile and .dockerignore along into the image: add them to the ignore file to keep them out
  gain: after a change of api/server.js: 2 steps re-run -> 1; RUN npm ci stays cached
  refused: api/Dockerfile:3 reorder-steps: package.json is a symbolic link, and a COPY by name would turn it into a file: replace the link by the file

web/Dockerfile (context web)
  refused: web/Dockerfile:7 split-manifests: vendor holds the modules already, so that there is nothing to download: remove it to let a cached step download them

3 Dockerfiles: 1 would change, 1 refused, 1 unchanged, 1 problem
Nothing is written: run again with --write to apply the changes.
`)
})

test('a check names what would change, and why', async () => {
  expect(await toPretty(report, { ...preview, mode: 'check' })).toBe(`\
api/Dockerfile (context api)
  split-manifests: copies the manifests before the install
  write-dockerignore: ignores node_modules

api/worker.Dockerfile (context api)
  write-dockerignore: ignores logs

5 Dockerfiles: 2 would change, 1 refused, 1 unchanged, 2 problems
Nothing is written: run again with --write to apply the changes.
`)
})

test('after writing, the summary names the files, each once', async () => {
  const text = await toPretty(report, { ...preview, mode: 'write' })
  expect(text).not.toContain('@@')
  expect(text.split('\n').slice(-3)).toEqual([
    '5 Dockerfiles: 2 rewritten, 1 refused, 1 unchanged, 2 problems',
    'Written: api/Dockerfile, api/.dockerignore',
    '',
  ])
})

test('quiet leaves the paths', async () => {
  expect(await toPretty(report, { ...preview, quiet: true })).toBe('api/Dockerfile\napi/worker.Dockerfile\n')
})

test('nothing to say is one line', async () => {
  expect(await toPretty({ ...report, dockerfiles: [unchanged], problems: [] }, preview)).toBe(
    '1 Dockerfile: 0 would change, 0 refused, 1 unchanged, 0 problems\n',
  )
})

test('a terminal gets colours, and no control characters of the repository', async () => {
  const before = 'FROM a\r\nRUN echo \u001b[2J\r\n'
  const hostile = {
    ...rewritten,
    path: 'a\u001b]0;x\u0007',
    changes: [{ path: 'a', before, after: 'FROM a\r\n' }],
  }
  const text = await toPretty({ ...report, dockerfiles: [hostile] }, { ...preview, color: true })
  expect(text).toContain('a\\x1b]0;x\\x07')
  expect(text).toContain('\u001b[31m-RUN echo \\x1b[2J\u001b[39m\r\n')
  expect(text).not.toContain('\u001b[2J')
})
