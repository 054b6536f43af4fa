import { expect, test } from 'vitest'
import { createRepository, nodePackage, rewritten } from './repository.ts'
import { runCli } from './run-cli.ts'

const files = nodePackage()
const input = files['Dockerfile'] ?? ''
const argv = ['--stdin-filepath', 'Dockerfile']

test('prints the fixed text alone, and writes nothing', async () => {
  const { root, read } = createRepository({
    ...files,
    Dockerfile: 'FROM other\n',
    '.dockerignore': 'node_modules\n',
  })
  expect(await runCli(root, argv, { input })).toEqual({ code: 0, out: rewritten, err: '' })
  expect(read('Dockerfile')).toBe('FROM other\n')
})

test('the file need not exist', async () => {
  const { Dockerfile: _, ...others } = files
  const { root } = createRepository({ ...others, '.dockerignore': 'node_modules\n' })
  expect((await runCli(root, argv, { input })).out).toBe(rewritten)
})

test('a rewrite that needs the ignore file is refused', async () => {
  const { root } = createRepository(files)
  const { code, out, err } = await runCli(root, argv, { input })
  expect({ code, out }).toEqual({ code: 0, out: input })
  expect(err).toMatch(/^Dockerfile:\d+ split-manifests: .*node_modules.*\n$/)
  expect((await runCli(root, [...argv, '--quiet'], { input })).err).toBe('')
})

test.each([
  ['FROM a\nNOPE\n', argv, /^error: Dockerfile:2:1: /],
  [new Uint8Array([0]), argv, /^error: Dockerfile: this is a binary file\n$/],
  [input, ['--stdin-filepath', 'no/Dockerfile'], /^error: no\/Dockerfile: [^\n]+\n$/],
  [input, ['--stdin-filepath', '.'], /^error: \.: [^\n]+\n$/],
])('what is wrong is one line, without output (%#)', async (text, args, message) => {
  const { root } = createRepository({ ...files, 'b.Dockerfile': '' })
  const { code, out, err } = await runCli(root, args, { input: text })
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toMatch(message)
})
