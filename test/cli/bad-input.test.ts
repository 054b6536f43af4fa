import { chmodSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createRepository, nodePackage, rewritten } from './repository.ts'
import { runCli } from './run-cli.ts'

type Case = readonly [name: string, files: Readonly<Record<string, string | Uint8Array>>, error: string]

const cases: readonly Case[] = [
  ['binary', { 'bad.Dockerfile': new Uint8Array([70, 0, 1]) }, 'bad.Dockerfile: this is a binary file'],
  [
    'latin-1',
    { 'bad.Dockerfile': new Uint8Array([0x23, 0xe9, 10]) },
    'bad.Dockerfile: the file is not UTF-8 text: convert it first',
  ],
  ['empty', { 'bad.Dockerfile': '' }, 'bad.Dockerfile: the file is empty'],
  ['comments only', { 'bad.Dockerfile': '# nothing\n' }, 'bad.Dockerfile:'],
  [
    'a line of 10 MB',
    { 'bad.Dockerfile': `FROM a\nRUN ${'x'.repeat(10_000_000)}\n` },
    'bad.Dockerfile: the file is larger than 1 MB: this can be no Dockerfile',
  ],
  [
    'a line of almost 1 MB',
    { 'bad.Dockerfile': `FROM a\nRUN ${'x'.repeat(900_000)}\n` },
    'bad.Dockerfile:2:1: a line is longer than 65535 bytes',
  ],
  ['not a Dockerfile', { 'bad.Dockerfile': 'FROM a\nNOPE x\n' }, 'bad.Dockerfile:2:1: '],
  [
    'a malformed ignore file',
    { 'bad.Dockerfile': 'FROM a\n', 'bad.Dockerfile.dockerignore': 'a\n[\n' },
    'bad.Dockerfile.dockerignore:2: syntax error in pattern "["',
  ],
  [
    'a binary ignore file',
    { 'bad.Dockerfile': 'FROM a\n', 'bad.Dockerfile.dockerignore': '\0' },
    'bad.Dockerfile.dockerignore: this is a binary file',
  ],
  [
    'an invalid config',
    { 'bad/Dockerfile': 'FROM a\n', 'bad/.dockerfixrc.json': '{"transform":{}}' },
    'unknown key "transform" in bad/.dockerfixrc.json; did you mean "transforms"?',
  ],
  [
    'a config that is no JSON',
    { 'bad/Dockerfile': 'FROM a\n', 'bad/.dockerfixrc.json': '{' },
    'bad/.dockerfixrc.json:',
  ],
  [
    'a context that is missing',
    { 'bad/Dockerfile': 'FROM a\n', 'bad/.dockerfixrc.json': '{"context":{"Dockerfile":"no"}}' },
    'bad/Dockerfile: the build context bad/no is no directory',
  ],
  [
    'an ignore file that is a directory',
    { 'bad.Dockerfile': 'FROM a\n', 'bad.Dockerfile.dockerignore/x': '' },
    'error: bad.Dockerfile: bad.Dockerfile.dockerignore: the ignore file cannot be read (EISDIR)',
  ],
]

test.each(cases)('%s: one clear line, exit code 2, the other file is done', async (_, files, error) => {
  const repository = createRepository({ ...nodePackage(), ...files })
  const { code, err } = await runCli(repository.root, ['--write'])
  expect(err).toMatch(/^error: [^\n]+\n$/)
  expect(err).toContain(error)
  expect(code).toBe(2)
  expect(repository.read('Dockerfile')).toBe(rewritten)
})

const named: readonly (readonly [
  name: string,
  path: string,
  error: string,
  prepare: (root: string) => void,
])[] = [
  ['a loop of links', 'loop', 'loop: ', (root) => symlinkSync('loop', join(root, 'loop'))],
  [
    'a link to nowhere',
    'link',
    'link: no such file or directory',
    (root) => symlinkSync('nowhere', join(root, 'link')),
  ],
  [
    'a link out of the repository',
    'link',
    'link: a symbolic link leads to /etc/passwd, outside of /',
    (root) => symlinkSync('/etc/passwd', join(root, 'link')),
  ],
  ['a device', '/dev/null', '/dev/null: ', () => {}],
  [
    'an unreadable file',
    'dark',
    'dark: ',
    (root) => {
      mkdirSync(join(root, 'dark'))
      chmodSync(join(root, 'dark'), 0)
    },
  ],
]

test.each(named)(
  '%s by name: one clear line, exit code 2, the other file is done',
  async (_, path, error, prepare) => {
    const { root, read } = createRepository(nodePackage())
    prepare(root)
    const { code, err } = await runCli(root, [path, 'Dockerfile', '--write'])
    if (path === 'dark' && process.getuid?.() === 0) return
    expect(err).toMatch(/^error: [^\n]+\n$/)
    expect(err).toContain(error)
    expect(code).toBe(2)
    expect(read('Dockerfile')).toBe(rewritten)
  },
)

test('a read-only file is left alone, and the ignore file beside it too', async () => {
  const { root, read, git } = createRepository({ ...nodePackage('api/'), ...nodePackage('web/') })
  chmodSync(join(root, 'api/Dockerfile'), 0o444)
  const { code, out, err } = await runCli(root, ['--write'])
  expect(code).toBe(2)
  expect(err).toBe('error: api/Dockerfile: the file is read-only; nothing was written\n')
  expect(out).toContain('Written: web/Dockerfile, web/.dockerignore\n')
  expect(read('web/Dockerfile')).toBe(rewritten)
  expect(git('status', '--short', '--untracked-files=all')).not.toContain('?? api')
})

test('a Dockerfile outside its context is fixed', async () => {
  const files = nodePackage('app/')
  const compose =
    'services:\n  app:\n    build:\n      context: ../app\n      dockerfile: ../docker/Dockerfile\n'
  const { root, read } = createRepository({
    ...files,
    'docker/Dockerfile': files['app/Dockerfile'] ?? '',
    'docker/compose.yaml': compose,
  })
  const { code, out } = await runCli(root, ['docker', '--write'])
  expect(code).toBe(0)
  expect(out).toContain('docker/Dockerfile (context app)')
  expect(read('docker/Dockerfile')).toBe(rewritten)
})
