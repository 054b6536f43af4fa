import { isWithin, joinPath, parentPath } from '../../model/paths.ts'
import { expand, type Place, type Properties } from './expand.ts'
import { firstReason } from '../shared/first-reason.ts'
import { isReason } from '../shared/outcome.ts'
import { lookAt, lookInto } from '../shared/look.ts'
import { parseXml, type XmlNode } from '../shared/parse-xml.ts'
import { runsCode } from '../shared/runs-code.ts'
import { upwards } from '../../effects/targets.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** One project as far as a restore evaluates it. */
export interface Evaluation {
  readonly files: ImageFiles
  readonly project: string
  readonly properties: Properties
  /** Files that have been read for this project. */
  readonly seen: Set<string>
  /** Projects that it refers to. */
  readonly references: Set<string>
  /** Values of conditions in which packages and projects are referred to. */
  readonly conditions: Set<string>
}

/** Settings that put a project's outputs, or the packages, somewhere else. */
const PLACE_PROPERTIES =
  /^(BaseIntermediateOutputPath|MSBuildProjectExtensionsPath|RestoreOutputPath|ArtifactsPath|RestorePackagesPath|RestoreConfigFile|NuGetLockFilePath|RestoreRootConfigDirectory|RestoreSolutionDirectory)$/i
const SOURCE_PROPERTIES =
  /^Restore(Additional(ProjectSources|ProjectFallbackFolders)|Sources|FallbackFolders)$/i

/** Targets that run in the course of a restore. */
const RESTORE_TARGETS =
  /\b(_?\w*Restore\w*|Collect\w*(Package|Project|Framework)\w*|GetProjectReferences|ResolveProjectReferences)\b/i

/** Items that decide what is restored; the files of others are looked at by the build alone. */
const BUILD_ITEMS =
  /^(Compile|None|Content|EmbeddedResource|Protobuf|Folder|AdditionalFiles|Using|Page|Resource|Watch|Target|UsingTask)$/i

/** Reads a project or a file that it imports, and what that imports in turn. */
export function readProjectFile(evaluation: Evaluation, path: string): Reason | undefined {
  const { files, seen } = evaluation
  if (seen.has(path)) return undefined
  seen.add(path)
  const text = lookInto(files, path)
  if (text === undefined || isReason(text)) return text
  const root = parseXml(text)
  if (typeof root === 'string')
    return { code: 'unreadable-manifest', file: files.origin(path), problem: root }
  if (root.name !== 'Project') {
    return { code: 'unreadable-manifest', file: files.origin(path), problem: 'it is not a project' }
  }
  if (root.attributes.has('InitialTargets')) return runsCode(evaluation.files, path, 'InitialTargets')
  return readChildren(evaluation, path, root)
}

function readChildren(evaluation: Evaluation, path: string, node: XmlNode): Reason | undefined {
  return firstReason(node.children, (child) => readNode(evaluation, path, child, node.name))
}

function readNode(evaluation: Evaluation, path: string, node: XmlNode, parent: string): Reason | undefined {
  if (node.name === 'Target') {
    const hooks = ['BeforeTargets', 'AfterTargets'].map((name) => node.attributes.get(name) ?? '').join(';')
    return RESTORE_TARGETS.test(hooks)
      ? runsCode(evaluation.files, path, `<Target ${node.attributes.get('Name') ?? ''}>`)
      : undefined
  }
  if (BUILD_ITEMS.test(node.name)) return undefined
  const reason = readCondition(evaluation, path, node)
  if (reason !== undefined) return reason
  if (node.name === 'Import') return readImport(evaluation, path, node)
  if (node.name === 'ProjectReference') return readReferences(evaluation, path, node)
  if (parent === 'PropertyGroup') return readProperty(evaluation, path, node)
  return readChildren(evaluation, path, node)
}

function readProperty(
  { files, properties, ...evaluation }: Evaluation,
  path: string,
  { name, text }: XmlNode,
): Reason | undefined {
  const place = { project: evaluation.project, file: path }
  const whole = { ...evaluation, files, properties }
  if (PLACE_PROPERTIES.test(name)) return runsCode(whole.files, path, name)
  const read = readFunctions(whole, path, text)
  if (isReason(read)) return read
  if (SOURCE_PROPERTIES.test(name)) {
    const reason = firstReason(text.split(';'), (source) => readSource(whole, path, source.trim(), name))
    if (reason !== undefined) return reason
  }
  // What these are is fixed where they are set, not where they are used.
  const fixed = text.replace(
    /\$\((MSBuildThisFile\w*)\)/gi,
    (match) => expand(match, properties, place)?.[0] ?? match,
  )
  const key = name.toLowerCase()
  const own = new RegExp(`\\$\\(${key}\\)`, 'i')
  const values = properties.get(key) ?? new Set([''])
  properties.set(key, values)
  // `<A>$(A);x</A>` adds to each value that there is.
  if (own.test(fixed))
    for (const value of [...values].slice(0, 8)) values.add(fixed.replace(own, () => value))
  else values.add(fixed)
  return undefined
}

/** A directory of packages, relative to the project. */
function readSource(evaluation: Evaluation, path: string, source: string, name: string): Reason | undefined {
  const { files, project, properties } = evaluation
  if (source === '' || /^https?:/i.test(source) || new RegExp(`^\\$\\(${name}\\)$`, 'i').test(source))
    return undefined
  const values = expand(source, properties, { project, file: path })
  if (values === undefined) return runsCode(evaluation.files, path, source)
  for (const value of values)
    if (value !== '' && !/^https?:/i.test(value)) files.readTree(joinPath(parentPath(project), value))
  return undefined
}

/** `Exists('...')` in a condition: whether something is there is read. */
function readCondition(
  evaluation: Evaluation,
  path: string,
  { name, attributes }: XmlNode,
): Reason | undefined {
  const { project, properties } = evaluation
  const condition = attributes.get('Condition')
  if (condition === undefined) return undefined
  if (/Reference|ItemGroup/.test(name)) evaluation.conditions.add(condition)
  const read = readFunctions(evaluation, path, condition)
  if (isReason(read)) return read
  const places = [...condition.matchAll(/Exists\(\s*(?:'([^']*)'|([^')]+))\s*\)/gi)].map(
    (match) => match[1] ?? match[2] ?? '',
  )
  return firstReason(places, (text) => {
    const values = expand(text, properties, { project, file: path })
    if (values === undefined) return runsCode(evaluation.files, path, `Exists('${text}')`)
    return firstReason(values, (value) =>
      value === '' ? undefined : lookAtPlace(evaluation, path, joinPath(parentPath(project), value)),
    )
  })
}

function lookAtPlace({ files, project }: Evaluation, path: string, place: string): Reason | undefined {
  const kind = lookAt(files, place)
  if (isReason(kind)) return kind
  if (kind !== 'dir') return undefined
  // A directory around the project is there with it.
  if (isWithin(project, place))
    return isWithin(place, parentPath(project))
      ? { code: 'reads-sources', text: files.origin(path), path: files.origin(place) }
      : undefined
  files.readTree(place)
  return undefined
}

function readImport(evaluation: Evaluation, path: string, { attributes }: XmlNode): Reason | undefined {
  if (attributes.has('Sdk')) return undefined
  const { files, project, properties } = evaluation
  const text = attributes.get('Project') ?? ''
  const above = /^\$\(\[MSBuild\]::GetPathOfFileAbove\(\s*'?([^',)]+)'?\s*(?:,\s*'?([^']*?)'?\s*)?\)\)$/.exec(
    text,
  )
  if (above !== null) {
    const name = expand(above[1] ?? '', properties, { project, file: path })
    const start = expand(above[2] ?? '$(MSBuildThisFileDirectory)', properties, { project, file: path })
    if (name?.length !== 1 || start?.length !== 1) return runsCode(evaluation.files, path, text)
    return readFileAbove(evaluation, joinPath(parentPath(path), start[0] ?? ''), name[0] ?? '')
  }
  const values = expand(text, properties, { project, file: path })
  if (values === undefined) return runsCode(evaluation.files, path, text)
  return firstReason(values, (value) => {
    if (value === '') return undefined
    const place = joinPath(parentPath(path), value)
    if (!value.includes('*')) return readProjectFile(evaluation, place)
    const dir = parentPath(place.slice(0, place.indexOf('*') + 1))
    return firstReason(files.find(dir, place.slice(dir === '/' ? 1 : dir.length + 1)), (found) =>
      readProjectFile(evaluation, found),
    )
  })
}

/** Reads the nearest file of a name, from a directory upwards. */
export function readFileAbove(evaluation: Evaluation, start: string, name: string): Reason | undefined {
  for (const dir of upwards(start)) {
    const path = joinPath(dir, name)
    const kind = lookAt(evaluation.files, path)
    if (isReason(kind)) return kind
    if (kind === 'file') return readProjectFile(evaluation, path)
  }
  return undefined
}

/** Projects are named relative to the project that is evaluated, wherever the item stands. */
function readReferences(evaluation: Evaluation, path: string, { attributes }: XmlNode): Reason | undefined {
  const { files, project, properties, references } = evaluation
  const place: Place = { project, file: path }
  return firstReason((attributes.get('Include') ?? '').split(';'), (text) => {
    const values = expand(text.trim(), properties, place)
    if (values === undefined) return runsCode(evaluation.files, path, text)
    for (const value of values) {
      if (value === '') continue
      const target = joinPath(parentPath(project), value)
      if (!target.includes('*')) references.add(target)
      else {
        const dir = parentPath(target.slice(0, target.indexOf('*') + 1))
        for (const found of files.find(dir, target.slice(dir === '/' ? 1 : dir.length + 1)))
          references.add(found)
      }
    }
    return undefined
  })
}

/** Functions that read files: one file by a path that is known, nothing else. */
function readFunctions(evaluation: Evaluation, path: string, text: string): Reason | undefined {
  const { project, properties } = evaluation
  if (
    /\[System\.IO\.(Directory|FileInfo|DirectoryInfo)\]|\[System\.Diagnostics|GetDirectoryNameOfFileAbove|\$\(registry:/i.test(
      text,
    )
  ) {
    return runsCode(evaluation.files, path, text)
  }
  const calls = text.match(/\[System\.IO\.File\]::\w+/gi) ?? []
  const known = [
    ...text.matchAll(
      /\[System\.IO\.File\]::(?:ReadAllText|Exists|ReadAllLines)\(\s*['"`]?([^'"`()]*(?:\$\([^()]*\)[^'"`()]*)*)['"`]?\s*\)/gi,
    ),
  ]
  if (calls.length !== known.length) return runsCode(evaluation.files, path, text)
  return firstReason(known, ([, name = '']) => {
    const values = expand(name, properties, { project, file: path })
    if (values === undefined) return runsCode(evaluation.files, path, text)
    return firstReason(values, (value) => lookAtPlace(evaluation, path, joinPath(parentPath(project), value)))
  })
}
