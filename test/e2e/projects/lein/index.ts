import type { Project } from '../../project.ts'

const lein = {
  images: ['lein'],
  comment: ';',
} as const

/** Archives hold the time of their making; repositories are asked at some time, and the JVM measures itself. */
const noise = [/^\/app\/target\//, /^\/root\/\.(m2|lein)\//, /^\/tmp\//]

export const projects: readonly Project[] = [
  {
    ...lein,
    name: 'single',
    install: /lein deps/,
    build: /lein jar/,
    source: 'src/shop/core.clj',
    targets: ['build'],
    copiedTo: '/app',
    caches: ['/root/.m2', '/root/.lein'],
    noise,
  },
  {
    ...lein,
    name: 'profiles',
    install: /lein with-profile \+prod deps/,
    source: 'src/shop/core.clj',
    copiedTo: '/app',
    noise,
  },
  {
    ...lein,
    name: 'local-repository',
    install: /lein deps/,
    build: /lein do clean, jar/,
    source: 'src/shop/core.clj',
    copiedTo: '/app',
    caches: ['/root/.m2', '/root/.lein', '/app/target'],
    noise,
  },
]
