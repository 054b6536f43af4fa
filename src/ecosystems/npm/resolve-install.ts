import { globFiles } from '../../model/glob.ts'
import { joinPath } from '../../model/paths.ts'
import { checkLockfile } from './check-lockfile.ts'
import { checkPackages, modulesWrites, type InstallRules } from '../shared/check-packages.ts'
import { collectOutcomes, isReason, refuseInstall } from '../shared/outcome.ts'
import { createConfig, parseNpmrc, toEnvConfig, type Config } from '../shared/config.ts'
import { findMembers, findWorkspaceRoot, workspacePatterns } from '../shared/workspaces.ts'
import { lookAtAll, lookInto } from '../shared/look.ts'
import { lookAtSettings, lookAtVariables } from '../shared/config-files.ts'
import { parseLocalSpec } from '../shared/local-spec.ts'
import { readPackage, type PackageInfo } from '../shared/read-package.ts'
import { readUserNpmrc } from '../shared/user-config.ts'
import { selectMembers, valuesOf } from '../shared/select-members.ts'
import { cacheHome, type Scene } from '../shared/scene.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

export interface InstallRequest {
  readonly flags: ReadonlyMap<string, string>
  /** Words after the action. */
  readonly packages: readonly string[]
  /** `npm ci` and its spellings. */
  readonly clean: boolean
}

/** npm 12 runs these files; what they import cannot be known. */
const EXTENSIONS = ['.npm-extension.mjs', '.npm-extension.cjs']

const ROOT_EVENTS = [
  'preinstall',
  'install',
  'postinstall',
  'prepublish',
  'preprepare',
  'prepare',
  'postprepare',
  'dependencies',
]

/** `npm ci` and `npm install` in a project. */
export function resolveInstall(command: Command, files: ImageFiles, request: InstallRequest): Effect {
  const { flags } = request
  if (flags.get('dry-run') === 'true' || flags.get('package-lock-only') === 'true') return { known: false }
  const prefix = flags.get('prefix')
  const dir = joinPath(command.cwd, prefix ?? '.')
  const own = readPackage(files, dir)
  if (isReason(own)) return refuseInstall(own)
  const added = request.packages.filter(
    (spec) => joinPath(command.cwd, spec) !== dir || !spec.startsWith('.'),
  )
  if (
    added.length > 0 &&
    (flags.get('save') !== 'false' || added.some((spec) => parseLocalSpec(spec) !== undefined))
  ) {
    const file = own?.file ?? files.origin(joinPath(dir, 'package.json'))
    return refuseInstall({ code: 'edits-manifest', command: command.text, file })
  }
  if (own === undefined) return refuseInstall(missingFile(command, files, joinPath(dir, 'package.json')))
  // With --prefix npm does not look for a workspace around the directory.
  const around = prefix === undefined ? findWorkspaceRoot(files, dir) : undefined
  if (isReason(around)) return refuseInstall(around)
  const root = around ?? own
  const members = findMembers(files, root, withoutOverridden(workspacePatterns(root)))
  if (isReason(members)) return refuseInstall(members)
  return installProject(command, files, request, root, members)
}

/** A pattern with `!` counts no more where a later one names something that it matches. */
function withoutOverridden(patterns: readonly string[]): readonly string[] {
  return patterns.filter(
    (pattern, index) =>
      !pattern.startsWith('!') ||
      !patterns
        .slice(index + 1)
        .some((later) => !later.startsWith('!') && globFiles.matches(pattern.slice(1), later)),
  )
}

function installProject(
  command: Command,
  files: ImageFiles,
  { flags, clean }: InstallRequest,
  root: PackageInfo,
  members: readonly PackageInfo[],
): Effect {
  const config = readConfig(command, files, flags, root)
  if (isReason(config)) return refuseInstall(config)
  const scene: Scene = { files, command, root: root.dir, members: new Set(members.map(({ dir }) => dir)) }
  const named =
    lookAtSettings(files, command.cwd, command, config) ??
    lookAtVariables(files, command.cwd, command) ??
    lookAtAll(files, root.dir, ['npm-shrinkwrap.json', 'package-lock.json', 'yarn.lock']) ??
    lookForExtensions(files, command, [root, ...members])
  if (named !== undefined) return refuseInstall(named)
  const filters = valuesOf(command.args, ['-w', '--workspace'])
  const selected = filters && selectMembers(root, members, filters, command.cwd)
  const outcome = collectOutcomes(
    [
      () => checkPackages(scene, root, members, toRules(config), selected),
      () => checkLockfile(scene, root, members, { clean, config }),
    ],
    (check) => check(),
  )
  if (isReason(outcome)) return refuseInstall(outcome)
  const narrowed = flags.has('workspace') || config('workspaces') === 'false'
  const replaces = clean && !narrowed
  return {
    known: true,
    role: 'install',
    writes: [
      ...modulesWrites(files, [root.dir], replaces ? 'replace' : 'merge'),
      ...modulesWrites(
        files,
        members.map(({ dir }) => dir),
        'merge',
      ),
      ...outcome,
      ...cacheWrites(command, config),
    ],
    env: 'all-but-stamps',
    narrowed,
  }
}

function readConfig(
  command: Command,
  files: ImageFiles,
  flags: ReadonlyMap<string, string>,
  root: PackageInfo,
): Config | Reason {
  const text = lookInto(files, joinPath(root.dir, '.npmrc'))
  if (isReason(text)) return text
  const userconfig = flags.get('userconfig')
  return createConfig([
    flags,
    toEnvConfig(command),
    parseNpmrc(text ?? '', command.env),
    readUserNpmrc(files, command, userconfig === undefined ? [] : [joinPath(command.cwd, userconfig)]),
  ])
}

/** npm 7 to 10 run `prepare` of members and links in spite of `--ignore-scripts`. */
function toRules(config: Config): InstallRules {
  const ignored = config('ignore-scripts') === 'true'
  const events = ignored ? ['prepare'] : ['preinstall', 'install', 'postinstall', 'prepare']
  return {
    rootEvents: ignored ? [] : ROOT_EVENTS,
    memberEvents: events,
    builds: !ignored,
    memberFiles: ['.npmrc'],
    links: { events, linksMembers: true },
  }
}

function lookForExtensions(
  files: ImageFiles,
  command: Command,
  packages: readonly PackageInfo[],
): Reason | undefined {
  for (const { dir } of packages) {
    for (const name of EXTENSIONS) {
      const path = joinPath(dir, name)
      if (files.kind(path) !== 'absent') {
        return { code: 'reads-sources', text: command.text, path: files.origin(path) }
      }
    }
  }
  return undefined
}

function cacheWrites(command: Command, config: Config): readonly WriteEffect[] {
  return [
    { tree: joinPath(command.cwd, config('cache') ?? `${command.home}/.npm`), mode: 'merge', allow: 'cache' },
    { tree: `${cacheHome(command)}/node-gyp`, mode: 'merge', allow: 'cache' },
  ]
}

function missingFile(command: Command, files: ImageFiles, path: string): Reason {
  return { code: 'missing-file', file: files.origin(path), command: command.text }
}
