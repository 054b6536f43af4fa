import type { Project } from '../../project.ts'

const common = {
  images: ['conan'],
  copiedTo: '/src',
  // Conan's own database, and byte code, which holds the time of its source.
  noise: [/^\/root\/\.conan2\/p\/cache\.sqlite3/, /\.pyc$/],
  install: /^conan install/,
  source: 'src/main.cpp',
} as const

export const projects: readonly Project[] = [
  // CMakeUserPresets.json is made only beside a CMakeLists.txt.
  { ...common, name: 'presets' },
  // A profile of the project includes another; the same RUN looks at what was generated.
  { ...common, name: 'profiles' },
  // A recipe with a layout, whose build reads a file, and a lockfile.
  {
    ...common,
    name: 'recipe',
    lock: { files: ['conan.lock'], command: 'conan lock create .', image: 'conanio/conan:2' },
  },
]
