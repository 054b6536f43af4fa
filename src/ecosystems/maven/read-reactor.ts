import { toPath, upwards } from '../../effects/targets.ts'
import { joinPath, parentPath, relativeTo } from '../../model/paths.ts'
import { isReason } from '../shared/outcome.ts'
import { lookAt, lookInto } from '../shared/look.ts'
import { childrenAt, parseXml } from '../shared/parse-xml.ts'
import { parseMavenOptions, type MavenOptions } from './maven-options.ts'
import {
  findSourceReader,
  lookAtActivations,
  lookAtLibraries,
  modulesOf,
  namesGit,
  parentOf,
  readPom,
  type Pom,
} from './read-pom.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** The projects that Maven works on. */
export interface Reactor {
  readonly poms: readonly Pom[]
  /** The command's arguments with those of `.mvn/maven.config`. */
  readonly options: MavenOptions
}

/**
 * Reads what Maven reads before it does anything: `.mvn`, the settings that are named, the POM with its parents and all
 * modules, those of profiles included. https://maven.apache.org/configure.html
 */
export function readReactor(own: MavenOptions, command: Command, files: ImageFiles): Reactor | Reason {
  const pom = toPath(command, own.values.get('-f') ?? 'pom.xml')
  if (pom === undefined) return { code: 'unknown-argument', text: command.text }
  const path = files.peekKind(pom) === 'dir' ? joinPath(pom, 'pom.xml') : pom
  const config = readDotMvn(parentPath(path), command, files)
  if (isReason(config)) return config
  const options = merge(config, own)
  const settings = lookAtSettings(options, command, files)
  if (settings !== undefined) return settings
  // `mvn -v` needs no project, and `dependency:get` takes one only where there is one.
  const isOptional = options.goals.every((goal) => goal.endsWith(':get'))
  if (isOptional && (options.goals.length === 0 || lookAt(files, path) === 'absent'))
    return { poms: [], options }
  const poms = readPoms(path, options, command, files)
  if (isReason(poms)) return poms
  const activation = lookAtActivations(poms, options.flags.has('-fn'), command, files)
  return activation ?? { poms, options }
}

/** The command line wins over `.mvn/maven.config`. */
function merge(config: MavenOptions | undefined, own: MavenOptions): MavenOptions {
  if (config === undefined) return own
  return {
    goals: own.goals,
    flags: new Set([...config.flags, ...own.flags]),
    values: new Map([...config.values, ...own.values]),
    properties: new Map([...config.properties, ...own.properties]),
  }
}

/** The nearest `.mvn`, with all that is in it, the wrapper's settings too. */
function readDotMvn(dir: string, command: Command, files: ImageFiles): MavenOptions | Reason | undefined {
  for (const at of upwards(dir)) {
    const path = joinPath(at, '.mvn')
    const kind = lookAt(files, path)
    if (isReason(kind)) return kind
    if (kind !== 'dir') continue
    files.readTree(path)
    return checkExtensions(path, command, files) ?? checkJvm(path, files) ?? readConfig(path, files)
  }
  return undefined
}

function checkExtensions(dir: string, command: Command, files: ImageFiles): Reason | undefined {
  const path = joinPath(dir, 'extensions.xml')
  const text = files.peek(path)
  if (text === undefined) return undefined
  const xml = parseXml(text)
  if (typeof xml === 'string') return { code: 'unreadable-manifest', file: files.origin(path), problem: xml }
  const names = childrenAt(xml, 'extension', 'artifactId').map((element) => element.text)
  if (namesGit(names)) return { code: 'reads-sources', text: command.text, path: '.git' }
  // Polyglot Maven reads other files than pom.xml, Tycho the manifests of bundles.
  const odd = names.find((name) => /polyglot|tycho/.test(name))
  return odd === undefined
    ? undefined
    : {
        code: 'unreadable-manifest',
        file: files.origin(path),
        problem: `the extension ${odd} reads other files than pom.xml`,
      }
}

function checkJvm(dir: string, files: ImageFiles): Reason | undefined {
  const path = joinPath(dir, 'jvm.config')
  const text = files.peek(path) ?? ''
  return /-javaagent|-agentpath|bootclasspath|(^|\s)@/.test(text)
    ? { code: 'unknown-argument', text: files.origin(path) }
    : undefined
}

function readConfig(dir: string, files: ImageFiles): MavenOptions | Reason | undefined {
  const path = joinPath(dir, 'maven.config')
  const text = files.peek(path)
  if (text === undefined) return undefined
  const lines = text.split(/\r?\n/).filter((line) => !line.startsWith('#'))
  return (
    parseMavenOptions(lines.flatMap((line) => line.split(/\s+/)).filter((word) => word !== '')) ?? {
      code: 'unknown-argument',
      text: files.origin(path),
    }
  )
}

function lookAtSettings(options: MavenOptions, command: Command, files: ImageFiles): Reason | undefined {
  for (const name of ['-s', '-gs', '-t', '-gt']) {
    const value = options.values.get(name)
    if (value === undefined) continue
    const path = toPath(command, value)
    if (path === undefined) return { code: 'unknown-argument', text: value }
    const text = lookInto(files, path)
    // A file that a command made is believed to name no files of the project.
    if (isReason(text) && text.code !== 'changed-input') return text
  }
  for (const name of ['settings.xml', 'settings-security.xml', 'toolchains.xml']) {
    files.kind(joinPath(command.home, `.m2/${name}`))
  }
  for (const name of ['.mavenrc', '.netrc']) files.kind(joinPath(command.home, name))
  return undefined
}

function readPoms(
  start: string,
  options: MavenOptions,
  command: Command,
  files: ImageFiles,
): readonly Pom[] | Reason {
  const isRecursive = !options.flags.has('-N')
  const found = new Map<string, Pom>()
  const queue: { readonly path: string; readonly isCertain: boolean; readonly inReactor: boolean }[] = [
    { path: start, isCertain: true, inReactor: true },
  ]
  const seen = new Set<string>()
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { path, isCertain, inReactor } = next
    if (seen.has(`${path} ${inReactor}`)) continue
    seen.add(`${path} ${inReactor}`)
    if (path.includes('${')) return { code: 'unknown-argument', text: relativeTo(path, parentPath(start)) }
    const pom = found.get(path) ?? readPom(files, path)
    if (isReason(pom)) return pom
    if (pom === undefined) {
      if (isCertain) return { code: 'missing-file', file: files.origin(path), command: command.text }
      continue
    }
    found.set(path, pom)
    const reason = lookAtLibraries(pom, command, files) ?? findSourceReader(pom, command)
    if (reason !== undefined) return reason
    files.kind(joinPath(pom.dir, 'profiles.xml'))
    const parent = parentOf(pom, files)
    // A parent that is not in the repository comes from elsewhere.
    if (parent !== undefined) queue.push({ path: parent, isCertain: false, inReactor: false })
    if (!inReactor || !isRecursive) continue
    for (const module of modulesOf(pom, files)) {
      queue.push({ path: module.path, isCertain: isCertain && module.isCertain, inReactor: true })
    }
  }
  return [...found.values()]
}
