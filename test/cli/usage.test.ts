import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createRepository, nodePackage } from './repository.ts'
import { runCli } from './run-cli.ts'

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }

test.each([[['--version']], [['--quiet', '--version']]])('%s prints the version', async (argv) => {
  expect(await runCli('/', argv)).toEqual({ code: 0, out: `${version}\n`, err: '' })
})

test('--help shows the options, examples and exit codes', async () => {
  const { code, out } = await runCli('/', ['--help'])
  expect(code).toBe(0)
  for (const text of ['--write', '--stdin-filepath <path>', '--no-config', 'Examples:', 'Exit codes:']) {
    expect(out).toContain(text)
  }
})

test.each([
  [['--wirte'], "error: unknown option '--wirte'\n(Did you mean --write?)\n"],
  [['--format', 'xml'], 'Allowed choices are pretty, json, diff.'],
  [['--write', '--check'], "option '--write' cannot be used with option '--check'"],
  [['--stdin-filepath', 'x', '--write'], 'cannot be used with'],
  [['--stdin-filepath', 'x', 'y'], 'cannot be used with paths'],
  [['--patch'], 'argument missing'],
  [
    ['--transform', 'split-manifest'],
    'error: unknown transform "split-manifest"; did you mean "split-manifests"?\n',
  ],
  [['--skip', 'x'], 'error: unknown transform "x"; known are split-manifests, '],
  [['--config', 'nope.json'], 'error: nope.json: no such config file\n'],
])('%s is a usage error: one message, exit code 2, no stack', async (argv, message) => {
  const { root } = createRepository(nodePackage())
  const { code, out, err } = await runCli(root, argv)
  expect(code).toBe(2)
  expect(out).toBe('')
  expect(err).toContain(message)
  expect(err).not.toContain('    at ')
})

test.each([
  ['chekc', 'error: chekc: no such file or directory; did you mean --check?\n'],
  ['Dockerfil', 'error: Dockerfil: no such file or directory; did you mean Dockerfile?\n'],
  ['api/Dockerfile', 'error: api/Dockerfile: no such file or directory\n'],
])('a path that does not exist: %s', async (path, message) => {
  const { root } = createRepository(nodePackage())
  const { code, err } = await runCli(root, [path])
  expect(code).toBe(2)
  expect(err).toBe(message)
})
