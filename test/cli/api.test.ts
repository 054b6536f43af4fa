import { expect, test } from 'vitest'
import { defineConfig, fix } from '../../src/index.ts'
import { createRepository, nodePackage, rewritten } from './repository.ts'

test('fix reports, and writes only when asked', async () => {
  const { root, read } = createRepository(nodePackage('api/'))
  const ticks: (readonly number[])[] = []
  const report = await fix({ cwd: root, paths: ['api'], onProgress: (...tick) => ticks.push(tick) })
  expect(report).toMatchObject({
    root,
    problems: [],
    dockerfiles: [{ path: 'api/Dockerfile', context: 'api' }],
  })
  expect(report.dockerfiles[0]?.changes.map(({ path }) => path)).toEqual([
    'api/Dockerfile',
    'api/.dockerignore',
  ])
  expect(ticks).toEqual([[1, 1]])
  expect(read('api/Dockerfile')).not.toBe(rewritten)
  await fix({ cwd: root, write: true })
  expect(read('api/Dockerfile')).toBe(rewritten)
})

test('wrong options throw', async () => {
  const { root } = createRepository(nodePackage())
  await expect(fix({ cwd: root, skip: ['nope'] })).rejects.toThrow('unknown transform "nope"')
})

test('defineConfig gives the config back', () => {
  const config = { risk: 'none' } as const
  expect(defineConfig(config)).toBe(config)
})
