import { joinPath, parentPath } from '../../model/paths.ts'
import { isReason } from '../shared/outcome.ts'
import { lookAt, lookInto } from '../shared/look.ts'
import { lookUpwards } from '../shared/look-upwards.ts'
import { parseFields } from './parse-fields.ts'
import { parsePackage, type CabalPackage } from './parse-package.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

export interface CabalProject {
  /** Where cabal.project stands; the directory of the package when there is none. */
  readonly dir: string
  readonly packages: readonly CabalPackage[]
  /** Whether the project files switch test suites or benchmarks on. */
  readonly tests: boolean
}

interface ProjectFile {
  /** The entries of `packages` and `optional-packages`. */
  readonly patterns: string[]
  tests: boolean
}

/**
 * Looks at cabal.project with what it imports and what stands beside it, and at the .cabal file of every package.
 * https://cabal.readthedocs.io/en/stable/cabal-project-description-file.html
 */
export function readProject(
  command: Command,
  files: ImageFiles,
  start: string,
  named: string | undefined,
): CabalProject | Reason {
  const name = named ?? 'cabal.project'
  const found = named?.startsWith('/') === true ? parentPath(named) : lookUpwards(files, start, [name])
  if (isReason(found)) return found
  const dir = found ?? start
  const file = joinPath(dir, name)
  const content: ProjectFile = { patterns: found === undefined ? ['./*.cabal'] : [], tests: false }
  for (const end of ['', '.local', '.freeze']) {
    const reason = readInto(content, files, `${file}${end}`)
    if (reason !== undefined) return reason
  }
  const packages: CabalPackage[] = []
  for (const path of findPackages(files, dir, content.patterns)) {
    const kind = lookAt(files, path)
    if (isReason(kind)) return kind
    if (!path.endsWith('.cabal')) continue
    const text = lookInto(files, path)
    if (isReason(text)) return text
    if (text !== undefined) packages.push(parsePackage(text, path))
  }
  // With hpack there is no .cabal file yet; cabal itself does not make one.
  if (packages.length > 0) return { dir, packages, tests: content.tests }
  return { code: 'missing-file', file: '*.cabal', command: command.text }
}

/** Reads a project file and those that it imports. */
function readInto(content: ProjectFile, files: ImageFiles, path: string): Reason | undefined {
  const text = lookInto(files, path)
  if (text === undefined || isReason(text)) return text
  for (const { name, value } of parseFields(text)) {
    const items = value.split(/[\s,]+/).filter((item) => item !== '')
    if (name === 'packages' || name === 'optional-packages') content.patterns.push(...items)
    if (name === 'tests' || name === 'benchmarks') content.tests ||= /^true$/i.test(value)
    if (name !== 'import') continue
    for (const item of items.filter((each) => !isAddress(each))) {
      const imported = joinPath(parentPath(path), item)
      if (lookAt(files, imported) === 'absent') {
        return files.origin(imported) === imported
          ? { code: 'outside-context', file: files.origin(path), dependency: item }
          : { code: 'missing-file', file: files.origin(imported), command: files.origin(path) }
      }
      const reason = readInto(content, files, imported)
      if (reason !== undefined) return reason
    }
  }
  return undefined
}

function isAddress(item: string): boolean {
  return /^[a-z]+:\/\//.test(item)
}

function findPackages(files: ImageFiles, dir: string, patterns: readonly string[]): readonly string[] {
  const found = new Set<string>()
  for (const pattern of patterns) {
    if (isAddress(pattern)) continue
    const [, up = '', rest = ''] = /^((?:\.\.?\/+|\/)*)(.*)$/.exec(pattern) ?? []
    const down = rest.replace(/\/+$/, '').replace(/^\.$/, '')
    const base = joinPath(dir, up)
    const glob = /\.(cabal|tar\.gz)$/.test(down) ? down : down === '' ? '*.cabal' : `${down}/*.cabal`
    for (const path of files.find(base, glob)) found.add(path)
  }
  return [...found].sort()
}
