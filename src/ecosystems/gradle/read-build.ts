import { toPath, upwards } from '../../effects/targets.ts'
import { isWithin, joinPath, parentPath } from '../../model/paths.ts'
import { isReason } from '../shared/outcome.ts'
import { lookAt, lookAtAll, lookInto } from '../shared/look.ts'
import { runsCode } from '../shared/runs-code.ts'
import { firstReason } from '../shared/first-reason.ts'
import { scanScript, type ScriptScan } from './scan-script.ts'
import type { GradleOptions } from './gradle-options.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** A build as Gradle configures it. */
export interface GradleBuild {
  readonly dir: string
  /** Directories of builds within it: buildSrc and those that are included. */
  readonly inner: readonly string[]
  readonly readsEnvironment: boolean
}

const SETTINGS = ['settings.gradle', 'settings.gradle.kts']
/** What Gradle finds by name in the projects. */
const BY_NAME = '**/{*.gradle,*.gradle.kts,gradle.properties,*gradle.lockfile,*.versions.toml}'
const SOURCES = '**/*.{gradle,kts,kt,groovy,java}'

/**
 * Reads what Gradle executes before any task: settings and build scripts of all projects, properties, version catalogs,
 * `gradle/`, and the builds that make its plugins, sources included. A script that may read more is a reason.
 */
export function readBuild(options: GradleOptions, command: Command, files: ImageFiles): GradleBuild | Reason {
  if (options.values.has('-b') || options.values.has('-c'))
    return { code: 'unknown-argument', text: command.text }
  const start = toPath(command, options.values.get('-p')?.at(-1) ?? '.')
  if (start === undefined) return { code: 'unknown-argument', text: command.text }
  const dir = findRoot(start, files)
  if (isReason(dir)) return dir
  const script = lookAtAll(files, start, ['build.gradle', 'build.gradle.kts'])
  if (script !== undefined) return script
  const texts = new Map<string, string>()
  for (const path of files.find(dir, BY_NAME)) {
    const text = lookInto(files, path)
    if (isReason(text)) return text
    if (/\.gradle(\.kts)?$/.test(path)) texts.set(path, text ?? '')
  }
  const none = !SETTINGS.some((name) => files.peekKind(joinPath(dir, name)) === 'file') && texts.size === 0
  if (none)
    return { code: 'missing-file', file: files.origin(joinPath(dir, 'build.gradle')), command: command.text }
  for (const name of ['gradle', 'buildSrc']) files.readTree(joinPath(dir, name))
  const home = lookAtHome(options, command, files)
  return home ?? readScripts(dir, texts, options, command, files)
}

/** Gradle searches upwards for the settings. */
function findRoot(start: string, files: ImageFiles): string | Reason {
  for (const dir of upwards(start)) {
    for (const name of SETTINGS) {
      const kind = lookAt(files, joinPath(dir, name))
      if (isReason(kind)) return kind
      if (kind === 'file') return dir
    }
  }
  return start
}

function readScripts(
  dir: string,
  texts: ReadonlyMap<string, string>,
  options: GradleOptions,
  command: Command,
  files: ImageFiles,
): GradleBuild | Reason {
  const buildSrc = joinPath(dir, 'buildSrc')
  const inner = new Set(files.peekKind(buildSrc) === 'dir' ? [buildSrc] : [])
  const given = options.values.get('--include-build') ?? []
  let readsEnvironment = false
  for (const name of given) inner.add(joinPath(command.cwd, name))
  for (const [path, text] of texts) {
    const scan = scanScript(text)
    if (scan.hazard !== undefined) return runsCode(files, path, scan.hazard)
    readsEnvironment ||= scan.readsEnvironment
    const projects = /settings\.gradle(\.kts)?$/.test(path) ? scan.projects : []
    const empty = projects
      .map((name) => joinPath(dir, `.${name.replace(/^(?!:)/, ':').replaceAll(':', '/')}`))
      .find((project) => isWithoutScript(project, texts, files))
    if (empty !== undefined) return { code: 'reads-sources', text: command.text, path: files.origin(empty) }
    const reason =
      lookAtReferences(scan, dir, path, command, files) ??
      firstReason(scan.builds, (name) => {
        const build = joinPath(parentPath(path), name)
        inner.add(build)
        if (files.peekKind(build) === 'dir') return undefined
        return { code: 'outside-context', file: files.origin(path), dependency: name }
      })
    if (reason !== undefined) return reason
  }
  for (const build of inner) {
    // A build that includes the one around it needs all of that.
    if (isWithin(dir, build)) return { code: 'reads-sources', text: command.text, path: files.origin(build) }
    files.readTree(build)
    const reason = checkSources(build, files)
    if (reason !== undefined) return reason
  }
  return { dir, inner: [...inner], readsEnvironment }
}

/** Whether a project's directory is there only for its sources: Gradle 9 wants it, and no script makes it. */
function isWithoutScript(path: string, texts: ReadonlyMap<string, string>, files: ImageFiles): boolean {
  return files.peekKind(path) === 'dir' && ![...texts.keys()].some((script) => isWithin(script, path))
}

/** Libraries and scripts that a script names; what is not there is not used. */
function lookAtReferences(
  scan: ScriptScan,
  root: string,
  script: string,
  command: Command,
  files: ImageFiles,
): Reason | undefined {
  for (const name of [...scan.libraries, ...scan.scripts]) {
    // A path from the root of a project may be meant from that of the build.
    for (const base of new Set([parentPath(script), root])) {
      const path = joinPath(base, name.replace(/^\/+/, ''))
      if (path === base || isWithin(base, path))
        return { code: 'reads-sources', text: command.text, path: files.origin(path) }
      const kind = lookAt(files, path)
      if (isReason(kind)) return kind
      if (kind === 'dir') files.readTree(path)
    }
  }
  return undefined
}

/** Plugins of the project are programs: they may do what scripts may not. */
function checkSources(build: string, files: ImageFiles): Reason | undefined {
  return firstReason(files.find(build, SOURCES), (path) => {
    const { hazard } = scanScript(files.peek(path) ?? '')
    return hazard === undefined ? undefined : runsCode(files, path, hazard)
  })
}

function lookAtHome(options: GradleOptions, command: Command, files: ImageFiles): Reason | undefined {
  const homes = [
    command.env.get('GRADLE_USER_HOME') ?? joinPath(command.home, '.gradle'),
    '/home/gradle/.gradle',
  ]
  for (const home of homes) {
    for (const name of ['gradle.properties', 'init.gradle', 'init.gradle.kts'])
      files.kind(joinPath(home, name))
    files.readTree(joinPath(home, 'init.d'))
  }
  return firstReason(options.values.get('-I') ?? [], (name) => {
    const path = toPath(command, name)
    if (path === undefined) return { code: 'unknown-argument', text: name }
    const text = lookInto(files, path)
    if (isReason(text) && text.code !== 'changed-input') return text
    const hazard = typeof text === 'string' ? scanScript(text).hazard : undefined
    return hazard === undefined ? undefined : runsCode(files, path, hazard)
  })
}
