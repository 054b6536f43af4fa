import { expect, test } from 'vitest'
import { baseWorkdir } from '../../src/model/base-workdir.ts'
import { BASE_WORKDIR } from '../../src/model/paths.ts'

test.each([
  'composer',
  'composer:2.7',
  'docker.io/library/composer:lts',
  'library/composer',
  'docker.io/composer:2',
])('%s begins in /app', (image) => expect(baseWorkdir(image)).toBe('/app'))

test.each(['php:8.3-cli', 'example.com/composer:2', 'me/composer', 'composer-base', 'composer:$TAG'])(
  '%s begins in a directory that is not known',
  (image) => expect(baseWorkdir(image)).toBe(BASE_WORKDIR),
)
