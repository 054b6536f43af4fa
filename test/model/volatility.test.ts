import { expect, it } from 'vitest'
import { createMemoryTree } from '../../src/context/memory-tree.ts'
import { isDockerfileError } from '../../src/dockerfile/is-dockerfile-error.ts'
import { parseDockerfile } from '../../src/dockerfile/scan.ts'
import { resolveEffect } from '../../src/effects/index.ts'
import { buildModel, type ModelBuild } from '../../src/model/build.ts'
import { findChanges } from '../../src/model/volatility.ts'

const tree = createMemoryTree({ 'src/a.js': '', 'conf/x.ini': '', 'main.py': '', VERSION: '' })

function build(...lines: readonly string[]): ModelBuild {
  const dockerfile = parseDockerfile([...lines, ''].join('\n'))
  if (isDockerfileError(dockerfile)) throw new Error(dockerfile.message)
  return buildModel(dockerfile, tree, { resolve: resolveEffect })
}

/** For each step of all stages in how many of a hundred rebuilds its own inputs have changed. */
function shares(
  { stages, context }: ModelBuild,
  commits: readonly (readonly string[])[],
): Record<string, number> {
  const changes = findChanges(
    stages,
    context,
    commits.map((paths) => ({ paths })),
  )
  return Object.fromEntries(
    stages
      .flatMap(({ steps }) => steps)
      .map((step) => {
        const share = changes
          .filter(({ touches }) => touches(step))
          .reduce((sum, { weight }) => sum + weight, 0)
        return [step.instruction.original, Math.round(100 * share)] as const
      }),
  )
}

it('takes sources and directories for what changes most when there is no history', () => {
  const lines = ['FROM base', 'COPY src /src', 'COPY main.py /', 'COPY VERSION /', 'RUN true']
  expect(shares(build(...lines), [])).toEqual({
    'FROM base': 0,
    'COPY src /src': 100,
    'COPY main.py /': 100,
    'COPY VERSION /': 10,
    'RUN true': 0,
  })
})

it('counts the commits that touch what a step copies', () => {
  const commits = Array.from({ length: 90 }, (_, index) =>
    index < 45 ? ['src/deep/new.js', 'VERSION'] : index < 63 ? ['conf/x.ini'] : ['docs/unseen.md'],
  )
  expect(shares(build('FROM base', 'COPY src /src', 'COPY conf /conf', 'COPY . /all'), commits)).toEqual({
    'FROM base': 0,
    // 45 of 90 commits, and the ten that stand for what is usual.
    'COPY src /src': 55,
    'COPY conf /conf': 28,
    'COPY . /all': 100,
  })
})

it('follows copies from stages, and stages that are built on others', () => {
  const two = build('FROM base AS a', 'COPY src /src', 'FROM a AS b', 'FROM base', 'COPY --from=b /src /src')
  expect(shares(two, [])).toEqual({
    'FROM base AS a': 0,
    'COPY src /src': 100,
    'FROM a AS b': 100,
    'FROM base': 0,
    'COPY --from=b /src /src': 100,
  })
})

it('takes a copy from an image for as lasting as the base', () => {
  expect(shares(build('FROM base', 'COPY --from=composer:2 /usr/bin/composer /bin/'), [])).toEqual({
    'FROM base': 0,
    'COPY --from=composer:2 /usr/bin/composer /bin/': 0,
  })
})
