import { isWithin, joinPath, relativeTo } from '../../model/paths.ts'
import { collectOutcomes, isReason, type Outcome } from '../shared/outcome.ts'
import { isObject, toObject, toTexts, type JsonObject } from '../shared/json-object.ts'
import { lookInto } from '../shared/look.ts'
import { majorOf } from './major-of.ts'
import { settingsFit } from './settings-fit.ts'
import { parseYaml } from '../shared/parse-yaml.ts'
import type { Config } from '../shared/config.ts'
import type { PackageInfo } from '../shared/read-package.ts'
import type { PnpmProject } from './read-workspace.ts'
import type { Scene } from '../shared/scene.ts'

/** Lockfile format of each major version: https://github.com/pnpm/spec/tree/master/lockfile */
const FORMATS: ReadonlyMap<string, readonly number[]> = new Map([
  ['5', [7, 6, 5]],
  ['6', [8]],
  ['9', [9, 10, 11, 12]],
])

/** What pnpm does to the lockfile: nothing when it is frozen or fits, else it is made or rewritten. */
export function checkLockfiles(scene: Scene, project: PnpmProject, config: Config, clean: boolean): Outcome {
  if (config('lockfile') === 'false') return []
  if (config('git-branch-lockfile') === 'true') {
    return { code: 'reads-sources', text: scene.command.text, path: '.git' }
  }
  const { root, members } = project
  const dir = joinPath(project.dir, config('lockfile-dir') ?? '.')
  const own = root === undefined ? [] : [root]
  const groups =
    config('shared-workspace-lockfile') === 'false'
      ? [...own, ...members].map((info) => ({ dir: info.dir, packages: [info] }))
      : [{ dir, packages: [...own, ...members] }]
  return collectOutcomes(groups, (group) => checkLockfile(scene, project, config, clean, group))
}

function checkLockfile(
  { files, command }: Scene,
  project: PnpmProject,
  config: Config,
  clean: boolean,
  { dir, packages }: { readonly dir: string; readonly packages: readonly PackageInfo[] },
): Outcome {
  const path = joinPath(dir, 'pnpm-lock.yaml')
  const text = lookInto(files, path)
  if (isReason(text)) return text
  const frozen = clean || config('frozen-lockfile') === 'true'
  if (frozen && text === undefined)
    return { code: 'missing-file', file: files.origin(path), command: command.text }
  if (frozen) return []
  if (text === undefined) return [{ path }]
  const lock = parseHead(text)
  if (typeof lock === 'string')
    return { code: 'unreadable-manifest', file: files.origin(path), problem: lock }
  const same = fits(lock, dir, project, packages) && settingsFit(files, lock, project, config)
  return same ? [] : [{ path, allow: 'lockfile' }]
}

/** The part before `packages:`, the first key of the long part. From pnpm 11 on the file may be two documents. */
function parseHead(text: string): JsonObject | string {
  const head = /^---/m.test(text) ? text : (text.split(/^packages:/m)[0] ?? '')
  const values = parseYaml(head)
  if (typeof values === 'string') return values
  const documents = values.filter(isObject)
  return documents.findLast((value) => value['lockfileVersion'] !== undefined) ?? {}
}

/** Whether each package has its importer with the ranges of its manifest, in the format of the project's pnpm. */
function fits(
  lock: JsonObject,
  dir: string,
  project: PnpmProject,
  packages: readonly PackageInfo[],
): boolean {
  const format = String(lock['lockfileVersion']).split('.')[0] ?? ''
  const major = majorOf(project.root)
  if (major === undefined ? format !== '9' : FORMATS.get(format)?.includes(major) !== true) return false
  const overrides = new Set([
    ...toTexts(toObject(project.root?.json['pnpm'])['overrides']).keys(),
    ...toTexts(project.settings['overrides']).keys(),
  ])
  const importers = isObject(lock['importers']) ? lock['importers'] : { '.': lock }
  return packages.every((info) => {
    const name = isWithin(info.dir, dir) ? relativeTo(info.dir, dir) || '.' : undefined
    const importer = name === undefined ? undefined : importers[name]
    return isObject(importer) && sameSpecifiers(importer, info.json, overrides)
  })
}

function sameSpecifiers(importer: JsonObject, manifest: JsonObject, overrides: ReadonlySet<string>): boolean {
  const groups = ['dependencies', 'devDependencies', 'optionalDependencies']
  const peers = toTexts(manifest['peerDependencies'])
  const wanted = new Map(groups.flatMap((group) => [...toTexts(manifest[group])]))
  const locked = new Map(
    groups.flatMap((group) =>
      Object.entries(toObject(importer[group])).map(
        ([name, entry]) => [name, toObject(entry)['specifier']] as const,
      ),
    ),
  )
  // The format of pnpm 7 has the ranges in a list of their own.
  for (const [name, range] of toTexts(importer['specifiers'])) locked.set(name, range)
  return (
    [...wanted].every(([name, range]) => overrides.has(name) || locked.get(name) === range) &&
    [...locked.keys()].every((name) => wanted.has(name) || peers.has(name))
  )
}
