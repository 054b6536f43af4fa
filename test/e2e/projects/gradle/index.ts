import type { Project } from '../../project.ts'

const gradle = {
  images: ['java'],
} as const

/** Gradle's notes on the project and on its own files, archives with the time of their making, what the JVM measured. */
const noise = [
  /\/\.gradle\//,
  /^\/(app|src)\/(.*\/)?build\/(libs|tmp|reports|kotlin-build|buildSrc)\//,
  /^\/(app|src)\/(.*\/)?build\/.*\.jar$/,
  /^\/tmp\//,
]

export const projects: readonly Project[] = [
  {
    ...gradle,
    name: 'single',
    install: /gradle --no-daemon dependencies/,
    build: /gradle --no-daemon build/,
    source: 'src/main/java/shop/Shop.java',
    targets: ['build'],
    copiedTo: '/app',
    caches: ['/root/.gradle', '/app/.gradle'],
    noise,
  },
  {
    ...gradle,
    name: 'projects',
    install: /gradle --no-daemon dependencies/,
    build: /gradle --no-daemon :server:build/,
    source: 'server/src/main/java/shop/Server.java',
    copiedTo: '/src',
    caches: ['/root/.gradle', '/src/.gradle', '/src/buildSrc/.gradle', '/src/buildSrc/build'],
    noise,
  },
  {
    ...gradle,
    name: 'included',
    install: /gradle --no-daemon dependencies/,
    source: 'src/main/java/shop/Shop.java',
    copiedTo: '/app',
    caches: ['/root/.gradle', '/app/.gradle', '/app/libraries/money/.gradle', '/app/libraries/money/build'],
    noise,
  },
]
