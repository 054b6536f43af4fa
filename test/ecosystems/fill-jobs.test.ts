import { expect, test } from 'vitest'
import { toCommand } from '../effects/to-command.ts'
import { fillJobs } from '../../src/ecosystems/shared/fill-jobs.ts'

test.each([
  ['cabal build -j$(nproc)', ['build', undefined], ['build', '-j1']],
  ['cabal build -j "$JOBS"', ['build', '-j', undefined], ['build', '-j', '1']],
  ['cabal build --jobs=${JOBS} all', ['build', undefined, 'all'], ['build', '-j1', 'all']],
  ['cabal build $TARGET', ['build', undefined], ['build', undefined]],
  ['cabal build -j$(nproc) $TARGET', ['build', undefined, undefined], ['build', undefined, undefined]],
  ['cabal build $DIR/x-j$(nproc)', ['build', undefined], ['build', undefined]],
  ['cabal build all', ['build', 'all'], ['build', 'all']],
])('%s', (text, args, filled) => {
  expect(fillJobs({ ...toCommand('cabal'), text, args }, ['-j', '--jobs'])).toEqual(filled)
})
