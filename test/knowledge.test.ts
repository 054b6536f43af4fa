import { expect, it } from 'vitest'
import { createMemoryTree } from '../src/context/memory-tree.ts'
import { isDockerfileError } from '../src/dockerfile/is-dockerfile-error.ts'
import { parseDockerfile } from '../src/dockerfile/scan.ts'
import { resolveCommand } from '../src/knowledge.ts'
import { buildModel } from '../src/model/build.ts'

const files = {
  'package.json': '{ "name": "app", "version": "1.0.0" }',
  'package-lock.json': JSON.stringify({
    name: 'app',
    version: '1.0.0',
    lockfileVersion: 3,
    packages: { '': { name: 'app', version: '1.0.0' } },
  }),
  'requirements.txt': 'six==1.17.0\n',
}

it.each(['npm ci', 'pip install -r requirements.txt'])('counts what the shell writes for %s', (command) => {
  const dockerfile = parseDockerfile(`FROM base\nWORKDIR /app\nCOPY . .\nRUN ${command} > install.log\n`)
  if (isDockerfileError(dockerfile)) throw new Error(dockerfile.message)
  const build = buildModel(dockerfile, createMemoryTree(files), { resolve: resolveCommand })
  const writes = build.stages[0]?.steps.at(-1)?.writes.map(({ region }) => region)
  expect(writes).toContainEqual({ kind: 'path', path: '/app/install.log' })
})
