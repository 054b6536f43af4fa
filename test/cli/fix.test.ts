import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createRepository, nodePackage, rewritten } from './repository.ts'
import { runCli } from './run-cli.ts'

test('a preview shows the diff and writes nothing', async () => {
  const { root, git } = createRepository(nodePackage('api/'))
  const { code, out, err } = await runCli(root, [])
  expect(code).toBe(0)
  expect(err).toBe('')
  expect(out).toMatch(/^api\/Dockerfile \(context api\)\n {2}split-manifests: /)
  expect(out).toContain('+COPY package.json package-lock.json ./\n')
  expect(out).toContain('1 Dockerfile: 1 would change, 0 refused, 0 unchanged, 0 problems\n')
  expect(git('status', '--short', '--untracked-files=all')).not.toMatch(/^(.M|\?\?)/m)
})

test('--write writes, keeps the mode, and a second run has nothing to do', async () => {
  const { root, read } = createRepository(nodePackage())
  chmodSync(join(root, 'Dockerfile'), 0o755)
  const { code, out } = await runCli(root, ['--write'])
  expect(code).toBe(0)
  expect(out).toContain('1 Dockerfile: 1 rewritten, 0 refused, 0 unchanged, 0 problems\n')
  expect(out).toContain('Written: Dockerfile, .dockerignore\n')
  expect(out).not.toContain('@@')
  expect(read('Dockerfile')).toBe(rewritten)
  expect(read('.dockerignore')).toContain('node_modules')
  expect(statSync(join(root, 'Dockerfile')).mode & 0o777).toBe(0o755)
  expect((await runCli(root, ['--check'])).code).toBe(0)
  expect((await runCli(root, ['--format', 'diff'])).out).toBe('')
})

test('--write keeps CRLF and a byte order mark', async () => {
  const files = nodePackage()
  const crlf = (text: string | undefined): string => `\uFEFF${text?.replaceAll('\n', '\r\n')}`
  const { root, read } = createRepository({ ...files, Dockerfile: crlf(files['Dockerfile']) })
  expect((await runCli(root, ['--write'])).code).toBe(0)
  expect(read('Dockerfile')).toBe(crlf(rewritten))
})

test('--check names what would change, with exit code 1', async () => {
  const { root } = createRepository({ ...nodePackage(), 'other.Dockerfile': 'FROM scratch\n' })
  const { code, out } = await runCli(root, ['--check'])
  expect(code).toBe(1)
  expect(out).toMatch(/^Dockerfile \(context \.\)\n {2}split-manifests: /)
  expect(out).not.toContain('other.Dockerfile')
  expect((await runCli(root, ['--check', '--quiet'])).out).toBe('Dockerfile\n')
  expect((await runCli(root, ['--check', 'other.Dockerfile', '--transform', 'split-manifests'])).code).toBe(0)
})

test('--format diff pipes into git apply', async () => {
  const { root, git, read } = createRepository({ ...nodePackage('api/'), ...nodePackage('my web/') })
  const { code, out } = await runCli(root, ['--format', 'diff'])
  expect(code).toBe(0)
  execFileSync('git', ['apply'], { cwd: root, input: out })
  expect(read('api/Dockerfile')).toBe(rewritten)
  expect(read('my web/Dockerfile')).toBe(rewritten)
  expect(git('status', '--short', '--untracked-files=all')).toContain('?? api/.dockerignore')
})

test('--format diff pipes into git apply in a folder of the repository', async () => {
  const { root, read } = createRepository(nodePackage('api/'))
  const { out } = await runCli(join(root, 'api'), ['--format', 'diff'])
  execFileSync('git', ['apply'], { cwd: join(root, 'api'), input: out })
  expect(read('api/Dockerfile')).toBe(rewritten)
})

test('--patch writes one patch, for which it names the command', async () => {
  const { root, read } = createRepository(nodePackage('api/'))
  const { code, err } = await runCli(root, ['--patch', 'fix.patch', '--quiet'])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const shown = await runCli(join(root, 'api'), ['--patch', 'fix.patch'])
  expect(shown.err).toBe('Wrote fix.patch: apply it with `patch -p1 -d .. < fix.patch`\n')
  expect(read('api/fix.patch')).toBe(read('fix.patch'))
  execFileSync('sh', ['-c', 'patch -p1 -d .. < fix.patch'], { cwd: join(root, 'api') })
  expect(read('api/Dockerfile')).toBe(rewritten)
})

test('--patch - leaves the standard output to the patch', async () => {
  const { root } = createRepository(nodePackage())
  const { out, err } = await runCli(root, ['--patch', '-'])
  expect(out).toMatch(/^diff --git a\/Dockerfile b\/Dockerfile\n/)
  expect(err).toContain('1 would change')
})

test('--patch into a folder that does not exist is a clear error', async () => {
  const { root } = createRepository(nodePackage())
  const { code, err } = await runCli(root, ['--patch', 'no/fix.patch'])
  expect({ code, err }).toEqual({ code: 2, err: 'error: no/fix.patch: no such file or directory\n' })
})

test('--format json', async () => {
  const { root } = createRepository({ ...nodePackage(), 'bad.Dockerfile': 'NOPE\n' })
  const { code, out, err } = await runCli(root, ['--format', 'json'])
  expect({ code, err }).toEqual({ code: 2, err: '' })
  expect(JSON.parse(out)).toMatchObject({
    version: 1,
    root,
    summary: { dockerfiles: 2, rewritten: 1, problems: 1 },
    dockerfiles: [
      { path: 'Dockerfile', status: 'rewritten' },
      { path: 'bad.Dockerfile', problem: { line: 1 } },
    ],
  })
})

test('a file outside the repository widens the root of the patch', async () => {
  const { root } = createRepository(nodePackage('api/'))
  const outside = realpathSync(mkdtempSync(join(tmpdir(), 'dockerfix-outside-')))
  onTestFinished(() => rmSync(outside, { recursive: true }))
  for (const [path, text] of Object.entries(nodePackage())) writeFileSync(join(outside, path), text)
  const { out } = await runCli(root, ['.', outside, '--format', 'diff'])
  const [tmp, name] = [realpathSync(tmpdir()), outside.slice(realpathSync(tmpdir()).length + 1)]
  expect(out).toContain(`+++ b/${root.slice(tmp.length + 1)}/api/Dockerfile\n`)
  expect(out).toContain(`+++ b/${name}/Dockerfile\n`)
})

test('a symbolic link is followed: the file changes, the link stays', async () => {
  const { root, read } = createRepository(nodePackage('api/'))
  symlinkSync('Dockerfile', join(root, 'api/link'))
  const { out } = await runCli(root, ['--write', 'api/link'])
  expect(out).toContain('Written: api/Dockerfile, api/.dockerignore')
  expect(read('api/Dockerfile')).toBe(rewritten)
})

test('an interrupt is deferred when files are written only', async () => {
  const { root } = createRepository(nodePackage())
  let deferred = 0
  const deferInterrupts = (): void => void deferred++
  await runCli(root, [], { deferInterrupts })
  expect(deferred).toBe(0)
  await runCli(root, ['--write'], { deferInterrupts })
  expect(deferred).toBe(1)
})

test('--context, --skip and --no-config', async () => {
  const files = nodePackage('api/')
  const { root, read } = createRepository({
    ...files,
    '.dockerfixrc.json': '{"transforms":{"split-manifests":false}}',
    'docker/api.Dockerfile': files['api/Dockerfile'] ?? '',
  })
  const skipped = await runCli(root, ['api/Dockerfile', '--skip', 'write-dockerignore', '--write'])
  expect(skipped.out).toContain('0 rewritten')
  const argv = ['docker/api.Dockerfile', '--context', 'api', '--no-config', '--write']
  expect((await runCli(root, argv)).out).toContain('docker/api.Dockerfile (context api)')
  expect(read('docker/api.Dockerfile')).toBe(rewritten)
  expect(existsSync(join(root, 'api/.dockerignore'))).toBe(true)
})
