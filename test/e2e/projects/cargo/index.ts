import type { Project } from '../../project.ts'

const cargo = {
  images: ['rust'],
  caches: ['/usr/local/cargo/registry', '/usr/local/cargo/git'],
} as const

/** What cargo notes of its downloads, by time, of its compiler, in any order, and of the times of the sources. */
const notes = [
  /^\/usr\/local\/cargo\/(\.package-cache|\.global-cache|registry\/|git\/)/,
  /\/target\/\.rustc_info\.json$/,
  /\/target\/[^/]+\/\.fingerprint\//,
]

export const projects: readonly Project[] = [
  {
    ...cargo,
    name: 'single',
    install: /cargo fetch --locked$/,
    build: /cargo build/,
    source: 'src/main.rs',
    targets: ['build'],
    copiedTo: '/app',
    noise: notes,
  },
  {
    ...cargo,
    name: 'workspace',
    install: /cargo fetch$/,
    build: /cargo build/,
    source: 'crates/server/src/bin/server/main.rs',
    targets: ['build'],
    copiedTo: '/src',
    noise: notes,
  },
  {
    ...cargo,
    name: 'patched',
    install: /cargo fetch --locked$/,
    source: 'vendored/itoa/src/lib.rs',
    copiedTo: '/app',
    noise: notes,
  },
  {
    ...cargo,
    name: 'install-path',
    install: /cargo fetch/,
    build: /cargo install/,
    source: 'cli/src/main.rs',
    copiedTo: '/app',
    // The repository that stands in for a git server is made in the image, and git notes when.
    noise: [...notes, /^\/company\/\.git\/index$/],
  },
]
