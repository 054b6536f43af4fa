import { cachePlaces, syncPlaces } from './uv-places.ts'
import { findLocalPackages, lookAtOthers, type LocalPackages } from './read-lock.ts'
import { isOn } from './options.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { joinPath } from '../../model/paths.ts'
import { lookAtHome } from '../shared/python-home.ts'
import { lookAtSettings } from './settings.ts'
import { readProject, type UvProject } from './read-project.ts'
import { toObject, toStrings } from '../shared/json-object.ts'
import type { Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'
import type { Options } from '../../effects/options.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { UvCall } from './match-uv.ts'

/** What a sync works on, once everything that it reads has been looked at. */
export interface SyncPlan {
  readonly options: Options
  readonly project: UvProject
  readonly local: LocalPackages
  readonly frozen: boolean
  /** Whether local packages would be built and installed. */
  readonly builds: boolean
}

/** Looks at everything that `uv sync` reads, besides the packages that it builds. */
export function planSync(call: UvCall, command: Command, files: ImageFiles): SyncPlan | Reason {
  const unknown: Reason = { code: 'unknown-argument', text: command.text }
  const { options, project: start } = call
  if (options === undefined || start === undefined || options.operands.length > 0) return unknown
  if (['-U', '--upgrade'].some((flag) => options.flags.has(flag))) return unknown
  const project = readProject(command, files, start)
  if (isReason(project)) return project
  const reason = lookAtSettings(command, files, project.root, project.manifest, options)
  if (reason !== undefined) return reason
  const local = findLocalPackages(project)
  const skipsOthers = options.flags.has('--no-install-local')
  const other = skipsOthers ? undefined : lookAtOthers(local, project, command, files)
  if (other !== undefined) return other
  lookAtHome(command, files, ['uv/uv.toml'])
  const frozen = options.flags.has('--frozen') || isOn(command.env.get('UV_FROZEN'))
  return { options, project, local, frozen, builds: isBuilding(options, local) }
}

/** Which packages of the workspace the options leave out. */
function isBuilding({ flags, values }: Options, local: LocalPackages): boolean {
  if (flags.has('--no-install-workspace') || flags.has('--no-install-local')) return false
  const only = flags.has('--no-install-project') || flags.has('--only-dev') || values.has('--only-group')
  return local.members || (local.root && !only)
}

/** `uv sync`. https://docs.astral.sh/uv/reference/cli/#uv-sync */
export function resolveSync(call: UvCall, command: Command, files: ImageFiles): Effect {
  const plan = planSync(call, command, files)
  if (isReason(plan)) return refuseInstall(plan)
  if (plan.builds) return { known: false, role: 'build' }
  const { options, project, local, frozen } = plan
  const unlocked = frozen ? undefined : checkUnfrozen(project)
  if (unlocked !== undefined) return refuseInstall(unlocked)
  // A package that is left out is installed by a later command, which then has the last word; so has `uv run`, which
  // removes nothing either.
  const isFirst = local.root || local.members || options.flags.has('--inexact')
  const allow = isFirst ? ({ allow: 'warm-up' } as const) : {}
  const places = syncPlaces(command, options, project.root).map((write): WriteEffect => ({
    ...write,
    ...allow,
  }))
  return {
    known: true,
    role: 'install',
    writes: [...places, ...cachePlaces(command, options), ...lockWrites(plan, command)],
    env: 'all-but-stamps',
  }
}

/** A sync that checks or makes the lockfile reads the metadata of local packages, which may take a build. */
function checkUnfrozen(project: UvProject): Reason | undefined {
  for (const { file, toml } of project.members.values()) {
    const [dynamic] = toStrings(toObject(toml['project'])['dynamic'])
    if (dynamic !== undefined) return { code: 'installs-project', file, text: `dynamic = ["${dynamic}"]` }
    if (project.lock !== undefined) continue
    const sources = toObject(toObject(toObject(toml['tool'])['uv'])['sources'])
    const [local] = Object.entries(sources).filter(([, source]) => toObject(source)['path'] !== undefined)
    if (local !== undefined) return { code: 'local-dependency', file, dependency: local[0] }
  }
  return undefined
}

function lockWrites({ options, project, frozen }: SyncPlan, command: Command): readonly WriteEffect[] {
  if (frozen || options.flags.has('--locked') || isOn(command.env.get('UV_LOCKED'))) return []
  const path = joinPath(project.root, 'uv.lock')
  return project.lock === undefined ? [{ path }] : [{ path, allow: 'lockfile' }]
}
