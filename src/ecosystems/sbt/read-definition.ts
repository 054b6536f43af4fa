import { joinPath } from '../../model/paths.ts'
import { firstReason } from '../shared/first-reason.ts'
import { isReason } from '../shared/outcome.ts'
import { lookAtAll, lookInto } from '../shared/look.ts'
import { runsCode } from '../shared/runs-code.ts'
import { scanScala } from './scan-scala.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** A build definition that was read. */
export interface SbtDefinition {
  readonly readsEnvironment: boolean
}

/**
 * Reads the build definition: `*.sbt` of all projects and `project/` whole. It is a program: what may read more is a reason.
 * https://www.scala-sbt.org/1.x/docs/Organizing-Build.html
 */
export function readDefinition(command: Command, files: ImageFiles): SbtDefinition | Reason {
  const dir = command.cwd
  let readsEnvironment = false
  const check = (path: string, text: string): Reason | undefined => {
    const scan = scanScala(text)
    readsEnvironment ||= scan.readsEnvironment
    return scan.hazard === undefined ? undefined : runsCode(files, path, scan.hazard)
  }
  const project = joinPath(dir, 'project')
  files.readTree(project)
  const scripts = files.find(dir, '**/*.sbt')
  if (scripts.length === 0 && files.peekKind(project) !== 'dir') {
    return { code: 'missing-file', file: files.origin(joinPath(dir, 'build.sbt')), command: command.text }
  }
  const reason =
    lookAtAll(files, dir, ['.sbtopts', '.jvmopts', '.sbtrc', '.sbtconfig']) ??
    firstReason(scripts, (path) => {
      const text = lookInto(files, path)
      return isReason(text) ? text : check(path, text ?? '')
    }) ??
    firstReason(files.find(project, '**/*.{scala,java,sbt}'), (path) => check(path, files.peek(path) ?? ''))
  if (reason !== undefined) return reason
  lookAtHome(command, files)
  return { readsEnvironment }
}

function lookAtHome({ home }: Command, files: ImageFiles): void {
  const names = ['.sbt/repositories', '.sbt/credentials', '.sbt/.credentials', '.ivy2/.credentials', '.sbtrc']
  for (const name of [...names, '.config/coursier/credentials.properties']) files.kind(joinPath(home, name))
  for (const name of ['plugins', 'global.sbt']) files.readTree(joinPath(home, `.sbt/1.0/${name}`))
}
