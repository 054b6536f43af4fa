import { joinPath, parentPath } from '../../model/paths.ts'
import { toPath, upwards } from '../../effects/targets.ts'
import { isReason } from '../shared/outcome.ts'
import { lookAt, lookInto } from '../shared/look.ts'
import {
  isLocalPath,
  parseGoMod,
  type GoModFile,
  type ModuleVersion,
  type Replacement,
} from './parse-go-mod.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** The modules that a go command works on, as far as the context tells. */
export interface ModuleGraph {
  /** Directory of the module, or of the workspace. */
  readonly dir: string
  readonly workspace: boolean
  /** What the main modules require, without what is replaced by a directory; replaced by modules where they say so. */
  readonly requires: readonly ModuleVersion[]
  /** Text of every go.sum and go.work.sum that counts. */
  readonly sums: string
  /** The go.sum of the module, or the go.work.sum of the workspace. */
  readonly sumFile: string
  /** Whether that file is there. */
  readonly summed: boolean
  /** The lowest `go` version of the main modules; absent when one has none. */
  readonly go: string | undefined
}

/**
 * Looks at the files that `go mod download` reads in a directory; `undefined` when there is no module. It reads go.mod
 * and go.sum of the module or of each member of the workspace, and go.mod of every directory that replaces a required
 * module; no source file.
 */
export function readModuleGraph(
  command: Command,
  dir: string,
  files: ImageFiles,
): ModuleGraph | Reason | undefined {
  const work = findUpwards(files, dir, 'go.work', command.env.get('GOWORK'), command)
  if (isReason(work)) return work
  if (work !== undefined) return readWorkspace(command, work, files)
  const file = findUpwards(files, dir, 'go.mod', undefined, command)
  if (file === undefined || isReason(file)) return file
  const main = readGoMod(files, file, command.text)
  if (isReason(main)) return main
  const root = parentPath(file)
  return toGraph(command, files, root, false, [{ dir: root, file: main }], main.replaces, root)
}

interface MainModule {
  readonly dir: string
  readonly file: GoModFile
}

function readWorkspace(command: Command, path: string, files: ImageFiles): ModuleGraph | Reason {
  const work = readGoMod(files, path, command.text)
  if (isReason(work)) return work
  const root = parentPath(path)
  const modules: MainModule[] = []
  for (const use of work.uses) {
    const dir = joinPath(root, use)
    const file = readGoMod(files, `${dir === '/' ? '' : dir}/go.mod`, command.text)
    if (isReason(file)) return file
    modules.push({ dir, file })
  }
  return toGraph(command, files, root, true, modules, work.replaces, root)
}

function toGraph(
  command: Command,
  files: ImageFiles,
  dir: string,
  workspace: boolean,
  modules: readonly MainModule[],
  replaces: readonly Replacement[],
  replacesDir: string,
): ModuleGraph | Reason {
  const placed = [
    ...replaces.map((replacement) => ({ replacement, dir: replacesDir })),
    ...(workspace
      ? modules.flatMap((main) => main.file.replaces.map((replacement) => ({ replacement, dir: main.dir })))
      : []),
  ]
  const reason = lookAtReplacements(command, files, dir, modules, placed)
  if (reason !== undefined) return reason
  const sumFile = joinPath(dir, workspace ? 'go.work.sum' : 'go.sum')
  const others = workspace ? modules.map((main) => joinPath(main.dir, 'go.sum')) : []
  const texts: string[] = []
  for (const path of [sumFile, ...others]) {
    const text = lookInto(files, path)
    if (isReason(text)) return text
    texts.push(text ?? '')
  }
  const versions = modules.map((main) => main.file.go)
  return {
    dir,
    workspace,
    requires: remoteRequires(modules, placed),
    sums: texts.join('\n'),
    sumFile,
    summed: files.peekKind(sumFile) === 'file',
    go: versions.includes(undefined) ? undefined : versions.sort(compareVersions)[0],
  }
}

interface PlacedReplacement {
  readonly replacement: Replacement
  readonly dir: string
}

/**
 * Reads go.mod of every directory that replaces a module that is required, also by another such directory. With a go
 * line before 1.17 modules count that only other modules require: every replacement that is there is read.
 */
function lookAtReplacements(
  command: Command,
  files: ImageFiles,
  root: string,
  modules: readonly MainModule[],
  placed: readonly PlacedReplacement[],
): Reason | undefined {
  const needed = new Set(modules.flatMap((main) => main.file.requires.map((required) => required.path)))
  const local = placed.filter(({ replacement }) => isLocalPath(replacement.to.path))
  const old = modules.some((main) => compareVersions(main.file.go ?? '1.0', '1.17') < 0)
  const done = new Set<string>()
  for (let changed = true; changed;) {
    changed = false
    for (const { replacement, dir } of local) {
      const path = joinPath(joinPath(dir, replacement.to.path), 'go.mod')
      const wanted = needed.has(replacement.from.path) || (old && files.peekKind(path) !== 'absent')
      if (!wanted || done.has(path)) continue
      done.add(path)
      changed = true
      if (lookAt(files, path) === 'absent' && files.peekKind(parentPath(path)) === 'absent') {
        const file = files.origin(joinPath(root, 'go.mod'))
        return { code: 'outside-context', file, dependency: replacement.to.path }
      }
      const found = readGoMod(files, path, command.text)
      if (isReason(found)) return found
      for (const required of found.requires) needed.add(required.path)
    }
  }
  return undefined
}

/** What has to come from the network for the main modules. */
function remoteRequires(
  modules: readonly MainModule[],
  placed: readonly PlacedReplacement[],
): readonly ModuleVersion[] {
  return modules
    .flatMap((main) => main.file.requires)
    .flatMap((required) => {
      const fits = placed
        .map(({ replacement }) => replacement)
        .filter(
          ({ from }) =>
            from.path === required.path && (from.version === '' || from.version === required.version),
        )
      const replacement = fits.find(({ from }) => from.version !== '') ?? fits[0]
      if (replacement === undefined) return [required]
      return isLocalPath(replacement.to.path) ? [] : [replacement.to]
    })
}

function readGoMod(files: ImageFiles, path: string, text: string): GoModFile | Reason {
  const content = lookInto(files, path)
  if (isReason(content)) return content
  if (content === undefined) return { code: 'missing-file', file: files.origin(path), command: text }
  return (
    parseGoMod(content) ?? {
      code: 'unreadable-manifest',
      file: files.origin(path),
      problem: 'it is not a go.mod file',
    }
  )
}

/** The nearest file of a name, from the directory upwards; GOWORK names it or switches the search off. */
function findUpwards(
  files: ImageFiles,
  dir: string,
  name: string,
  setting: string | undefined,
  command: Command,
): string | Reason | undefined {
  if (setting === 'off') return undefined
  if (setting !== undefined && setting !== '' && setting !== 'auto') {
    return toPath(command, setting) ?? { code: 'unknown-argument', text: 'GOWORK' }
  }
  for (const at of upwards(dir)) {
    const path = joinPath(at, name)
    const kind = lookAt(files, path)
    if (typeof kind === 'object') return kind
    if (kind === 'file') return path
  }
  return undefined
}

/** With vendor/ the build takes modules from there, and a download is never used. */
export function checkVendored(graph: ModuleGraph, files: ImageFiles): Reason | undefined {
  const path = joinPath(graph.dir, 'vendor/modules.txt')
  const kind = lookAt(files, path)
  if (typeof kind === 'object') return kind
  return kind === 'absent' ? undefined : { code: 'vendored', path: files.origin(parentPath(path)) }
}

/** Orders `1.9` before `1.17`. */
export function compareVersions(a: string | undefined, b: string | undefined): number {
  const left = (a ?? '').split('.').map((part) => Number.parseInt(part, 10) || 0)
  const right = (b ?? '').split('.').map((part) => Number.parseInt(part, 10) || 0)
  return (left[0] ?? 0) - (right[0] ?? 0) || (left[1] ?? 0) - (right[1] ?? 0)
}
