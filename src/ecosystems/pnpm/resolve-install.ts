import { joinPath } from '../../model/paths.ts'
import { checkInjected } from './check-injected.ts'
import { checkLockfiles } from './check-lockfiles.ts'
import { checkPackages, modulesWrites, type InstallRules } from '../shared/check-packages.ts'
import { collectOutcomes, isReason, refuseInstall } from '../shared/outcome.ts'
import { corepackWrites } from '../shared/corepack.ts'
import { majorOf } from './major-of.ts'
import { lookAtSettings, lookAtVariables } from '../shared/config-files.ts'
import { readConfig } from './read-config.ts'
import { readSharedFiles } from './read-shared-files.ts'
import { readWorkspace, type PnpmProject } from './read-workspace.ts'
import { storeWrites } from './store-writes.ts'
import { selectMembers, valuesOf } from '../shared/select-members.ts'
import type { Config } from '../shared/config.ts'
import type { PnpmRequest } from './resolve-pnpm.ts'
import type { Scene } from '../shared/scene.ts'
import type { Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

const INSTALL = ['preinstall', 'install', 'postinstall']

const RULES: InstallRules = {
  rootEvents: ['pnpm:devPreinstall', ...INSTALL, 'preprepare', 'prepare', 'postprepare'],
  memberEvents: [...INSTALL, 'prepare'],
  builds: true,
  // Up to pnpm 10 each member may have settings of its own.
  memberFiles: ['.npmrc'],
  links: { events: [...INSTALL, 'prepare'], linksMembers: false },
}

const WITHOUT_SCRIPTS: InstallRules = {
  ...RULES,
  rootEvents: [],
  memberEvents: [],
  builds: false,
  links: { events: [], linksMembers: false },
}

const IN_PRODUCTION: InstallRules = { ...RULES, rootEvents: INSTALL, memberEvents: INSTALL }

/** https://pnpm.io/cli/install */
export function resolveInstall(command: Command, files: ImageFiles, request: PnpmRequest): Effect {
  const { flags, dir, clean } = request
  if (
    ['lockfile-only', 'resolution-only', 'fix-lockfile', 'dry-run'].some((flag) => flags.get(flag) === 'true')
  ) {
    return { known: false }
  }
  if (command.env.has('PNPM_HOME') && command.env.get('PNPM_HOME') === undefined) {
    return refuseInstall({ code: 'unknown-argument', text: 'PNPM_HOME' })
  }
  const project = readWorkspace(files, dir, flags.get('ignore-workspace') === 'true')
  if (isReason(project)) return refuseInstall(project)
  if (project === undefined) {
    const file = files.origin(joinPath(dir, 'package.json'))
    return refuseInstall({ code: 'missing-file', file, command: command.text })
  }
  const config = readConfig(command, files, project, flags)
  if (isReason(config)) return refuseInstall(config)
  const named =
    lookAtSettings(files, command.cwd, command, config) ?? lookAtVariables(files, command.cwd, command)
  if (named !== undefined) return refuseInstall(named)
  const { root, members } = project
  const packages = root === undefined ? members : [root, ...members]
  const scene: Scene = {
    files,
    command,
    root: project.dir,
    members: new Set(members.map((member) => member.dir)),
  }
  const rules = toRules(command, project, config)
  const outcome = collectOutcomes(
    [
      () => readSharedFiles(scene, project, config),
      () => checkInjected(packages, config),
      () => checkPackages(scene, root, members, rules, selectByFilter(command, project)),
      () => checkLockfiles(scene, project, config, clean),
    ],
    (check) => check(),
  )
  if (isReason(outcome)) return refuseInstall(outcome)
  return {
    known: true,
    role: 'install',
    writes: [
      ...moduleDirectories(files, project, config),
      ...outcome,
      ...corepackWrites(command, files, 'pnpm', request.invocation, dir),
      ...storeWrites(command, config),
    ],
    env: 'all-but-stamps',
    narrowed: flags.has('filter') || flags.has('filter-prod'),
  }
}

/** Up to version 8, an install that makes a lockfile runs the scripts of all members. */
function selectByFilter(command: Command, { root, members }: PnpmProject): ReadonlySet<string> | undefined {
  const filters = valuesOf(command.args, ['-F', '--filter', '--filter-prod'])
  if (filters === undefined || (majorOf(root) ?? 0) < 9) return undefined
  return selectMembers(root, members, filters, command.cwd)
}

/** From version 11 on, a production install leaves out what prepares a package for its developers. */
function toRules({ env }: Command, { root }: PnpmProject, config: Config): InstallRules {
  if (config('ignore-scripts') === 'true') return WITHOUT_SCRIPTS
  const set = config('production')
  const production = set === undefined ? env.get('NODE_ENV') === 'production' : set === 'true'
  return production && (majorOf(root) ?? 0) >= 11 ? IN_PRODUCTION : RULES
}

function moduleDirectories(
  files: ImageFiles,
  { dir, members }: PnpmProject,
  config: Config,
): readonly WriteEffect[] {
  const name = config('modules-dir') ?? 'node_modules'
  const writes = [...modulesWrites(files, [dir, ...members.map((member) => member.dir)], 'merge', name)]
  const virtual = config('virtual-store-dir')
  if (virtual !== undefined) {
    const tree = joinPath(dir, virtual)
    files.readTree(tree)
    writes.push({ tree, mode: 'merge' })
  }
  if (config('node-linker') === 'pnp') writes.push({ path: joinPath(dir, '.pnp.cjs'), ignore: '**/.pnp.cjs' })
  return writes
}
