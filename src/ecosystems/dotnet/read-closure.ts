import { baseName, joinPath, parentPath } from '../../model/paths.ts'
import { firstReason } from '../shared/first-reason.ts'
import { isReason } from '../shared/outcome.ts'
import { lookAt, lookInto } from '../shared/look.ts'
import { parseSolution } from './parse-solution.ts'
import { readFileAbove, readProjectFile, type Evaluation } from './read-project-file.ts'
import { readNugetConfigs } from './read-nuget-config.ts'
import { upwards } from '../../effects/targets.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** What a restore reads, and what it decides where outputs go. */
export interface Closure {
  /** Projects that are there. */
  readonly projects: readonly string[]
  /** Whether a project keeps a lockfile of its packages, or is told to. */
  readonly locked: ReadonlySet<string>
  /** `artifacts` directories that take the place of each project's `obj`. */
  readonly artifacts: ReadonlySet<string>
  /** Conditions on packages and projects. */
  readonly conditions: ReadonlySet<string>
}

const SOLUTION = /\.slnx?$|\.slnf$/i

/** Reads the projects of a target and all that they refer to and import. */
export function readClosure(
  command: Command,
  files: ImageFiles,
  target: string,
  properties: ReadonlyMap<string, string | undefined>,
): Closure | Reason {
  const queue: string[] = []
  const globals = new Map(properties)
  if (SOLUTION.test(target)) {
    const listed = readSolution(command, files, target)
    if (isReason(listed)) return listed
    queue.push(...listed)
    globals.set('solutiondir', `${parentPath(target)}/`)
  } else queue.push(target)
  const done = new Set<string>()
  const configs = new Set<string>()
  const closure = {
    projects: [] as string[],
    locked: new Set<string>(),
    artifacts: new Set<string>(),
    conditions: new Set<string>(),
  }
  const above = firstReason([...upwards(command.cwd)], (dir) => lookFor(files, dir, ['global.json']))
  if (above !== undefined) return above
  for (let project = queue.shift(); project !== undefined; project = queue.shift()) {
    if (done.has(project)) continue
    done.add(project)
    const evaluation = createEvaluation(files, project, command, globals)
    const reason = readProject(evaluation, configs)
    if (isReason(reason)) return reason
    if (files.peekKind(project) !== 'file') continue
    closure.projects.push(project)
    queue.push(...evaluation.references)
    for (const condition of evaluation.conditions) closure.conditions.add(condition)
    const isTrue = (name: string): boolean =>
      [...(evaluation.properties.get(name) ?? [])].some((value) => /^true$/i.test(value))
    const lock = joinPath(parentPath(project), 'packages.lock.json')
    const kind = lookAt(files, lock)
    if (isReason(kind)) return kind
    if (kind === 'file' || isTrue('restorepackageswithlockfile')) closure.locked.add(lock)
    if (isTrue('useartifactsoutput')) {
      const shared =
        [...evaluation.seen].find((path) => baseName(path) === 'Directory.Build.props') ?? project
      closure.artifacts.add(joinPath(parentPath(shared), 'artifacts'))
    }
  }
  return closure
}

function createEvaluation(
  files: ImageFiles,
  project: string,
  command: Command,
  globals: ReadonlyMap<string, string | undefined>,
): Evaluation {
  const known = [...command.env, ...globals].flatMap(([name, value]): [string, Set<string>][] =>
    value === undefined ? [] : [[name.toLowerCase(), new Set([value])]],
  )
  return {
    files,
    project,
    properties: new Map(known),
    seen: new Set(),
    references: new Set(),
    conditions: new Set(),
  }
}

/** https://learn.microsoft.com/visualstudio/msbuild/customize-by-directory */
function readProject(evaluation: Evaluation, configs: Set<string>): Reason | undefined {
  const { files, project } = evaluation
  const dir = parentPath(project)
  if (/\.(esproj|njsproj)$/i.test(project)) {
    return {
      code: 'unreadable-manifest',
      file: files.origin(project),
      problem: 'it installs packages of another manager',
    }
  }
  const response = firstReason(upwards(dir), (at) =>
    lookFor(files, at, ['Directory.Build.rsp', 'global.json']),
  )
  return (
    response ??
    readFileAbove(evaluation, dir, 'Directory.Build.props') ??
    readProjectFile(evaluation, project) ??
    lookFor(files, dir, [`${baseName(project)}.user`, 'MSBuild.rsp']) ??
    readFileAbove(evaluation, dir, 'Directory.Packages.props') ??
    readFileAbove(evaluation, dir, 'Directory.Build.targets') ??
    readNugetConfigs(files, dir, configs)
  )
}

function lookFor(files: ImageFiles, dir: string, names: readonly string[]): Reason | undefined {
  return firstReason(names, (name) => {
    const kind = lookAt(files, joinPath(dir, name))
    return isReason(kind) ? kind : undefined
  })
}

/** The projects that a solution lists, which must all be there. */
function readSolution(command: Command, files: ImageFiles, path: string): readonly string[] | Reason {
  const file = files.origin(path)
  const text = lookInto(files, path)
  if (isReason(text)) return text
  if (text === undefined) return { code: 'missing-file', file, command: command.text }
  const solution = parseSolution(baseName(path), text)
  if (typeof solution === 'string') return { code: 'unreadable-manifest', file, problem: solution }
  const dir = parentPath(path)
  const base = solution.base === undefined ? undefined : joinPath(dir, solution.base.replaceAll('\\', '/'))
  if (base !== undefined) {
    const all = readSolution(command, files, base)
    if (isReason(all)) return all
  }
  const around = firstReason(upwards(dir), (at) =>
    lookFor(files, at, ['Directory.Solution.props', 'Directory.Solution.targets', 'Directory.Build.rsp']),
  )
  const beside = lookFor(files, dir, [
    `before.${baseName(path)}.targets`,
    `after.${baseName(path)}.targets`,
    'MSBuild.rsp',
  ])
  const reason = around ?? beside
  if (reason !== undefined) return reason
  const root = base === undefined ? dir : parentPath(base)
  const projects = solution.projects
    .map((project) => joinPath(root, project.replaceAll('\\', '/')))
    .filter((project) => /proj$/i.test(project))
  for (const project of projects) {
    const kind = lookAt(files, project)
    if (isReason(kind)) return kind
    if (kind !== 'file') return { code: 'missing-file', file: files.origin(project), command: command.text }
  }
  return projects
}
