import { findFetchStep } from './find-fetch-step.ts'
import { resolveMaven } from './resolve-maven.ts'
import type { Ecosystem } from '../../model/types.ts'

/** Java's Maven. */
export const maven: Ecosystem = {
  id: 'maven',
  name: 'Maven',
  docs: 'https://maven.apache.org/plugins/maven-dependency-plugin/go-offline-mojo.html',
  commands: [
    'mvn dependency:go-offline',
    'mvn dependency:resolve',
    'mvnw dependency:go-offline',
    'mvn package (a fetch is added)',
  ],
  manifests: [
    'pom.xml of the project, its parents and its modules',
    '.mvn',
    'mvnw',
    'settings.xml that is named',
    'files that profiles and system dependencies name',
  ],
  ignore: ['**/target'],
  resolve: resolveMaven,
  fetch: findFetchStep,
}
