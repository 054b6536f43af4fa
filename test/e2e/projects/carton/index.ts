import type { Project } from '../../project.ts'

const common = {
  images: ['perl'],
  copiedTo: '/app',
  // Times, in what cpanm keeps of its work, what it notes of installed distributions, and Carton's index.
  noise: [
    /\/cache\/modules\/02packages/,
    /^\/root\/\.cpanm\//,
    /\/perllocal\.pod$/,
    /\/\.meta\/.*\/install\.json$/,
    /\/man\/man3\//,
  ],
  install: /^carton install/,
  source: 'app.pl',
  lock: { files: ['cpanfile.snapshot'], command: 'carton install', image: 'perl:5.36' },
} as const

export const projects: readonly Project[] = [
  { ...common, name: 'deployment' },
  // Without --deployment the snapshot is written anew; the same RUN cleans up.
  { ...common, name: 'snapshot-kept' },
  { ...common, name: 'other-folder' },
]
