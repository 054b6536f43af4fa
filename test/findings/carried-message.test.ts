import { expect, test } from 'vitest'
import { carriedMessage } from '../../src/findings/carried-message.ts'

test('names the copy and the files', () => {
  expect(carriedMessage({ copy: 'COPY . .', files: ['Dockerfile', '.dockerignore'] })).toBe(
    '`COPY . .` takes the new Dockerfile and .dockerignore along into the image: add them to the ignore file to keep them out',
  )
  expect(carriedMessage({ copy: 'ADD . /app', files: ['.dockerignore'] })).toBe(
    '`ADD . /app` takes the new .dockerignore along into the image: add it to the ignore file to keep it out',
  )
})
