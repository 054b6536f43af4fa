import { resolvePixi } from './resolve-pixi.ts'
import type { Ecosystem } from '../../model/types.ts'

/** pixi. */
export const pixi: Ecosystem = {
  id: 'pixi',
  name: 'pixi',
  docs: 'https://pixi.sh/latest/reference/cli/pixi/install/',
  commands: [
    'pixi install',
    'pixi install --locked',
    'pixi install --frozen -e NAME',
    'pixi global install NAME',
    'pixi clean cache',
  ],
  manifests: ['pixi.toml', 'pyproject.toml', 'pixi.lock', '.pixi/config.toml'],
  ignore: ['**/__pycache__', '**/*.py[cod]'],
  resolve: resolvePixi,
}
