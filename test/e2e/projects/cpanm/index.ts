import type { Project } from '../../project.ts'

const common = {
  images: ['perl'],
  copiedTo: '/app',
  // What cpanm keeps of its work, by time; times, and the order of keys, in what it notes of installed distributions.
  noise: [/^\/root\/\.cpanm\//, /\/perllocal\.pod$/, /\/\.meta\/.*\/install\.json$/, /\/man\/man3\//],
  install: /^cpanm/,
} as const

export const projects: readonly Project[] = [
  { ...common, name: 'single', source: 'app.pl' },
  // The modules go to a folder of the project, and a check of the sources follows in the same RUN.
  { ...common, name: 'local-lib', source: 'app.pl' },
  // A distribution: beside the cpanfile stand a META.json, which counts, and a Makefile.PL, which does not.
  { ...common, name: 'configured', source: 'server/app.pl' },
]
