import type { Project } from '../../project.ts'

const sbt = {
  images: ['sbt'],
  copiedTo: '/app',
} as const

/** The compiled definition, archives with the time of their making, notes of sbt and Coursier, what the JVM measured. */
const noise = [
  /^\/app\/(.*\/)?target\//,
  /^\/app\/project\/project\//,
  /^\/root\/\.(sbt|ivy2|cache)\//,
  /^\/tmp\//,
]

export const projects: readonly Project[] = [
  {
    ...sbt,
    name: 'single',
    install: /sbt update/,
    build: /sbt package/,
    source: 'src/main/java/shop/Shop.java',
    targets: ['build'],
    noise,
  },
  {
    ...sbt,
    name: 'projects',
    install: /sbt update/,
    build: /sbt "project server" package/,
    source: 'server/src/main/java/shop/Server.java',
    caches: [
      '/root/.cache',
      '/root/.sbt',
      '/app/target',
      '/app/project/target',
      '/app/prices/target',
      '/app/server/target',
    ],
    noise,
  },
  {
    ...sbt,
    name: 'update',
    install: /sbt update/,
    source: 'src/main/java/shop/Shop.java',
    noise,
  },
]
