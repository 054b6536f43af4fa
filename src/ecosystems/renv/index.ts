import { resolveR } from './resolve-r.ts'
import type { Ecosystem } from '../../model/types.ts'

/** renv, and the installers of R packages. */
export const renv: Ecosystem = {
  id: 'renv',
  name: 'R (renv)',
  docs: 'https://rstudio.github.io/renv/articles/docker.html',
  commands: [
    "R -e 'renv::restore()'",
    "Rscript -e 'renv::restore()'",
    "Rscript -e 'remotes::install_deps()'",
    "R -e 'install.packages(...)'",
    'install2.r NAME',
    'Rscript install.R',
    'pak::lockfile_install()',
  ],
  manifests: [
    'renv.lock',
    '.Rprofile',
    'renv/activate.R',
    'renv/settings.json',
    '.Renviron',
    'DESCRIPTION',
    'pkg.lock',
    'scripts that only install',
    'renv/local',
    'renv/cellar',
  ],
  ignore: ['**/.Rproj.user', '**/.Rhistory', '**/renv/library', '**/renv/staging'],
  resolve: resolveR,
}
