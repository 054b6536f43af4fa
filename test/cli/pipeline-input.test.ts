import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { type FixInput, fixDockerfile } from '../../src/pipeline.ts'
import { createRepository } from './repository.ts'
import { runCli } from './run-cli.ts'

vi.mock(import('../../src/pipeline.ts'), () => ({ fixDockerfile: vi.fn() }))

const inputs: FixInput[] = []
const rewrite = { transform: 'split-manifests', line: 1, summary: 'Rewrote it.', notes: [] }

/** A pipeline that adds a line to the Dockerfile and one, named after the Dockerfile, to the ignore file. */
beforeEach(() => {
  inputs.length = 0
  vi.mocked(fixDockerfile).mockImplementation((input) => {
    inputs.push(input)
    const ignoreText = `${input.ignoreFile.text ?? ''}${input.path}\n`
    return { text: `${input.text}# fixed\n`, ignoreText, rewrites: [rewrite], refusals: [] }
  })
})

const input = (path: string): FixInput | undefined => inputs.find((other) => other.path === path)
const compose = (...contexts: readonly string[]): string =>
  `services:\n${contexts.map((context, i) => `  s${i}:\n    build:\n      context: ${context}\n      dockerfile: $PWD/Dockerfile\n`).join('')}`

test('Dockerfiles of one context extend one ignore file, and the patch is cumulative', async () => {
  const { root, read } = createRepository({ 'a.Dockerfile': 'FROM a\n', 'b.Dockerfile': 'FROM b\n' })
  const { out } = await runCli(root, ['--format', 'diff'])
  expect(input('b.Dockerfile')?.ignoreFile).toEqual({ path: '.dockerignore', text: 'a.Dockerfile\n' })
  expect(out).toContain('@@ -0,0 +1,2 @@\n+a.Dockerfile\n+b.Dockerfile\n')
  expect((await runCli(root, ['--write'])).code).toBe(0)
  expect(read('.dockerignore')).toBe('a.Dockerfile\nb.Dockerfile\n')
  expect(read('b.Dockerfile')).toBe('FROM b\n# fixed\n')
})

test('siblings are the other Dockerfiles of the context and ignore file, as the run leaves them', async () => {
  const { root } = createRepository({
    'a.Dockerfile': 'FROM a\n',
    'b.Dockerfile': 'FROM b\n',
    'own.Dockerfile': 'FROM own\n',
    'own.Dockerfile.dockerignore': 'x\n',
    'ignored.Dockerfile': 'FROM ignored\n',
    'broken.Dockerfile': '\0',
    'elsewhere/Dockerfile': 'FROM elsewhere\n',
    '.dockerfixrc.json': '{"ignore":["ignored.*"]}',
  })
  await runCli(root, [])
  expect(inputs.map(({ path }) => path)).toEqual([
    'a.Dockerfile',
    'b.Dockerfile',
    'Dockerfile',
    'own.Dockerfile',
  ])
  expect(input('b.Dockerfile')?.siblings).toEqual([
    { path: 'a.Dockerfile', text: 'FROM a\n# fixed\n' },
    { path: 'ignored.Dockerfile', text: 'FROM ignored\n' },
  ])
  expect(input('own.Dockerfile')).toMatchObject({
    siblings: [],
    ignoreFile: { path: 'own.Dockerfile.dockerignore', text: 'x\n' },
  })
})

test('siblings that were not asked for count too', async () => {
  const { root } = createRepository({ 'a.Dockerfile': 'FROM a\n', 'b.Dockerfile': 'FROM b\n' })
  await runCli(root, ['b.Dockerfile'])
  expect(inputs).toHaveLength(1)
  expect(input('b.Dockerfile')?.siblings).toEqual([{ path: 'a.Dockerfile', text: 'FROM a\n' }])
})

test('a Dockerfile of several contexts changes when all agree', async () => {
  const files = {
    Dockerfile: 'FROM a\n',
    'a/x': '',
    'b/x': '',
    'compose.yaml': compose('a', 'b').replaceAll('$PWD', '..'),
  }
  const { root, read } = createRepository(files)
  vi.mocked(fixDockerfile).mockImplementation(({ text }) => ({
    text: `${text}# fixed\n`,
    ignoreText: 'x\n',
    rewrites: [rewrite],
    refusals: [],
  }))
  const { out } = await runCli(root, ['--write'])
  expect(out).toContain('1 Dockerfile: 1 rewritten')
  expect(out.match(/Rewrote it/g)).toHaveLength(1)
  expect(read('Dockerfile')).toBe('FROM a\n# fixed\n')
  expect([read('a/.dockerignore'), read('b/.dockerignore')]).toEqual(['x\n', 'x\n'])
})

test('a Dockerfile of several contexts is left alone when they differ', async () => {
  const files = {
    Dockerfile: 'FROM a\n',
    'a/x': '',
    'b/x': '',
    'compose.yaml': compose('a', 'b').replaceAll('$PWD', '..'),
  }
  const { root, read } = createRepository(files)
  vi.mocked(fixDockerfile).mockImplementation(({ text, context }) => ({
    text: text + context.root,
    rewrites: [rewrite],
    refusals: [],
  }))
  const { code, out } = await runCli(root, ['--write'])
  expect(code).toBe(0)
  expect(out).toContain(
    'refused: Dockerfile:1 split-manifests: the file is built from several contexts (a, b)',
  )
  expect(read('Dockerfile')).toBe('FROM a\n')
})

test('a bug that one file brings to light is a problem, and the others are done', async () => {
  const { root, read } = createRepository({ 'a.Dockerfile': 'FROM a\n', 'b.Dockerfile': 'FROM b\n' })
  vi.mocked(fixDockerfile).mockImplementation(({ path, text }) => {
    if (path === 'a.Dockerfile') throw new TypeError('x is undefined')
    return { text: `${text}# fixed\n`, rewrites: [rewrite], refusals: [] }
  })
  const { code, err } = await runCli(root, ['--write'])
  expect(code).toBe(2)
  expect(err).toMatch(
    /^error: a\.Dockerfile: this is a bug in dockerfix, please report it.*TypeError: x is undefined.*\n$/,
  )
  expect(read('b.Dockerfile')).toBe('FROM b\n# fixed\n')
})

test('what cannot be written does not count for the files after it', async () => {
  const { root, read } = createRepository({ 'a.Dockerfile': 'FROM a\n', 'b.Dockerfile': 'FROM b\n' })
  chmodSync(join(root, 'a.Dockerfile'), 0o444)
  const { code } = await runCli(root, ['--write'])
  expect(code).toBe(2)
  expect(read('.dockerignore')).toBe('b.Dockerfile\n')
  expect(input('b.Dockerfile')?.siblings).toEqual([{ path: 'a.Dockerfile', text: 'FROM a\n' }])
})

test('the config and the flags choose transforms and risk', async () => {
  const config = '{"transforms":{"reorder-steps":false},"risk":"none"}'
  const { root } = createRepository({ Dockerfile: 'FROM a\n', '.dockerfixrc.json': config })
  const chosen = async (...argv: readonly string[]): Promise<unknown> => {
    inputs.length = 0
    await runCli(root, argv)
    return [inputs[0]?.transforms, inputs[0]?.risk]
  }
  expect(await chosen()).toEqual([['split-manifests', 'write-dockerignore'], 'none'])
  expect(await chosen('--skip', 'write-dockerignore')).toEqual([['split-manifests'], 'none'])
  expect(await chosen('--transform', 'reorder-steps, split-manifests')).toEqual([
    ['split-manifests', 'reorder-steps'],
    'none',
  ])
  expect(await chosen('--no-config', '--skip', 'split-manifests', '--skip', 'reorder-steps')).toEqual([
    ['write-dockerignore'],
    'notes',
  ])
})
