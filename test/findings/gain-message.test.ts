import { expect, test } from 'vitest'
import { gainMessage } from '../../src/findings/gain-message.ts'

const before = ['COPY . .', 'RUN pip install -r requirements.txt', 'RUN make']

test('names the steps that stay cached', () => {
  const kept = ['RUN pip install -r requirements.txt', 'RUN make']
  expect(gainMessage({ change: 'src/app.py', before, after: ['COPY . .'], kept })).toBe(
    'after a change of src/app.py: 3 steps re-run -> 1; RUN pip install -r requirements.txt, RUN make stay cached',
  )
})

test('counts only, where no RUN stays cached', () => {
  expect(gainMessage({ change: 'a.py', before, after: ['COPY . .'], kept: [] })).toBe(
    'after a change of a.py: 3 steps re-run -> 1',
  )
})
