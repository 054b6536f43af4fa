import { upwards } from '../../effects/targets.ts'
import { words } from '../../effects/words.ts'
import { joinPath } from '../../model/paths.ts'
import { toFilePath } from '../shared/file-url.ts'
import { isReason } from '../shared/outcome.ts'
import { lookAt, lookAtAll, lookInto } from '../shared/look.ts'
import { ednAt, ednString, ednWalk, parseEdn, type Edn } from '../shared/parse-edn.ts'
import { runsCode } from '../shared/runs-code.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** A Leiningen project. */
export interface LeinProject {
  readonly dir: string
  /** The local repository that it names. */
  readonly localRepository: string | undefined
  readonly targetPath: string
  readonly readsEnvironment: boolean
}

/** Functions that project.clj may call without reading anything but the environment. */
const HARMLESS = new Set(
  words('defproject def str or if when not = System/getenv System/getProperty ~ str/join'),
)

/** Plugins that read git's history or other files of the project when Leiningen starts. */
const PLUGINS =
  /git|voom|\blein-(v|parent|sub|modules|monolith|tools-deps|file-version|project-version|shell|exec)$/

/**
 * Reads what `lein deps` reads: project.clj, upwards, and the files that Leiningen looks for beside it. project.clj is code: what
 * may read more is a reason. https://codeberg.org/leiningen/leiningen/src/branch/main/sample.project.clj
 */
export function readProject(command: Command, files: ImageFiles): LeinProject | Reason {
  const dir = findProject(command, files)
  if (isReason(dir)) return dir
  const path = joinPath(dir, 'project.clj')
  const forms = readForms(files, path)
  if (isReason(forms)) return forms
  const project = forms.find((form) => 'items' in form && isSymbol(form.items[0], 'defproject'))
  if (project === undefined)
    return { code: 'unreadable-manifest', file: files.origin(path), problem: 'it defines no project' }
  const call = forms.map(findCall).find((name) => name !== undefined)
  if (call !== undefined) return runsCode(files, path, call)
  const reason =
    checkPlugins(project, path, files) ??
    lookAtAll(files, dir, ['.lein-classpath', '.leinrc', 'repository-overrides.clj']) ??
    checkProfiles(dir, files) ??
    lookAtRepositories(project, dir, command, files)
  if (reason !== undefined) return reason
  lookAtHome(command, files)
  return {
    dir,
    localRepository: ednString(ednAt(project, ':local-repo')),
    targetPath: ednString(ednAt(project, ':target-path')) ?? 'target',
    readsEnvironment: forms.flatMap(ednWalk).some((form) => isSymbol(form, 'System/getenv')),
  }
}

function findProject(command: Command, files: ImageFiles): string | Reason {
  for (const dir of upwards(command.cwd)) {
    const kind = lookAt(files, joinPath(dir, 'project.clj'))
    if (isReason(kind)) return kind
    if (kind === 'file') return dir
  }
  return {
    code: 'missing-file',
    file: files.origin(joinPath(command.cwd, 'project.clj')),
    command: command.text,
  }
}

function readForms(files: ImageFiles, path: string): readonly Edn[] | Reason {
  const text = lookInto(files, path)
  if (isReason(text)) return text
  return (
    parseEdn(text ?? '') ?? {
      code: 'unreadable-manifest',
      file: files.origin(path),
      problem: 'its brackets or texts do not end',
    }
  )
}

/** A call at the top, or one in the project that `~` or `#=` executes. */
function findCall(form: Edn): string | undefined {
  if (!('items' in form)) return undefined
  const isProject = isSymbol(form.items[0], 'defproject')
  // The version is evaluated as it stands; `~` there is an error.
  const version = form.items.slice(2, 3)
  const executed = isProject ? [...version, ...ednWalk(form).filter(isExecuted)] : [form]
  const calls = executed
    .flatMap(ednWalk)
    .flatMap((inner) =>
      inner.kind === 'list' && inner.items[0]?.kind === 'symbol' ? [inner.items[0].text] : [],
    )
  return calls.find((name) => !HARMLESS.has(name))
}

function isExecuted(form: Edn): boolean {
  return form.kind === 'list' && (isSymbol(form.items[0], '~') || isSymbol(form.items[0], '#='))
}

function isSymbol(form: Edn | undefined, text: string): boolean {
  return form?.kind === 'symbol' && form.text === text
}

/** Also those of profiles. */
function checkPlugins(project: Edn, path: string, files: ImageFiles): Reason | undefined {
  for (const form of ednWalk(project)) {
    if (ednAt(form, ':middleware') !== undefined) return runsCode(files, path, ':middleware')
    const plugins = ednAt(form, ':plugins')
    const names =
      plugins === undefined
        ? []
        : ednWalk(plugins).flatMap((item) => (item.kind === 'symbol' ? [item.text] : []))
    const odd = names.find((name) => PLUGINS.test(name))
    if (odd !== undefined) return runsCode(files, path, odd)
  }
  return undefined
}

function checkProfiles(dir: string, files: ImageFiles): Reason | undefined {
  const path = joinPath(dir, 'profiles.clj')
  const forms = readForms(files, path)
  if (isReason(forms)) return forms
  const call = forms.flatMap(ednWalk).find(isExecuted)
  return call === undefined ? undefined : runsCode(files, path, '~')
}

/** Repositories with a `file:` URL, and projects that are used in place of their archives. */
function lookAtRepositories(
  project: Edn,
  dir: string,
  command: Command,
  files: ImageFiles,
): Reason | undefined {
  for (const form of ednWalk(project)) {
    const path = toFilePath(ednString(form) ?? '')
    if (path !== undefined) files.readTree(joinPath(dir, path))
  }
  const checkouts = joinPath(dir, 'checkouts')
  files.readTree(checkouts)
  return files.peekKind(checkouts) === 'absent'
    ? undefined
    : { code: 'reads-sources', text: command.text, path: files.origin(checkouts) }
}

/** `LEIN_HOME`, otherwise `~/.lein`. */
export function leinHome({ env, home, cwd }: Command): string {
  return joinPath(cwd, env.get('LEIN_HOME') || joinPath(home, '.lein'))
}

function lookAtHome(command: Command, files: ImageFiles): void {
  const home = leinHome(command)
  for (const name of ['profiles.clj', 'init.clj', 'leinrc']) files.kind(joinPath(home, name))
  files.readTree(joinPath(home, 'profiles.d'))
}
