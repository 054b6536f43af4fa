import type { Project } from '../../project.ts'

const common = {
  images: ['r'],
  copiedTo: '/app',
  // Byte code, times in what R notes of an installed package, and what renv keeps of its work.
  noise: [/library\/.*\/(?:DESCRIPTION|(?:Meta|R|help|html)\/[^/]*)$/, /^\/root\/\.cache\/R\//],
  install: /^(?:R|Rscript) .*renv::restore/,
  source: 'app.R',
  comment: '#',
} as const

/** Writes the lockfile, and what activates renv, as a developer does. */
const snapshot = [
  'R --vanilla -s',
  "-e 'renv::init(bare = TRUE, restart = FALSE)'",
  `-e 'renv::install("polite", prompt = FALSE)'`,
  `-e 'renv::snapshot(packages = "polite", prompt = FALSE)'`,
].join(' ')

export const projects: readonly Project[] = [
  { ...common, name: 'lockfile', lock: { files: ['renv.lock'], command: snapshot, image: 'r-base:4.5.0' } },
  // The profile of the project activates renv, so that the library is one of the project.
  {
    ...common,
    name: 'activated',
    lock: {
      files: ['renv.lock', '.Rprofile', 'renv/activate.R', 'renv/settings.json'],
      command: snapshot,
      image: 'r-base:4.5.0',
    },
  },
  // A profile that would stop R is not read.
  {
    ...common,
    name: 'other-lockfile',
    lock: {
      files: ['deploy/renv.lock'],
      command: `${snapshot} && mkdir -p deploy && mv renv.lock deploy/`,
      image: 'r-base:4.5.0',
    },
  },
]
