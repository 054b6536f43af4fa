import { joinPath, parentPath } from '../../model/paths.ts'
import { firstReason } from '../shared/first-reason.ts'
import { isLocalRepository } from '../shared/is-local-repository.ts'
import { isReason } from '../shared/outcome.ts'
import { isToken, type CodeToken } from '../shared/lex-code.ts'
import { lookAt } from '../shared/look.ts'
import { openElixir, scanElixir, type ElixirFile, type ElixirRule } from './scan-elixir.ts'
import { runsCode } from '../shared/runs-code.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** A Mix project, with the projects that it refers to by path. */
export interface MixProject {
  /** The `mix.exs`. */
  readonly path: string
  readonly dir: string
  readonly lockfile: string
  readonly deps: string
  readonly build: string
  /** Dependencies from a registry or a repository, with their requirement where there is one. */
  readonly requirements: ReadonlyMap<string, string | undefined>
  /** A dependency by path, or of the umbrella. */
  readonly local: string | undefined
}

interface Found {
  readonly requirements: Map<string, string | undefined>
  readonly seen: Set<string>
  local: string | undefined
}

/** Reads a `mix.exs`, its configuration, and the projects of its umbrella; records every file that evaluating them reads. */
export function readMixProject(files: ImageFiles, path: string): MixProject | Reason | undefined {
  const dir = parentPath(path)
  const file = openElixir(files, path, dir)
  if (file === undefined || isReason(file)) return file
  const found: Found = { requirements: new Map(), seen: new Set([path]), local: undefined }
  const reason =
    scanProject(file, found) ??
    readConfig(files, joinPath(dir, setting(file, 'config_path') ?? 'config/config.exs'), dir)
  if (reason !== undefined) return reason
  const place = (name: string, usual: string): string => joinPath(dir, setting(file, name) ?? usual)
  return {
    path,
    dir,
    lockfile: place('lockfile', 'mix.lock'),
    deps: place('deps_path', 'deps'),
    build: place('build_path', '_build'),
    requirements: found.requirements,
    local: found.local,
  }
}

/** The text of a setting such as `apps_path: "apps"`. */
function setting({ tokens }: ElixirFile, name: string): string | undefined {
  const at = tokens.findIndex(
    (token, index) => token.kind === 'key' && token.text === name && tokens[index + 1]?.kind === 'string',
  )
  return at < 0 ? undefined : tokens[at + 1]?.text
}

function scanProject(file: ElixirFile, found: Found): Reason | undefined {
  const { files, dir } = file
  const places: ElixirRule = ({ tokens, path }, index) => {
    const key = tokens[index]
    if (key?.kind !== 'key' || !/^(lockfile|deps_path|build_path|config_path|apps_path|path)$/.test(key.text))
      return undefined
    const value = tokens[index + 1]
    return value?.kind === 'string' && value.inner === undefined ? undefined : runsCode(files, path, key.text)
  }
  const reason = scanElixir(file, [places, (at, index) => readDependency(at, index, found)])
  if (reason !== undefined) return reason
  const apps = setting(file, 'apps_path')
  if (apps === undefined) return undefined
  return firstReason(files.find(dir, `${apps.replace(/\/+$/, '')}/*/mix.exs`), (path) => {
    // `deps.compile` compiles the applications of an umbrella, too.
    found.local ??= files.origin(parentPath(path))
    return readOther(files, path, found)
  })
}

function readOther(files: ImageFiles, path: string, found: Found): Reason | undefined {
  if (found.seen.has(path)) return undefined
  found.seen.add(path)
  const file = openElixir(files, path, parentPath(path))
  return file === undefined || isReason(file) ? file : scanProject(file, found)
}

/** `{:phoenix, "~> 1.7", only: :dev}`: takes only the brace, so that the rest is looked at on its own. */
function readDependency(file: ElixirFile, index: number, found: Found): number | Reason | undefined {
  const { tokens, files, path, dir } = file
  const [open, name, comma] = tokens.slice(index, index + 3)
  if (!isToken(open, '{') || name?.kind !== 'symbol' || !isToken(comma, ',')) return undefined
  const items = tupleAt(tokens, index + 3)
  const [first] = items
  const value = (key: string): CodeToken | undefined =>
    items[items.findIndex((token) => token.kind === 'key' && token.text === key) + 1]
  const has = (key: string): boolean => items.some((token) => token.kind === 'key' && token.text === key)
  if (has('path') || has('in_umbrella')) {
    const target = has('path') ? value('path') : { kind: 'string' as const, text: `../${name.text}` }
    if (target?.kind !== 'string' || ('inner' in target && target.inner !== undefined))
      return runsCode(files, path, 'path')
    const place = joinPath(dir, target.text)
    found.local ??= files.origin(place)
    const kind = lookAt(files, place)
    if (isReason(kind)) return kind
    return readOther(files, joinPath(place, 'mix.exs'), found) ?? 1
  }
  const git = has('git') ? value('git') : undefined
  if (git?.kind === 'string' && isLocalRepository(git.text)) {
    return { code: 'local-dependency', file: files.origin(path), dependency: git.text }
  }
  const requirement = first?.kind === 'string' && /^\s*[~<>=!\dv]/.test(first.text) ? first.text : undefined
  if (requirement !== undefined || ['git', 'github', 'hex', 'override', 'only', 'runtime'].some(has)) {
    found.requirements.set(name.text, requirement)
  }
  return 1
}

/** The tokens of a tuple up to its end. */
function tupleAt(tokens: readonly CodeToken[], from: number): readonly CodeToken[] {
  let depth = 0
  for (let at = from; at < tokens.length; at++) {
    const { kind, text } = tokens[at] ?? { kind: 'newline', text: '' }
    if (kind === 'mark' && /^[{[(]$/.test(text)) depth++
    if (kind === 'mark' && /^[}\])]$/.test(text) && depth-- === 0) return tokens.slice(from, at)
  }
  return tokens.slice(from)
}

/** The configuration. A file that the environment names may be any of them. */
function readConfig(
  files: ImageFiles,
  path: string,
  dir: string,
  seen: Set<string> = new Set(),
): Reason | undefined {
  if (seen.has(path)) return undefined
  seen.add(path)
  const file = openElixir(files, path, dir)
  if (file === undefined || isReason(file)) return file
  return scanElixir(file, [
    ({ tokens }, index) => {
      if (!isToken(tokens[index], 'import_config')) return undefined
      const at = isToken(tokens[index + 1], '(') ? index + 2 : index + 1
      const name = tokens[at]
      if (name?.kind !== 'string') return runsCode(files, path, 'import_config')
      const paths = configFiles(files, parentPath(path), name)
      return firstReason(paths, (found) => readConfig(files, found, dir, seen)) ?? at + 1 - index
    },
  ])
}

/** The files that an import may mean: `#{config_env()}` is not part of its text. */
function configFiles(files: ImageFiles, dir: string, { text, inner }: CodeToken): readonly string[] {
  const pattern = inner === undefined ? text : joinPath('/', `${text}/../*.exs`).slice(1)
  if (!pattern.includes('*')) return [joinPath(dir, pattern)]
  const fixed = pattern.slice(0, pattern.lastIndexOf('/', pattern.indexOf('*')) + 1)
  const found = files.find(joinPath(dir, fixed === '' ? '.' : fixed), pattern.slice(fixed.length))
  // Only a release evaluates this one; it must be there for the search to find the same.
  for (const path of found) if (path.endsWith('/runtime.exs')) files.kind(path)
  return found.filter((path) => !path.endsWith('/runtime.exs'))
}
