import { resolveHatch } from './resolve-hatch.ts'
import type { Ecosystem } from '../../model/types.ts'

/** Hatch. Its environments hold the project itself, so that nothing of it can stand above the sources. */
export const hatch: Ecosystem = {
  id: 'hatch',
  name: 'Hatch',
  docs: 'https://hatch.pypa.io/latest/cli/reference/',
  commands: ['hatch env create (refused)', 'hatch run (refused)', 'hatch dep show requirements'],
  manifests: ['pyproject.toml', 'hatch.toml'],
  ignore: ['**/__pycache__', '**/*.py[cod]', '.hatch'],
  resolve: resolveHatch,
}
