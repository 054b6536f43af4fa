import { joinPath, parentPath } from '../../model/paths.ts'
import { firstReason } from '../shared/first-reason.ts'
import { isReason } from '../shared/outcome.ts'
import { isLocalRepository } from '../shared/is-local-repository.ts'
import { itemsOf, parseTerms, type Term } from './parse-terms.ts'
import { lookAt, lookInto } from '../shared/look.ts'
import { runsCode } from '../shared/runs-code.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** A rebar3 project as far as its dependencies go. */
export interface RebarProject {
  /** The `rebar.config`. */
  readonly path: string
  readonly lockfile: string
  /** Dependencies that the lockfile has to hold: not those of a profile. */
  readonly deps: ReadonlySet<string>
  /** Names of the lockfile's own dependencies; absent when there is no lockfile. */
  readonly locked: ReadonlySet<string> | undefined
}

/** Reads what rebar3 reads to find dependencies: https://www.rebar3.org/docs/configuration/dependencies/ */
export function readRebarProject(
  files: ImageFiles,
  path: string,
  compiles: boolean,
): RebarProject | Reason | undefined {
  const dir = parentPath(path)
  const root = readConfig(files, path, compiles)
  if (isReason(root)) return root
  const lockfile = joinPath(dir, 'rebar.lock')
  const script = lookForScript(files, lockfile)
  if (script !== undefined) return script
  const text = lookInto(files, lockfile)
  if (isReason(text)) return text
  const lock = text === undefined ? undefined : parseTerms(text)
  if (text !== undefined && lock === undefined) return unreadable(files, lockfile)
  const checkouts = joinPath(dir, '_checkouts')
  if (files.peekKind(checkouts) !== 'absent') {
    return { code: 'local-dependency', file: files.origin(path), dependency: files.origin(checkouts) }
  }
  files.kind(checkouts)
  const apps = readApps(files, dir, root ?? [], compiles)
  if (isReason(apps)) return apps
  // Without a configuration and without applications this is no project.
  if (root === undefined && apps.length === 0) return undefined
  return {
    path,
    lockfile,
    deps: new Set([...(root ?? []), ...apps.flat()].flatMap((term) => namesOf(itemsOf([term], 'deps')))),
    locked: lock === undefined ? undefined : lockedNames(lock),
  }
}

function readConfig(
  files: ImageFiles,
  path: string,
  compiles: boolean,
): readonly Term[] | Reason | undefined {
  const script = lookForScript(files, path)
  if (script !== undefined) return script
  const text = lookInto(files, path)
  if (text === undefined || isReason(text)) return text
  const terms = parseTerms(text)
  if (terms === undefined) return unreadable(files, path)
  return checkConfig(files, path, terms, compiles) ?? terms
}

/** `rebar.config.script` is a program that makes the configuration. */
function lookForScript(files: ImageFiles, path: string): Reason | undefined {
  const script = `${path}.script`
  const kind = lookAt(files, script)
  if (isReason(kind)) return kind
  return kind === 'absent' ? undefined : runsCode(files, script)
}

function unreadable(files: ImageFiles, path: string): Reason {
  return {
    code: 'unreadable-manifest',
    file: files.origin(path),
    problem: 'it is not a list of Erlang terms',
  }
}

/** Applications are found by their `.app.src`: without it, what one depends on is not fetched, and nothing is said. */
function readApps(
  files: ImageFiles,
  dir: string,
  root: readonly Term[],
  compiles: boolean,
): readonly (readonly Term[])[] | Reason {
  const named = itemsOf(root, 'project_app_dirs').flatMap((term) => ('text' in term ? [term.text] : []))
  const patterns = named.length > 0 ? named : ['apps/*', 'lib/*', '.']
  const configs: (readonly Term[])[] = []
  for (const pattern of patterns) {
    const at = pattern === '.' ? '' : `${pattern.replace(/\/+$/, '')}/`
    for (const path of files.find(dir, `${at}{src/*.app.src,src/*.app.src.script,ebin/*.app,mix.exs}`)) {
      const kind = lookAt(files, path)
      if (isReason(kind)) return kind
      if (path.endsWith('.script')) return runsCode(files, path)
      if (path.endsWith('.app.src')) configs.push([])
    }
    if (at === '') continue
    for (const path of files.find(dir, `${at}{rebar.config,rebar.config.script}`)) {
      const config = readConfig(files, path.replace(/\.script$/, ''), compiles)
      if (isReason(config)) return config
      configs.push(config ?? [])
    }
  }
  return configs
}

/** What a fetch runs besides fetching, and what it fetches from the project itself. */
function checkConfig(
  files: ImageFiles,
  path: string,
  terms: readonly Term[],
  compiles: boolean,
): Reason | undefined {
  const file = files.origin(path)
  const all = [
    terms,
    ...itemsOf(terms, 'profiles').flatMap((profile) =>
      profile.kind === 'tuple' && profile.items[1]?.kind === 'list' ? [profile.items[1].items] : [],
    ),
  ]
  return firstReason(all, (list) => {
    const hooks = ['pre_hooks', 'post_hooks', 'provider_hooks'].flatMap((name) => itemsOf(list, name))
    const hook = hooks.find((term) =>
      compiles ? true : /get-deps|install_deps|lock/.test(JSON.stringify(term)),
    )
    if (hook !== undefined)
      return { code: 'lifecycle-script', file, script: 'hooks', command: firstText(hook) }
    const overrides = itemsOf(list, 'overrides')
    if (compiles && /(pre|post)_hooks/.test(JSON.stringify(overrides)))
      return { code: 'lifecycle-script', file, script: 'overrides', command: 'hooks' }
    const moved = list.find(
      (term) => term.kind === 'tuple' && /^(base_dir|deps_dir|plugins_dir)$/.test(firstText(term)),
    )
    if (moved !== undefined) return { code: 'unknown-argument', text: firstText(moved) }
    const sources = ['deps', 'plugins', 'project_plugins'].flatMap((name) => itemsOf(list, name))
    const local = sources.find((term) => isLocal(term))
    return local === undefined ? undefined : { code: 'local-dependency', file, dependency: firstText(local) }
  })
}

function firstText(term: Term | undefined): string {
  if (term === undefined) return ''
  return 'text' in term ? term.text : firstText(term.items[0])
}

/** `{x, {git, "../x"}}`, `{x, {path, "x"}}`. */
function isLocal(term: Term): boolean {
  if ('text' in term) return false
  const [kind, url] = term.items
  const text = url !== undefined && 'text' in url ? url.text : ''
  if (/^(path|dir|rsync|cp|link)$/.test(firstText(kind)) && text !== '') return true
  if (/^(git|git_subdir|hg|svn|raw)$/.test(firstText(kind)) && text !== '' && isLocalRepository(text))
    return true
  return term.items.some(isLocal)
}

function namesOf(deps: readonly Term[]): readonly string[] {
  return deps.map(firstText).filter((name) => name !== '')
}

/** `[{<<"name">>, {pkg, ...}, 0}]`, or `{"1.2.0", [...]}` and a list of hashes. Those of level 0 are the project's own. */
function lockedNames(lock: readonly Term[]): ReadonlySet<string> {
  const [first] = lock
  const list = first?.kind === 'tuple' ? first.items.find((item) => item.kind === 'list') : first
  const entries = list?.kind === 'list' ? list.items : []
  return new Set(
    entries.flatMap((entry) => {
      const level = entry.kind === 'tuple' ? entry.items[2] : undefined
      return level !== undefined && 'text' in level && level.text === '0' ? [firstText(entry)] : []
    }),
  )
}
