import { resolveCarton } from './resolve-carton.ts'
import type { Ecosystem } from '../../model/types.ts'

/** Carton, which installs the Perl modules that a snapshot pins. */
export const carton: Ecosystem = {
  id: 'carton',
  name: 'Carton',
  docs: 'https://metacpan.org/dist/Carton/view/script/carton',
  commands: ['carton', 'carton install', 'carton install --deployment', 'carton install --cached'],
  manifests: [
    'cpanfile',
    'cpanfile.snapshot',
    'META.json',
    'META.yml',
    'Build.PL',
    'Makefile',
    'vendor/cache',
  ],
  ignore: [],
  resolve: resolveCarton,
}
