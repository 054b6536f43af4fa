import { findFetchStep } from './find-fetch-step.ts'
import { resolvePdm } from './resolve-pdm.ts'
import type { Ecosystem } from '../../model/types.ts'

/** PDM. */
export const pdm: Ecosystem = {
  id: 'pdm',
  name: 'PDM',
  docs: 'https://pdm-project.org/latest/reference/cli/#install',
  commands: [
    'pdm install --no-self',
    'pdm sync --no-self',
    'pdm install (distribution = false)',
    'pdm install (dependencies first, by an added step)',
    'pdm sync (dependencies first, by an added step)',
    'pdm export -o requirements.txt',
    'pdm config KEY VALUE',
  ],
  manifests: [
    'pyproject.toml',
    'pdm.lock',
    'pdm.toml',
    '.pdm.toml',
    '.pdm-python',
    '.python-version',
    'pylock.toml',
    'directories and wheels that the lockfile names by path',
  ],
  ignore: ['.venv', '.pdm-python', '.pdm-build', '__pypackages__', '**/__pycache__', '**/*.py[cod]'],
  resolve: resolvePdm,
  fetch: findFetchStep,
}
