import fc from 'fast-check'
import { stringify } from 'smol-toml'
import { expect, test } from 'vitest'
import { conda } from '../../src/ecosystems/conda/index.ts'
import { pdm } from '../../src/ecosystems/pdm/index.ts'
import { pipenv } from '../../src/ecosystems/pipenv/index.ts'
import { pixi } from '../../src/ecosystems/pixi/index.ts'
import { poetry } from '../../src/ecosystems/poetry/index.ts'
import { uv } from '../../src/ecosystems/uv/index.ts'
import { fakeCommand, fakeFiles } from './fake-files.ts'

const FIELDS = [
  'project tool poetry uv pdm pixi package name source type url editable directory virtual path registry members workspace',
  'dependencies optional-dependencies dependency-groups dev-dependencies group metadata requires-dist requires-dev',
  'build-system requires index find-links scripts distribution package-mode packages code activation channels pip',
]
  .join(' ')
  .split(' ')
const WORDS = [
  '.',
  '..',
  '**',
  'file:',
  './a',
  '-e .',
  '-r x',
  'a @ file:///b',
  '',
  '*',
  '[',
  'https://x',
  '__proto__',
]

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(...WORDS, true, false, 1),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...FIELDS, ...WORDS), tie('any'), { maxKeys: 5 }),
  ),
})).any

const table = fc.dictionary(fc.constantFrom(...FIELDS), value)
const text = fc.oneof(
  table.map((toml) => stringify(toml)),
  table.map((json) => JSON.stringify(json)),
  fc.constantFrom('[', 'a = 1\na = 2', '\uFEFF', '- a', 'dependencies:\n- pip: [x'),
  fc.string(),
)

const PATHS = [
  'pyproject.toml poetry.lock poetry.toml uv.lock uv.toml pdm.lock pdm.toml Pipfile Pipfile.lock pixi.toml pixi.lock',
  'environment.yml requirements.txt a/pyproject.toml .python-version .env',
]
  .join(' ')
  .split(' ')
  .flatMap((name) => [`/app/${name}`, `/${name}`])

const COMMANDS = [
  'poetry install',
  'poetry install --no-root',
  'uv sync',
  'uv sync --frozen --no-install-workspace',
  'uv pip install -r requirements.txt -r pyproject.toml',
  'pdm install',
  'pdm sync --no-self',
  'pipenv install',
  'pipenv install --skip-lock',
  'conda env create',
  'micromamba create -f environment.yml',
  'pixi install',
]

test('no manifest makes a resolver of Python fail', () => {
  const files = fc.dictionary(fc.constantFrom(...PATHS), text, { maxKeys: 6 })
  fc.assert(
    fc.property(files, fc.constantFrom(...COMMANDS), (texts, command) => {
      const fake = fakeFiles(texts)
      for (const ecosystem of [poetry, uv, pdm, pipenv, conda, pixi]) {
        const effect = ecosystem.resolve(fakeCommand(command), fake.files)
        ecosystem.fetch?.(fakeCommand(command), fake.files)
        if (effect?.known !== true) continue
        for (const write of effect.writes) expect(JSON.stringify(write)).not.toContain('undefined')
      }
    }),
    { numRuns: 1500 },
  )
})
