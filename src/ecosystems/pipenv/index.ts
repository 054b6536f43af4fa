import { resolvePipenv } from './resolve-pipenv.ts'
import type { Ecosystem } from '../../model/types.ts'

/** Pipenv. */
export const pipenv: Ecosystem = {
  id: 'pipenv',
  name: 'Pipenv',
  docs: 'https://pipenv.pypa.io/en/latest/commands.html#install',
  commands: [
    'pipenv install',
    'pipenv install --system --deploy',
    'pipenv install --dev',
    'pipenv install --ignore-pipfile',
    'pipenv install --skip-lock',
    'pipenv sync',
    'pipenv requirements > requirements.txt',
  ],
  manifests: [
    'Pipfile',
    'Pipfile.lock',
    '.env',
    'pylock.toml',
    'directories and wheels that they name by path',
  ],
  ignore: ['.venv', '**/__pycache__', '**/*.py[cod]'],
  resolve: resolvePipenv,
}
