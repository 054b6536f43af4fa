import { join } from 'node:path'
import { expect, test } from 'vitest'
import { guessContext } from '../../src/context/guess-context.ts'
import { makeDirectory } from './temporary-directory.ts'

test('a file where a source has a directory is no match, and no crash', () => {
  const root = makeDirectory({ 'docker/app': '', 'app/main.c': '' })
  const guessed = guessContext(join(root, 'docker', 'Dockerfile'), ['app/main.c'], root)
  expect(guessed).toEqual({ context: root, why: 'ancestor' })
})
