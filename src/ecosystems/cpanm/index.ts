import { resolveCpanm } from './resolve-cpanm.ts'
import type { Ecosystem } from '../../model/types.ts'

/** cpanm and cpm, which install Perl modules. */
export const cpanm: Ecosystem = {
  id: 'cpanm',
  name: 'cpanm',
  docs: 'https://metacpan.org/dist/App-cpanminus/view/bin/cpanm',
  commands: [
    'cpanm --installdeps .',
    'cpanm -n --installdeps .',
    'cpanm -L local --installdeps .',
    'cpanm Module::Name',
    'cpm install',
    'cpm install -g',
  ],
  manifests: ['cpanfile', 'cpanfile.snapshot', 'META.json', 'META.yml', 'Build.PL', 'Makefile'],
  ignore: [],
  resolve: resolveCpanm,
}
