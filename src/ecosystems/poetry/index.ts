import { findFetchStep } from './find-fetch-step.ts'
import { resolvePoetry } from './resolve-poetry.ts'
import type { Ecosystem } from '../../model/types.ts'

/** Poetry. */
export const poetry: Ecosystem = {
  id: 'poetry',
  name: 'Poetry',
  docs: 'https://python-poetry.org/docs/cli/#install',
  commands: [
    'poetry install --no-root',
    'poetry install (package-mode = false)',
    'poetry install (dependencies first, by an added step)',
    'poetry sync --no-root',
    'poetry export -o requirements.txt',
    'poetry config virtualenvs.create false',
    'poetry self add NAME',
  ],
  manifests: [
    'pyproject.toml',
    'poetry.lock',
    'poetry.toml',
    'directories and wheels that the lockfile names by path',
  ],
  ignore: ['.venv', '**/__pycache__', '**/*.py[cod]'],
  resolve: resolvePoetry,
  fetch: findFetchStep,
}
