import { joinPath, parentPath } from '../../model/paths.ts'
import { toFilePath } from '../shared/file-url.ts'
import { isReason } from '../shared/outcome.ts'
import { lookAt, lookInto } from '../shared/look.ts'
import { childrenAt, parseXml, textAt, type XmlNode } from '../shared/parse-xml.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** A pom.xml with what it refers to. */
export interface Pom {
  readonly path: string
  readonly dir: string
  readonly xml: XmlNode
  readonly text: string
  /** The project itself, and each of its profiles: both may hold modules, dependencies and repositories. */
  readonly parts: readonly XmlNode[]
}

/** Every model build reads the same POMs again. */
const cache = new Map<string, XmlNode | string>()

/** A pom.xml, recorded; `undefined` when there is none. */
export function readPom(files: ImageFiles, path: string): Pom | Reason | undefined {
  const text = lookInto(files, path)
  if (text === undefined || isReason(text)) return text
  const xml = cache.get(text) ?? parseXml(text)
  if (cache.size > 200) cache.clear()
  cache.set(text, xml)
  if (typeof xml === 'string') return { code: 'unreadable-manifest', file: files.origin(path), problem: xml }
  const parts = [xml, ...childrenAt(xml, 'profiles', 'profile')]
  return { path, dir: parentPath(path), xml, text, parts }
}

/** The parent's pom.xml as `relativePath` says; absent when it comes from a repository. */
export function parentOf(pom: Pom, files: ImageFiles): string | undefined {
  const [parent] = childrenAt(pom.xml, 'parent')
  if (parent === undefined) return undefined
  const given = textAt(parent, 'relativePath') ?? '../pom.xml'
  return given === '' ? undefined : toPomPath(pom.dir, given, files)
}

/** The modules of the reactor: those of the project must be there, those of a profile only when it is active. */
export function modulesOf(
  pom: Pom,
  files: ImageFiles,
): readonly { readonly path: string; readonly isCertain: boolean }[] {
  return pom.parts.flatMap((part) =>
    [...childrenAt(part, 'modules', 'module'), ...childrenAt(part, 'subprojects', 'subproject')].map(
      ({ text }) => ({
        path: toPomPath(pom.dir, text, files),
        isCertain: part === pom.xml,
      }),
    ),
  )
}

function toPomPath(dir: string, text: string, files: ImageFiles): string {
  const path = joinPath(dir, text.replaceAll('\\', '/'))
  return files.peekKind(path) === 'dir' || !path.endsWith('.xml') ? joinPath(path, 'pom.xml') : path
}

/** Looks at libraries and repositories of the project that a POM names. */
export function lookAtLibraries(pom: Pom, command: Command, files: ImageFiles): Reason | undefined {
  const libraries = pom.parts.flatMap((part) => [
    ...childrenAt(part, 'dependencies', 'dependency', 'systemPath'),
    ...childrenAt(part, 'dependencyManagement', 'dependencies', 'dependency', 'systemPath'),
  ])
  for (const { text } of libraries) {
    const path = toProjectPath(pom.dir, command, text)
    const kind = path === undefined ? unknown(pom, text, files) : lookAt(files, path)
    if (isReason(kind)) return kind
  }
  const repositories = ['repositories', 'pluginRepositories'].flatMap((key) =>
    pom.parts.flatMap((part) => childrenAt(part, key, key.replace(/ies$/, 'y'), 'url')),
  )
  for (const { text } of repositories) {
    const place = toFilePath(text)
    if (place === undefined) continue
    const path = toProjectPath(pom.dir, command, place)
    if (path === undefined) return unknown(pom, text, files)
    files.readTree(path)
  }
  return undefined
}

/**
 * Looks at the files whose presence switches profiles on, of each POM and of those that inherit from it. A directory
 * comes with what is in it; where what is missing now is downloaded later, it need not be there yet.
 */
export function lookAtActivations(
  poms: readonly Pom[],
  isLenient: boolean,
  command: Command,
  files: ImageFiles,
): Reason | undefined {
  for (const pom of poms) {
    const conditions = childrenAt(pom.xml, 'profiles', 'profile', 'activation', 'file')
    for (const { text } of conditions.flatMap(({ children }) => children)) {
      for (const { dir } of poms) {
        const path = toProjectPath(dir, command, text)
        if (path === undefined && isLenient) continue
        if (path === undefined) return unknown(pom, text, files)
        if (files.peekKind(path) === 'dir' && isLenient) continue
        const kind = lookAt(files, path)
        if (isReason(kind)) return kind
        if (kind === 'dir') return { code: 'reads-sources', text: command.text, path: files.origin(path) }
      }
    }
  }
  return undefined
}

function unknown(pom: Pom, text: string, files: ImageFiles): Reason {
  return { code: 'unknown-argument', text: `${text} in ${files.origin(pom.path)}` }
}

const OWN_DIRECTORY = /\$\{(project\.|pom\.)?basedir\}/g

function toProjectPath(dir: string, command: Command, text: string): string | undefined {
  const replaced = text
    .replace(OWN_DIRECTORY, dir)
    .replace(/\$\{user\.home\}|\$\{env\.HOME\}/g, command.home)
    .replaceAll('\\', '/')
  if (replaced.includes('${')) {
    // The JDK's own tools.jar and the like.
    return /^\$\{(java\.home|env\.JAVA_HOME)\}\//.test(replaced) ? '/usr/lib/jvm' : undefined
  }
  return joinPath(dir, replaced)
}

/** Extensions and packagings that read the project's sources or its history when Maven starts. */
export function findSourceReader(pom: Pom, command: Command): Reason | undefined {
  const reads = (path: string): Reason => ({ code: 'reads-sources', text: command.text, path })
  const packaging = textAt(pom.xml, 'packaging') ?? ''
  if (packaging.startsWith('eclipse-')) return reads('META-INF/MANIFEST.MF')
  const names = [
    ...childrenAt(pom.xml, 'build', 'extensions', 'extension', 'artifactId'),
    ...pom.parts
      .flatMap((part) => childrenAt(part, 'build', 'plugins', 'plugin'))
      .filter((plugin) => textAt(plugin, 'extensions') === 'true')
      .flatMap((plugin) => childrenAt(plugin, 'artifactId')),
  ].map(({ text }) => text)
  return namesGit(names)
    ? reads('.git')
    : names.some((name) => name.startsWith('tycho-'))
      ? reads('META-INF/MANIFEST.MF')
      : undefined
}

/** Whether one of the artefacts takes the version from git's history. */
export function namesGit(artifacts: readonly string[]): boolean {
  return artifacts.some((name) => /\bgit\b|jgitver|nisse/.test(name))
}
