import { joinPath } from '../../model/paths.ts'
import { checkClassicLockfile } from './check-classic-lockfile.ts'
import { checkPackages, modulesWrites, type InstallRules } from '../shared/check-packages.ts'
import { classicCache, readClassicConfig } from './classic-config.ts'
import { collectOutcomes, isReason, refuseInstall, type Outcome } from '../shared/outcome.ts'
import { corepackWrites } from '../shared/corepack.ts'
import { findNestedMembers } from './find-nested-members.ts'
import { findWorkspaceRoot, workspacePatterns } from '../shared/workspaces.ts'
import { lookAt, lookAtAll } from '../shared/look.ts'
import { lookAtSettings, lookAtVariables } from '../shared/config-files.ts'
import { readPackage } from '../shared/read-package.ts'
import { cacheHome, type Scene } from '../shared/scene.ts'
import type { Config } from '../shared/config.ts'
import type { YarnRequest } from './resolve-yarn.ts'
import type { Command, Effect, ImageFiles } from '../../model/types.ts'

const OPTIONAL_FILES = [
  '.yarnclean',
  '.pnp.js',
  'yarn.json',
  'npm-shrinkwrap.json',
  'package-lock.json',
  '.yarnrc.yml',
]

/** `yarn install` of Yarn 1: https://classic.yarnpkg.com/en/docs/cli/install */
export function resolveClassic(command: Command, files: ImageFiles, request: YarnRequest): Effect {
  const { dir, flags } = request
  if (request.focused) return { known: false }
  const own = readPackage(files, dir)
  if (isReason(own)) return refuseInstall(own)
  if (own === undefined) {
    const file = files.origin(joinPath(dir, 'package.json'))
    return refuseInstall({ code: 'missing-file', file, command: command.text })
  }
  // A package with members of its own is a root, whatever is above it.
  const around = workspacePatterns(own).length > 0 ? undefined : findWorkspaceRoot(files, dir)
  if (isReason(around)) return refuseInstall(around)
  const root = around ?? own
  const members = findNestedMembers(files, root, 'classic')
  if (isReason(members)) return refuseInstall(members)
  const config = readClassicConfig(command, files, dir, flags)
  if (isReason(config)) return refuseInstall(config)
  const scene: Scene = {
    files,
    command,
    root: root.dir,
    members: new Set(members.map((member) => member.dir)),
  }
  const named =
    lookAtSettings(files, command.cwd, command, config) ??
    lookAtVariables(files, command.cwd, command) ??
    lookAtAll(files, root.dir, OPTIONAL_FILES)
  if (named !== undefined) return refuseInstall(named)
  const outcome = collectOutcomes(
    [
      () => checkNamedPlaces(files, root.dir, config),
      () => checkPackages(scene, root, members, toRules(command, config, around !== undefined)),
      () => checkClassicLockfile(scene, root, members, config),
    ],
    (check) => check(),
  )
  if (isReason(outcome)) return refuseInstall(outcome)
  const folder = config('modules-folder')
  const modules =
    folder === undefined
      ? modulesWrites(files, [root.dir], 'merge')
      : modulesWrites(
          files,
          [joinPath(command.cwd, folder).replace(/\/[^/]*$/, '') || '/'],
          'merge',
          lastName(folder),
        )
  return {
    known: true,
    role: 'install',
    writes: [
      ...modules,
      ...modulesWrites(files, [...scene.members], 'merge'),
      ...outcome,
      ...corepackWrites(command, files, 'yarn', request.invocation, dir),
      {
        tree: joinPath(command.cwd, config('cache-folder') ?? classicCache(command, flags)),
        mode: 'merge',
        allow: 'cache',
      },
      { tree: `${cacheHome(command)}/node-gyp`, mode: 'merge', allow: 'cache' },
    ],
    env: 'all-but-stamps',
  }
}

/** The release and the offline mirror that `.yarnrc` names. An install that prunes removes archives that it does not use. */
function checkNamedPlaces(files: ImageFiles, dir: string, config: Config): Outcome {
  for (const key of ['yarn-path', 'yarn-offline-mirror']) {
    const value = config(key)
    if (value === undefined || value === 'false') continue
    const path = joinPath(dir, value)
    const kind = lookAt(files, path)
    if (isReason(kind)) return kind
    if (kind === 'dir') files.readTree(path)
    if (kind !== 'dir' || config('yarn-offline-mirror-pruning') !== 'true') continue
    const lock = files.read(joinPath(dir, 'yarn.lock')) ?? ''
    const unused = files.find(path, '*').find((archive) => !lock.includes(lastName(archive)))
    if (unused !== undefined) return { code: 'tracked-output', path: files.origin(unused) }
  }
  return []
}

/** Production installs leave out prepublish and prepare. In a member's directory, the member's scripts run. */
function toRules(command: Command, config: Config, inMember: boolean): InstallRules {
  const install = ['preinstall', 'install', 'postinstall']
  const all = [...install, 'prepublish', 'prepare']
  if (config('ignore-scripts') === 'true') {
    return {
      rootEvents: [],
      memberEvents: [],
      builds: false,
      memberFiles: ['.npmrc', '.yarnrc'],
      links: NO_LINKS,
    }
  }
  const set = config('production')
  const production = set === undefined ? command.env.get('NODE_ENV') === 'production' : set !== 'false'
  const rootEvents = production ? install : all
  return {
    rootEvents,
    memberEvents: inMember ? rootEvents : install,
    builds: true,
    memberFiles: ['.npmrc', '.yarnrc'],
    links: { events: install, linksMembers: false },
  }
}

const NO_LINKS = { events: [], linksMembers: false }

function lastName(path: string): string {
  return path.replace(/\/+$/, '').replace(/^.*\//, '')
}
