import { joinPath } from '../../model/paths.ts'
import { checkModernLockfile, isImmutable } from './check-modern-lockfile.ts'
import { checkPackages, modulesWrites, type InstallRules } from '../shared/check-packages.ts'
import { collectOutcomes, isReason, refuseInstall, type Outcome } from '../shared/outcome.ts'
import { corepackWrites } from '../shared/corepack.ts'
import { findNestedMembers } from './find-nested-members.ts'
import { findWorkspaceRoot } from '../shared/workspaces.ts'
import { lookAt, lookAtAll } from '../shared/look.ts'
import { lookAtVariables } from '../shared/config-files.ts'
import { modernWrites } from './modern-writes.ts'
import { readModernConfig, type ModernConfig } from './modern-config.ts'
import { readPackage, type PackageInfo } from '../shared/read-package.ts'
import { readUserNpmrc } from '../shared/user-config.ts'
import { selectMembers } from '../shared/select-members.ts'
import type { Scene } from '../shared/scene.ts'
import type { YarnRequest } from './resolve-yarn.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, Effect, ImageFiles } from '../../model/types.ts'

/** `yarn install` of Yarn 2 and later: https://yarnpkg.com/cli/install */
export function resolveModern(command: Command, files: ImageFiles, request: YarnRequest): Effect {
  const { dir, flags } = request
  if (flags.get('mode') === 'update-lockfile') return { known: false }
  const own = readPackage(files, dir)
  if (isReason(own)) return refuseInstall(own)
  if (own === undefined) {
    const file = files.origin(joinPath(dir, 'package.json'))
    return refuseInstall({ code: 'missing-file', file, command: command.text })
  }
  const root = findTopRoot(files, own)
  if (isReason(root)) return refuseInstall(root)
  const members = findNestedMembers(files, root, 'modern')
  if (isReason(members)) return refuseInstall(members)
  const config = readModernConfig(command, files, dir)
  if (isReason(config)) return refuseInstall(config)
  const scene: Scene = {
    files,
    command,
    root: root.dir,
    members: new Set(members.map((member) => member.dir)),
  }
  readUserNpmrc(files, command)
  const named =
    lookAtVariables(files, command.cwd, command) ??
    lookAtAll(files, root.dir, ['.env.yarn', '.npmrc', 'package-lock.json', '.yarn/install-state.gz']) ??
    lookAtAll(files, root.dir, [
      '.pnp.cjs',
      '.pnp.js',
      '.pnp.loader.mjs',
      '.pnp.data.json',
      '.yarn/build-state.yml',
    ])
  if (named !== undefined) return refuseInstall(named)
  const { focused, focusedOn = [] } = request
  const names = focusedOn.length > 0 ? focusedOn : ['.']
  const isAll = flags.has('all') || flags.has('A')
  const selected = focused && !isAll ? selectMembers(root, members, names, dir) : undefined
  const outcome = collectOutcomes(
    [
      () => checkConstraints(files, root.dir, command, config),
      () => readPatches(files, root.dir),
      () => checkPackages(scene, root, members, toRules(flags, config), selected),
      () => checkModernLockfile(scene, [root, ...members], config, request),
      () => modernWrites(scene, config, isImmutable(command, config, request)),
    ],
    (check) => check(),
  )
  if (isReason(outcome)) return refuseInstall(outcome)
  const linked = config.get('nodeLinker') === 'node-modules' || config.get('nodeLinker') === 'pnpm'
  return {
    known: true,
    role: 'install',
    writes: [
      ...(linked ? modulesWrites(files, [root.dir, ...scene.members], 'merge') : []),
      ...outcome,
      ...corepackWrites(command, files, 'yarn', request.invocation, dir),
    ],
    env: 'all-but-stamps',
    narrowed: focused,
  }
}

/** Members may have members: the project is the outermost package that leads to the directory. */
function findTopRoot(files: ImageFiles, own: PackageInfo): PackageInfo | Reason {
  let root = own
  for (;;) {
    const around = findWorkspaceRoot(files, root.dir)
    if (isReason(around)) return around
    if (around === undefined) return root
    root = around
  }
}

function checkConstraints(files: ImageFiles, dir: string, command: Command, config: ModernConfig): Outcome {
  if (config.get('enableConstraintsChecks') !== true) return []
  for (const name of ['yarn.config.cjs', 'constraints.pro']) {
    const path = joinPath(dir, name)
    if (files.kind(path) !== 'absent') {
      return { code: 'reads-sources', text: command.text, path: files.origin(path) }
    }
  }
  return []
}

/** The lockfile may name patches that no manifest does. */
function readPatches(files: ImageFiles, dir: string): Outcome {
  const path = joinPath(dir, '.yarn/patches')
  const kind = lookAt(files, path)
  if (isReason(kind)) return kind
  if (kind === 'dir') files.readTree(path)
  return []
}

/** These versions run no `prepare`. */
function toRules(flags: ReadonlyMap<string, string>, config: ModernConfig): InstallRules {
  const skips = flags.get('mode') === 'skip-build'
  const events = skips ? [] : ['preinstall', 'install', 'postinstall']
  return {
    rootEvents: events,
    memberEvents: events,
    builds: !skips && config.get('enableScripts') !== false,
    memberFiles: [],
    links: { events, linksMembers: false },
  }
}
