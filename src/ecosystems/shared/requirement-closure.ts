import { toPath, toTarget } from '../../effects/targets.ts'
import { joinPath, parentPath } from '../../model/paths.ts'
import { lookInto } from './look.ts'
import { lookAtLocalProject } from './python-directory.ts'
import { parseRequirements, type RequirementLine } from './requirements.ts'
import { parseRequirementSpec } from './requirement-spec.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Argument, Command, ImageFiles } from '../../model/types.ts'

/** Looks at everything that an install reads, and collects what it checks out. */
export interface Closure {
  /** Requirements and constraints files, from the command line or the environment; relative to the directory. */
  readonly addFile: (file: Argument) => Reason | undefined
  /** A name, URL or path of the command line. */
  readonly addRequirement: (requirement: Argument, editable: boolean) => Reason | undefined
  readonly addFindLinks: (place: Argument) => Reason | undefined
  /** Another manifest has been read. */
  readonly addManifest: () => void
  /** Names of repositories that are checked out; `''` when the URL names none. */
  readonly checkouts: readonly string[]
  /** Whether any file is read: then it is more than a tool. */
  readonly readsFiles: () => boolean
}

/** `lookAtProject` looks at a directory that is built in place; the manager may read more than the directory. */
export function createClosure(
  command: Command,
  files: ImageFiles,
  lookAtProject: typeof lookAtLocalProject = lookAtLocalProject,
): Closure {
  const seen = new Set<string>()
  const checkouts: string[] = []
  let local = false

  function addFile(file: Argument): Reason | undefined {
    if (file === undefined) return unknown(command.text)
    return addFileAt(file, toPath(command, file), command.text)
  }

  /** `path` is where a file is that is spelled `file`. */
  function addFileAt(file: string, path: string | undefined, text: string): Reason | undefined {
    if (/^(https?|ftp):/i.test(file)) return undefined
    const place = /^file:/i.test(file) ? file.replace(/^file:(\/\/(localhost)?)?/i, '') : path
    if (place === undefined || !place.startsWith('/') || /^\/(dev|proc)\/|\$\{/.test(place))
      return unknown(text)
    local = true
    if (seen.has(place)) return undefined
    seen.add(place)
    const content = lookInto(files, place)
    if (content === undefined)
      return { code: 'missing-file', file: files.origin(place), command: command.text }
    if (typeof content === 'object') return content
    return firstReason(parseRequirements(content, command.env), (line) => addLine(line, place))
  }

  function addLine(line: RequirementLine, file: string): Reason | undefined {
    if (line.unknown)
      return { code: 'unreadable-manifest', file: files.origin(file), problem: `"${line.text}" is not known` }
    const dir = parentPath(file)
    return (
      firstReason(line.includes, (path) =>
        path === undefined ? unknown(line.text) : addFileAt(path, joinPath(dir, path), line.text),
      ) ??
      firstReason(line.findLinks, (place) => addLinksOf(place, dir, line.text)) ??
      firstReason(line.editables, (spec) => addSpec(spec, true, file, line.text)) ??
      (line.requirement === undefined ? undefined : addSpec(line.requirement, false, file, line.text))
    )
  }

  function addSpec(
    spec: Argument,
    editable: boolean,
    file: string | undefined,
    text: string,
  ): Reason | undefined {
    if (spec === undefined) return unknown(text)
    const parsed = parseRequirementSpec(spec, editable)
    if (parsed.kind === 'remote') return undefined
    if (parsed.kind === 'checkout') {
      checkouts.push(parsed.egg ?? '')
      return undefined
    }
    const target = toTarget(command, parsed.path)
    if (target === undefined || parsed.path.includes('$')) return unknown(text)
    local = true
    if (target.spread) {
      // Wheels that an earlier step built; directories of the context would be projects.
      if (parsed.kind === 'directory' && files.peekKind(target.path) === 'dir')
        return { code: 'installs-project', ...(file === undefined ? {} : { file: files.origin(file) }), text }
      files.readTree(target.path)
      return undefined
    }
    if (parsed.kind === 'directory') return project(target.path, file, text)
    return addArchive(target.path)
  }

  function addArchive(path: string): Reason | undefined {
    switch (files.kind(path)) {
      case 'symlink':
        return { code: 'symlink', file: files.origin(path) }
      case 'absent':
        return { code: 'missing-file', file: files.origin(path), command: command.text }
      case 'dir':
        return project(path, undefined, command.text)
      default:
        return undefined
    }
  }

  /** Building a project reads its directory. */
  function project(path: string, file: string | undefined, text: string): Reason | undefined {
    local = true
    const use = { root: command.cwd, file: files.origin(file ?? path), text }
    const reason = lookAtProject(files, path, use)
    // A path of the command line stands in no file.
    const isNamed = file !== undefined || reason === undefined || reason.code === 'missing-file'
    return isNamed ? reason : { code: 'installs-project', text }
  }

  /** Relative to the file when something is there, otherwise to the working directory. */
  function addLinksOf(place: Argument, dir: string, text: string): Reason | undefined {
    if (place === undefined || place.includes('${')) return unknown(text)
    if (/^(https?|ftp):/i.test(place)) return undefined
    const path = place.replace(/^file:(\/\/(localhost)?)?/i, '')
    const near = joinPath(dir, path)
    if (files.peekKind(near) !== 'absent') files.readTree(near)
    else {
      files.kind(near)
      const target = toTarget(command, path)
      if (target === undefined) return unknown(text)
      files.readTree(target.path)
    }
    local = true
    return undefined
  }

  return {
    addFile,
    addRequirement: (requirement, editable) => addSpec(requirement, editable, undefined, command.text),
    addFindLinks: (place) => addLinksOf(place, command.cwd, command.text),
    addManifest: () => {
      local = true
    },
    checkouts,
    readsFiles: () => local,
  }
}

export function firstReason<T>(
  items: Iterable<T>,
  check: (item: T) => Reason | undefined,
): Reason | undefined {
  for (const item of items) {
    const reason = check(item)
    if (reason !== undefined) return reason
  }
  return undefined
}

export function unknown(text: string): Reason {
  return { code: 'unknown-argument', text }
}
