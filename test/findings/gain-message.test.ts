import { expect, test } from 'vitest'
import { gainMessage } from '../../src/findings/gain-message.ts'

test('names the steps that stay cached', () => {
  const before = ['COPY . .', 'RUN pip install -r requirements.txt', 'RUN make', 'ENV A=b', 'CMD ["x"]']
  expect(gainMessage({ change: 'src/app.py', before, after: ['COPY . .'] })).toBe(
    'after a change of src/app.py: 5 steps re-run -> 1: RUN pip install -r requirements.txt, RUN make stay cached',
  )
})

test('a RUN that was cut in two is not called cached', () => {
  const before = ['COPY . .', 'RUN npm ci && npm run build']
  expect(gainMessage({ change: 'a.js', before, after: ['COPY . .', 'RUN npm run build'] })).toBe(
    'after a change of a.js: 2 steps re-run -> 2',
  )
})

test('counts equal steps one by one', () => {
  const before = ['COPY . .', 'RUN npm ci', 'RUN npm ci']
  expect(gainMessage({ change: 'a.js', before, after: ['COPY . .', 'RUN npm ci'] })).toBe(
    'after a change of a.js: 3 steps re-run -> 2: RUN npm ci stays cached',
  )
})
