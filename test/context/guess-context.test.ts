import { join } from 'node:path'
import { expect, test } from 'vitest'
import { guessContext } from '../../src/context/guess-context.ts'
import { makeDirectory } from './temporary-directory.ts'

test('a file where a source has a directory is no match, and no crash', () => {
  const root = makeDirectory({ 'docker/app': '', 'app/main.c': '' })
  const guessed = guessContext(join(root, 'docker', 'Dockerfile'), ['app/main.c'], root)
  expect(guessed).toEqual({ context: root, why: 'ancestor' })
})

test('a folder that is kept for Dockerfiles is not the context of a copy of everything', () => {
  const root = makeDirectory({
    'deployments/entrypoint.sh': '',
    'package.json': '{}',
    'docker/package.json': '{}',
  })
  const own = join(root, 'docker')
  expect(guessContext(join(root, 'deployments', 'Dockerfile'), ['.'], root).context).toBe(root)
  expect(guessContext(join(own, 'Dockerfile'), ['.'], root).context).toBe(own)
  expect(guessContext(join(root, 'deployments', 'Dockerfile'), ['entrypoint.sh'], root).context).toBe(
    join(root, 'deployments'),
  )
})

test('a member of a workspace is not the context of an install that needs the lockfile of all', () => {
  const root = makeDirectory({ 'yarn.lock': '', 'web/package.json': '{}', 'web/docker/x': '' })
  const file = join(root, 'web', 'docker', 'Dockerfile')
  const guess = (sources: readonly string[], ...needed: readonly string[][]) =>
    guessContext(file, sources, root, () => needed).context
  expect(guess(['.'], ['yarn.lock'])).toBe(root)
  expect(guess(['./'], ['bun.lock', 'yarn.lock'])).toBe(root)
  // Nowhere is all that it needs: the guess is as good as without.
  expect(guess(['.'], ['pnpm-lock.yaml'])).toBe(join(root, 'web'))
  expect(guess(['.'])).toBe(join(root, 'web'))
  expect(guess(['package.json'], ['yarn.lock'])).toBe(join(root, 'web'))
})
