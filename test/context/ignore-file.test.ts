import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findIgnoreFile } from '../../src/context/ignore-file.ts'
import { makeDirectory } from './temporary-directory.ts'

it('prefers the ignore file of the Dockerfile, even an empty one', () => {
  const root = makeDirectory({
    '.dockerignore': 'a\n',
    'x/A.Dockerfile': '',
    'x/A.Dockerfile.dockerignore': '',
    'x/B.Dockerfile': '',
    'empty/': '',
  })
  expect(findIgnoreFile(join(root, 'x/A.Dockerfile'), root)).toEqual({
    file: join(root, 'x/A.Dockerfile.dockerignore'),
    text: '',
  })
  expect(findIgnoreFile(join(root, 'x/B.Dockerfile'), root)).toEqual({
    file: join(root, '.dockerignore'),
    text: 'a\n',
  })
  expect(findIgnoreFile(join(root, 'x/B.Dockerfile'), join(root, 'empty'))).toEqual({
    file: join(root, 'empty/.dockerignore'),
  })
})

it('follows links inside the context only', () => {
  const outside = makeDirectory({ secret: 's' })
  const root = makeDirectory({
    '.dockerignore': '-> shared',
    shared: 'b',
    'x/.dockerignore': `-> ${outside}/secret`,
    'y/.dockerignore/': '',
  })
  expect(findIgnoreFile(join(root, 'Dockerfile'), root).text).toBe('b')
  expect(() => findIgnoreFile(join(root, 'x/Dockerfile'), join(root, 'x'))).toThrow(
    'leads out of the build context',
  )
  expect(() => findIgnoreFile(join(root, 'y/Dockerfile'), join(root, 'y'))).toThrow('cannot be read (EISDIR)')
})
