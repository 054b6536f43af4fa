import { joinPath } from '../../model/paths.ts'
import { cacheHome } from '../shared/scene.ts'
import { checkLockfile, checkPakLockfile } from './read-lockfile.ts'
import { isInstalled } from '../shared/is-installed.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { lookAtAll, lookInto } from '../shared/look.ts'
import { matchR, type RCall } from './match-r.ts'
import { readCode, type RWork } from './read-code.ts'
import { readStartup } from './read-startup.ts'
import { resolveLittler } from './resolve-littler.ts'
import { tells } from '../shared/tells.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

/** Beside the lockfile: settings, and what tells renv how the project is made up. */
const PROJECT_FILES = [
  'renv/settings.json',
  'renv/settings.dcf',
  'renv/settings.R',
  'renv/profile',
  'renv/activate.R',
  'DESCRIPTION',
  'inst/golem-config.yml',
]

/** What R code on the command line does. */
export function resolveR(command: Command, files: ImageFiles): Effect | undefined {
  if (isInstalled(command, files, ['install2.r', 'installGithub.r', 'installBioc.r']))
    return resolveLittler(command, files)
  if (!isInstalled(command, files, ['R', 'Rscript'])) return undefined
  if (command.args.length === 1 && command.args[0] === '--version') return tells([])
  const restores = /\b(?:restore|install_deps|local_install_(?:dev_)?deps|lockfile_install)\s*\(/.test(
    command.text,
  )
  const call = matchR(command)
  const code = call && codeOf(command, files, call)
  const works = code === undefined ? undefined : readCode(code)
  if (call === undefined || works === undefined) {
    return restores ? refuseInstall({ code: 'unknown-argument', text: command.text }) : { known: false }
  }
  const active = readStartup(command, files, call)
  if (isReason(active)) return restores ? refuseInstall(active) : { known: false }
  for (const work of works) {
    const reason = checkWork(command, files, work)
    if (reason !== undefined) return refuseInstall(reason)
  }
  const packages = works.some((work) => work.kind === 'packages')
  const installs =
    works.some(({ kind }) => kind === 'restore' || kind === 'description' || kind === 'locked') ||
    (packages && call.script !== undefined)
  if (!installs && !packages) return tells(['R_*'])
  return {
    known: true,
    role: installs ? 'install' : 'tool',
    writes: libraryWrites(command, works, active),
    env: 'all-but-stamps',
  }
}

/** The code to run: that of the command line, or of a file; `undefined` when there is none that can be read. */
function codeOf(command: Command, files: ImageFiles, { code, script }: RCall): string | undefined {
  if (script === undefined) return code === '' ? undefined : code
  const text = code === '' ? lookInto(files, joinPath(command.cwd, script)) : undefined
  return isReason(text) ? undefined : text
}

function checkWork(command: Command, files: ImageFiles, work: RWork): Reason | undefined {
  const { cwd, env, text } = command
  switch (work.kind) {
    case 'edit':
      return { code: 'edits-manifest', command: text, file: files.origin(joinPath(cwd, work.file)) }
    case 'locked':
      return checkPakLockfile(files, joinPath(cwd, work.lockfile), text)
    case 'scan':
      return { code: 'reads-sources', text, path: files.origin(joinPath(cwd, '.')) }
    case 'description':
      return (
        lookAtAll(files, joinPath(cwd, work.dir), ['DESCRIPTION', '.Rbuildignore']) ??
        missing(files, joinPath(joinPath(cwd, work.dir), 'DESCRIPTION'), text)
      )
    case 'restore': {
      // Another profile has its own lockfile and library.
      if (env.has('RENV_PROFILE') && env.get('RENV_PROFILE') !== '')
        return { code: 'unknown-argument', text: 'RENV_PROFILE' }
      const named = work.lockfile ?? (env.get('RENV_PATHS_LOCKFILE') || 'renv.lock')
      for (const name of ['renv/local', 'renv/cellar']) files.readTree(joinPath(cwd, name))
      return lookAtAll(files, cwd, PROJECT_FILES) ?? checkLockfile(files, joinPath(cwd, named), text)
    }
    default:
      return undefined
  }
}

function missing(files: ImageFiles, path: string, command: string): Reason | undefined {
  return files.kind(path) === 'file' ? undefined : { code: 'missing-file', file: files.origin(path), command }
}

/** Packages go to the site library; to that of the project where renv is active. The library links into renv's cache. */
function libraryWrites(command: Command, works: readonly RWork[], active: boolean): readonly WriteEffect[] {
  const { cwd, env, home } = command
  const merge = (tree: string): WriteEffect => ({ tree: joinPath(cwd, tree), mode: 'merge' })
  const set = [...env]
    .filter(
      ([name, value]) =>
        /^(RENV_PATHS_(ROOT|LIBRARY|LIBRARY_ROOT|CACHE|SOURCE|BINARY)|R_LIBS|R_LIBS_USER|R_LIBS_SITE)$/.test(
          name,
        ) && value !== '',
    )
    .flatMap(([, value]) => value?.split(':') ?? [])
  const named = works.flatMap((work) => (work.kind === 'restore' ? (work.library ?? []) : []))
  const own: readonly WriteEffect[] = active
    ? ['renv/library', 'renv/staging'].map((name) => ({ ...merge(name), ignore: `**/${name}` }))
    : []
  return [
    { system: true },
    ...own,
    ...[
      `${cacheHome(command)}/R`,
      joinPath(home, '.local/share/renv'),
      joinPath(home, 'R'),
      ...set,
      ...named,
    ].map(merge),
  ]
}
