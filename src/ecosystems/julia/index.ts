import { resolveJulia } from './resolve-julia.ts'
import type { Ecosystem } from '../../model/types.ts'

export const julia: Ecosystem = {
  id: 'julia',
  name: 'Julia',
  docs: 'https://pkgdocs.julialang.org/v1/api/#Pkg.instantiate',
  commands: [
    "julia --project -e 'using Pkg; Pkg.instantiate()'",
    "julia --project=. -e 'import Pkg; Pkg.instantiate(); Pkg.precompile()'",
    "julia -e 'using Pkg; Pkg.add(...)'",
  ],
  manifests: [
    'Project.toml',
    'Manifest.toml',
    'JuliaProject.toml',
    'JuliaManifest.toml',
    'Manifest-v1.*.toml',
    'LocalPreferences.toml',
    'Artifacts.toml',
  ],
  ignore: [],
  resolve: resolveJulia,
}
