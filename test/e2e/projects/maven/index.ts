import type { Project } from '../../project.ts'

const maven = {
  images: ['java'],
  caches: ['/root/.m2'],
} as const

/** Archives hold the time of their making; Maven notes when it looked for what, and the JVM what it measured. */
const noise = [
  /^\/(app|src)\/.*\.jar$/,
  /\/target\/maven-archiver\//,
  /^\/root\/\.m2\/repository\//,
  /^\/tmp\//,
]

export const projects: readonly Project[] = [
  {
    ...maven,
    name: 'single',
    install: /dependency:go-offline/,
    build: /mvn -B package/,
    source: 'src/main/java/shop/Shop.java',
    targets: ['build'],
    copiedTo: '/app',
    noise,
  },
  {
    ...maven,
    name: 'modules',
    install: /dependency:go-offline/,
    build: /mvn -B -pl server/,
    source: 'server/src/main/java/shop/Server.java',
    copiedTo: '/src',
    noise,
  },
  {
    ...maven,
    name: 'local-repository',
    install: /dependency:go-offline/,
    source: 'src/main/java/shop/Shop.java',
    copiedTo: '/app',
    noise,
  },
]
