import { resolveConda } from './resolve-conda.ts'
import type { Ecosystem } from '../../model/types.ts'

/** conda, mamba, micromamba and conda-lock. */
export const conda: Ecosystem = {
  id: 'conda',
  name: 'conda',
  docs: 'https://docs.conda.io/projects/conda/en/latest/commands/env/create.html',
  commands: [
    'conda env create -f environment.yml',
    'conda env update -f environment.yml',
    'mamba env create -f environment.yml',
    'micromamba install -y -n base -f environment.yml',
    'micromamba create -y -f environment.yml',
    'conda install --file requirements.txt',
    'conda create -n NAME --file requirements.txt',
    'conda-lock install conda-lock.yml',
    'conda install -y NAME',
    'conda clean -afy',
    'conda config --add channels NAME',
  ],
  manifests: [
    'environment.yml',
    'requirements files that its pip section names',
    'lists of --file',
    'conda-lock.yml',
  ],
  ignore: ['**/__pycache__', '**/*.py[cod]'],
  resolve: resolveConda,
}
