import { namedText, parseCalls, textsOf, type Call, type CallArgument } from '../shared/parse-calls.ts'

/** What R code does, as far as files matter. */
export type RWork =
  | { readonly kind: 'none' }
  /** Packages by name. */
  | { readonly kind: 'packages' }
  /** `renv::restore()`. */
  | { readonly kind: 'restore'; readonly lockfile: string | undefined; readonly library: string | undefined }
  /** What a DESCRIPTION states. */
  | { readonly kind: 'description'; readonly dir: string }
  /** `pak::lockfile_install()`. */
  | { readonly kind: 'locked'; readonly lockfile: string }
  /** Looks for the packages that the project's code uses. */
  | { readonly kind: 'scan' }
  /** Changes renv.lock or the profile. */
  | { readonly kind: 'edit'; readonly file: string }

const PACKAGES =
  /^(?:(?:utils::)?install\.packages|renv::install|pak::pkg_install|pak::pak|(?:remotes|devtools)::install_(?:cran|version|github|gitlab|bitbucket|bioc|url|git)|BiocManager::install|install_(?:version|github|cran))$/
const DESCRIPTION = /^(?:(?:remotes|devtools)::install_deps|pak::local_install_(?:dev_)?deps|install_deps)$/
const HARMLESS =
  /^(?:library|require|requireNamespace|suppressPackageStartupMessages|options|Sys\.setenv|Sys\.setlocale|renv::consent|cat|print|message|quit|q|stopifnot|invisible)$/
/** Calls that may stand in arguments. */
const VALUES = /^(?:c|list|getOption|Sys\.getenv|paste0|parallel::detectCores|as\.integer)$/
/** Their names are no packages. */
const SETTINGS = ['pkgs', 'packages', 'repo', 'package', 'pkg']

/** The work of code that is made of known calls only; `undefined` for any other. */
export function readCode(code: string): readonly RWork[] | undefined {
  const statements = parseCalls(code)
  if (statements === undefined) return undefined
  const works: RWork[] = []
  for (const statement of statements) {
    const work = 'using' in statement ? undefined : toWork(statement)
    if (work === undefined) return undefined
    works.push(work)
  }
  return works
}

function toWork(call: Call): RWork | undefined {
  const { name, args } = call
  if (!hasPlainValues(args)) return undefined
  if (name === 'renv::restore' || name === 'restore') {
    if (args.some((arg) => arg.name === 'project' || (arg.name === undefined && arg.value.kind === 'text')))
      return undefined
    return { kind: 'restore', lockfile: namedText(args, 'lockfile'), library: namedText(args, 'library') }
  }
  if (name === 'pak::lockfile_install') {
    const [lockfile = 'pkg.lock', ...others] = textsOf(args, ['lockfile'])
    return others.length > 0 || namedText(args, 'lib') !== undefined
      ? undefined
      : { kind: 'locked', lockfile }
  }
  if (name === 'renv::hydrate' || (name === 'renv::install' && textsOf(args, SETTINGS).length === 0))
    return { kind: 'scan' }
  if (PACKAGES.test(name)) {
    const local = textsOf(args, SETTINGS).some((text) =>
      /^[.~/]|^(?:local|file|deps)::?|\.(?:tar\.gz|tgz|zip)$/.test(text),
    )
    const elsewhere = args.some((arg) => /^(?:lib|contriburl|destdir|library|project)$/.test(arg.name ?? ''))
    const sources = [namedText(args, 'repos'), namedText(args, 'configure.args')].some(
      (text) => text?.startsWith('file:') === true,
    )
    const empty = textsOf(args, SETTINGS).length === 0
    return local || elsewhere || sources || empty ? undefined : { kind: 'packages' }
  }
  if (DESCRIPTION.test(name)) {
    const [dir = '.'] = textsOf(args, ['pkgdir', 'root'])
    return { kind: 'description', dir }
  }
  if (/^renv::(?:activate|init|upgrade|deactivate|use)$/.test(name))
    return { kind: 'edit', file: '.Rprofile' }
  if (/^renv::(?:snapshot|update|record|lockfile_modify)$/.test(name))
    return { kind: 'edit', file: 'renv.lock' }
  return HARMLESS.test(name) ? { kind: 'none' } : undefined
}

function hasPlainValues(args: readonly CallArgument[]): boolean {
  return args.every(({ value }) => {
    if (value.kind === 'list') return hasPlainValues(value.items)
    return value.kind !== 'call' || (VALUES.test(value.call.name) && hasPlainValues(value.call.args))
  })
}
