import { findFetchStep } from './find-fetch-step.ts'
import { resolveGradle } from './resolve-gradle.ts'
import type { Ecosystem } from '../../model/types.ts'

/** Gradle, with scripts in Groovy or Kotlin. */
export const gradle: Ecosystem = {
  id: 'gradle',
  name: 'Gradle',
  docs: 'https://docs.gradle.org/current/userguide/command_line_interface.html',
  commands: [
    'gradle dependencies',
    'gradlew dependencies',
    'gradlew --version',
    'gradlew build (a fetch is added)',
  ],
  manifests: [
    '*.gradle and *.gradle.kts of all projects',
    'gradle.properties, lockfiles and version catalogs',
    'gradle, buildSrc and included builds',
    'gradlew',
  ],
  ignore: ['**/.gradle', '**/.kotlin'],
  resolve: resolveGradle,
  fetch: findFetchStep,
}
