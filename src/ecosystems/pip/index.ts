import { matchPip } from './match-pip.ts'
import { resolveCall } from './resolve-call.ts'
import { words } from '../../effects/words.ts'
import type { Ecosystem } from '../../model/types.ts'

/** pip, and the virtual environments that it installs into. */
export const pip: Ecosystem = {
  id: 'pip',
  name: 'pip',
  docs: 'https://pip.pypa.io/en/stable/cli/pip_install/',
  commands: [
    'pip install -r requirements.txt',
    'pip install -r requirements.txt -c constraints.txt',
    'python -m pip install -r requirements.txt',
    '/opt/venv/bin/pip install -r requirements.txt',
    'pip wheel -r requirements.txt -w /wheels',
    'pip download -r requirements.txt -d /wheels',
    'pip-sync requirements.txt',
    'pip install NAME',
    'python -m venv DIR',
    'virtualenv DIR',
  ],
  manifests: ['requirements.txt', 'constraints.txt', 'every file that they include', 'wheels that they name'],
  ignore: words(
    '**/__pycache__ **/*.py[cod] .venv .pytest_cache .mypy_cache .ruff_cache .tox .coverage htmlcov',
  ),
  resolve(command, files) {
    const call = matchPip(command)
    return call === undefined ? undefined : resolveCall(call, command, files)
  },
}
