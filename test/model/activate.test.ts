import { expect, it } from 'vitest'
import { createMemoryTree } from '../../src/context/memory-tree.ts'
import { isDockerfileError } from '../../src/dockerfile/is-dockerfile-error.ts'
import { parseDockerfile } from '../../src/dockerfile/scan.ts'
import { buildModel } from '../../src/model/build.ts'
import { proveSame } from '../../src/model/prove.ts'
import { resolveCommand } from '../../src/knowledge.ts'
import type { Dockerfile } from '../../src/dockerfile/types.ts'
import type { Argument, Resolve } from '../../src/model/types.ts'

const tree = createMemoryTree({ 'main.py': '', 'env/bin/activate': '' })

function parse(lines: readonly string[]): Dockerfile {
  const dockerfile = parseDockerfile(['FROM base', 'WORKDIR /app', ...lines, ''].join('\n'))
  if (isDockerfileError(dockerfile)) throw new Error(dockerfile.message)
  return dockerfile
}

/** The variables that `show` finds, and the commands of the last step. */
function run(...lines: readonly string[]) {
  let env: ReadonlyMap<string, Argument> = new Map()
  const resolve: Resolve = (command, files) => {
    if (command.name !== 'show') return resolveCommand(command, files)
    env = command.env
    return { known: true, role: 'none', writes: [], env: [] }
  }
  const step = buildModel(parse(lines), tree, { resolve }).stages[0]?.steps.at(-1)
  const reads = step?.reads.map(({ path }) => path) ?? []
  return { environment: env.get('VIRTUAL_ENV'), path: env.get('PATH'), atoms: step?.atoms.length, reads }
}

it.each([
  ['RUN python3 -m venv venv && . venv/bin/activate && show', '/app/venv'],
  ['RUN virtualenv /opt/env && . /opt/env/bin/activate && show', '/opt/env'],
  ['ENV DIR=/opt/env\nRUN python -m venv $DIR && source "$DIR/bin/activate" && show', '/opt/env'],
  ['RUN python -m venv /opt/env\nRUN cd /opt && . ./env/bin/activate && show', '/opt/env'],
])('%s', (lines, dir) => {
  const { environment, reads } = run('ENV PATH=/usr/bin', lines)
  expect(environment).toBe(dir)
  expect(reads).toContain(`${dir}/bin/activate`)
})

it('puts the environment in front of the other programs', () => {
  expect(run('ENV PATH=/usr/bin', 'RUN python -m venv /v && . /v/bin/activate && show').path).toBe(
    '/v/bin:/usr/bin',
  )
})

it('is a part of the shell, and no command', () => {
  expect(run('RUN python -m venv /v', 'RUN . /v/bin/activate && show').atoms).toBe(1)
})

it.each([
  // Made by nothing that is known.
  'RUN . /opt/venv/bin/activate && show',
  // A file of the project may do anything.
  'COPY . .\nRUN python -m venv env && . env/bin/activate && show',
  'RUN python -m venv /opt/conda && . /opt/conda/bin/activate && show',
  'RUN python -m venv /v && . /v/bin/activate fast && show',
  'RUN python -m venv /v && . /v/bin/postactivate && show',
  'RUN python -m venv /v && . $DIR/bin/activate && show',
])('is not believed: %s', (lines) => {
  expect(run(...lines.split('\n')).environment).toBeUndefined()
})

it('stays behind the step that makes the environment', () => {
  const made = ['RUN python -m venv /v', 'RUN . /v/bin/activate && true']
  expect(proveSame(parse(made), parse(made.toReversed()), tree, resolveCommand).proven).toBe(false)
})
