import { findFetchStep } from './find-fetch-step.ts'
import { resolveSbt } from './resolve-sbt.ts'
import type { Ecosystem } from '../../model/types.ts'

/** Scala's sbt. */
export const sbt: Ecosystem = {
  id: 'sbt',
  name: 'sbt',
  docs: 'https://www.scala-sbt.org/1.x/docs/Library-Management.html',
  commands: ['sbt update', 'sbt Test/update', 'sbt assembly (a fetch is added)'],
  manifests: ['*.sbt of all projects', 'project', '.sbtopts', '.jvmopts'],
  ignore: ['**/target'],
  resolve: resolveSbt,
  fetch: findFetchStep,
}
