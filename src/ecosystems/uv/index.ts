import { findFetchStep } from './find-fetch-step.ts'
import { resolveUv } from './resolve-uv.ts'
import type { Ecosystem } from '../../model/types.ts'

/** uv: projects, its pip interface, tools and Python versions. */
export const uv: Ecosystem = {
  id: 'uv',
  name: 'uv',
  docs: 'https://docs.astral.sh/uv/reference/cli/#uv-sync',
  commands: [
    'uv sync --frozen --no-install-project',
    'uv sync --frozen --no-install-workspace',
    'uv sync (no package to build)',
    'uv sync (dependencies first, by an added step)',
    'uv run COMMAND (dependencies first, by an added step)',
    'uv pip install -r requirements.txt',
    'uv pip install -r pyproject.toml',
    'uv pip sync requirements.txt',
    'uv pip install NAME',
    'uv export -o requirements.txt',
    'uv venv',
    'uv tool install NAME',
    'uv python install',
  ],
  manifests: [
    'pyproject.toml',
    'uv.lock',
    'uv.toml',
    '.python-version',
    '.python-versions',
    'pyproject.toml of workspace members',
    'directories and wheels that the lockfile names by path',
    'requirements files and all that they include',
  ],
  ignore: ['.venv', '**/__pycache__', '**/*.py[cod]'],
  resolve: resolveUv,
  fetch: findFetchStep,
}
