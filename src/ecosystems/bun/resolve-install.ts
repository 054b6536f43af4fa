import { joinPath } from '../../model/paths.ts'
import { bunCache } from './cache.ts'
import { cacheHome, type Scene } from '../shared/scene.ts'
import { checkLocalSpecs, nestedTexts } from '../shared/local-dependencies.ts'
import { checkLockfile } from './check-lockfile.ts'
import { checkPackages, modulesWrites, type InstallRules } from '../shared/check-packages.ts'
import { collectOutcomes, isReason, refuseInstall, type Outcome } from '../shared/outcome.ts'
import { findMembers, findWorkspaceRoot, workspacePatterns } from '../shared/workspaces.ts'
import { lookAt } from '../shared/look.ts'
import { lookAtSettings, lookAtVariables } from '../shared/config-files.ts'
import { readConfig, type BunConfig } from './read-config.ts'
import { readPackage, type PackageInfo } from '../shared/read-package.ts'
import { toObject, toTexts } from '../shared/json-object.ts'
import type { Command, Effect, ImageFiles } from '../../model/types.ts'

export interface InstallRequest {
  readonly flags: ReadonlyMap<string, string>
  /** Absolute directory that Bun runs in. */
  readonly dir: string
  /** `bun ci`. */
  readonly clean: boolean
}

const ROOT_EVENTS = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare']
const MEMBER_EVENTS = ['preinstall', 'install', 'postinstall', 'prepare']

/** Runs, but installs nothing, or chooses what to install from the sources. */
const OTHER_MODES = ['dry-run', 'lockfile-only', 'analyze', 'trust']

/** `bun install` and `bun ci` in a project. */
export function resolveInstall(command: Command, files: ImageFiles, request: InstallRequest): Effect {
  const { flags, dir } = request
  if (OTHER_MODES.some((mode) => flags.get(mode) === 'true')) return { known: false }
  const own = readPackage(files, dir)
  if (isReason(own)) return refuseInstall(own)
  if (own === undefined) {
    const file = files.origin(joinPath(dir, 'package.json'))
    return refuseInstall({ code: 'missing-file', file, command: command.text })
  }
  const around = findWorkspaceRoot(files, dir)
  if (isReason(around)) return refuseInstall(around)
  const root = around ?? own
  const members = findMembers(files, root, workspacePatterns(root))
  if (isReason(members)) return refuseInstall(members)
  const settings = readConfig(command, files, flags, root.dir)
  if (isReason(settings)) return refuseInstall(settings)
  return installProject(command, files, request, root, members, settings)
}

function installProject(
  command: Command,
  files: ImageFiles,
  { flags, clean }: InstallRequest,
  root: PackageInfo,
  members: readonly PackageInfo[],
  { config, cache, scanner }: BunConfig,
): Effect {
  if (scanner !== undefined) {
    return refuseInstall({ code: 'reads-sources', text: command.text, path: scanner })
  }
  const scene: Scene = { files, command, root: root.dir, members: new Set(members.map(({ dir }) => dir)) }
  const named =
    lookAtSettings(files, command.cwd, command, config) ?? lookAtVariables(files, command.cwd, command)
  if (named !== undefined) return refuseInstall(named)
  const rules = toRules(flags, root)
  const catalogs = ['catalog', 'catalogs'].flatMap((key) => [
    ...nestedTexts(root.json[key]),
    ...nestedTexts(toObject(root.json['workspaces'])[key]),
  ])
  const outcome = collectOutcomes(
    [
      () => checkPackages(scene, root, members, rules),
      () => checkLocalSpecs(scene, root.file, catalogs, rules.links),
      () => checkPatches(scene, root),
      () => checkLockfile(scene, root, members, config, clean),
    ],
    (check) => check(),
  )
  if (isReason(outcome)) return refuseInstall(outcome)
  // With these, node_modules links into the cache, which then is a part of the installation.
  const linked = flags.get('backend') === 'symlink' || config('global-store') === 'true'
  const dirs = [root.dir, ...scene.members]
  return {
    known: true,
    role: 'install',
    writes: [
      ...modulesWrites(files, dirs, 'merge'),
      ...outcome,
      { tree: bunCache(command, flags, cache), mode: 'merge', ...(linked ? {} : { allow: 'cache' }) },
      { tree: `${cacheHome(command)}/node-gyp`, mode: 'merge', allow: 'cache' },
    ],
    env: 'all-but-stamps',
    narrowed: flags.has('filter'),
  }
}

/** With a filter that names packages, scripts of the root do not run. */
function toRules(flags: ReadonlyMap<string, string>, root: PackageInfo): InstallRules {
  const ignored = flags.get('ignore-scripts') === 'true'
  const filter = flags.get('filter')
  const excludesRoot = filter !== undefined && !/[*.!]/.test(filter) && filter !== root.json['name']
  return {
    rootEvents: ignored || excludesRoot ? [] : ROOT_EVENTS,
    memberEvents: ignored ? [] : MEMBER_EVENTS,
    builds: !ignored,
    memberFiles: [],
    links: { events: ignored ? [] : ['preinstall', 'install', 'postinstall'], linksMembers: false },
  }
}

/** https://bun.com/docs/pm/cli/patch */
function checkPatches({ files, command }: Scene, root: PackageInfo): Outcome {
  return collectOutcomes(toTexts(root.json['patchedDependencies']).values(), (patch) => {
    const path = joinPath(root.dir, patch)
    const kind = lookAt(files, path)
    if (isReason(kind)) return kind
    return kind === 'file' ? [] : { code: 'missing-file', file: files.origin(path), command: command.text }
  })
}
