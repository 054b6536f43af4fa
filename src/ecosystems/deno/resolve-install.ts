import { joinPath, parentPath } from '../../model/paths.ts'
import { checkDependencyHooks } from '../shared/dependency-hooks.ts'
import { checkFolder, checkImportMap } from './check-folder.ts'
import { checkLocalDependencies } from '../shared/local-dependencies.ts'
import { checkLockfile } from './check-lockfile.ts'
import { checkScripts } from '../shared/lifecycle.ts'
import { collectOutcomes, isReason, refuseInstall, type Outcome } from '../shared/outcome.ts'
import { denoPlaces } from './deno-places.ts'
import { hasFlag, lastValue, type ParsedOptions } from '../shared/parse-known-options.ts'
import { ignoreBelow } from '../shared/ignore-pattern.ts'
import { lookAt, lookInto } from '../shared/look.ts'
import { lookAtVariables } from '../shared/config-files.ts'
import { modulesWrites } from '../shared/check-packages.ts'
import { readProject, type DenoFolder, type DenoProject } from './read-project.ts'
import { readUserNpmrc } from '../shared/user-config.ts'
import { findLocalImport } from './find-local-import.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

/** `deno install` and `deno ci` without names; with `entries`, `deno cache` and `deno install --entrypoint`. */
export function resolveInstall(
  command: Command,
  files: ImageFiles,
  options: ParsedOptions,
  entries: readonly string[],
): Effect {
  const named = lastValue(options, '--config', '-c')
  const dir = named === undefined ? command.cwd : parentPath(joinPath(command.cwd, named))
  const file = named === undefined ? undefined : named.slice(named.lastIndexOf('/') + 1)
  const project = hasFlag(options, '--no-config') ? undefined : readProject(files, dir, file)
  if (isReason(project)) return refuseInstall(project)
  if (project === undefined && entries.length === 0) {
    return refuseInstall({
      code: 'missing-file',
      file: files.origin(joinPath(dir, 'deno.json')),
      command: command.text,
    })
  }
  const alone: DenoProject = { root: { dir, path: undefined, config: {}, npm: undefined }, members: [] }
  return installProject(command, files, options, project ?? alone, entries)
}

function installProject(
  command: Command,
  files: ImageFiles,
  options: ParsedOptions,
  project: DenoProject,
  entries: readonly string[],
): Effect {
  const { root, members } = project
  const folders = [root, ...members]
  const places = denoPlaces(command)
  const npmrc = lookAt(files, joinPath(root.dir, '.npmrc'))
  const map = lastValue(options, '--import-map')
  const reason =
    (isReason(npmrc) ? npmrc : undefined) ??
    (map === undefined ? undefined : checkImportMap(command, files, joinPath(command.cwd, map), map)) ??
    lookAtNamedFiles(command, files, options) ??
    lookAtVariables(files, command.cwd, command)
  if (reason !== undefined) return refuseInstall(reason)
  if (places === undefined) return refuseInstall({ code: 'unknown-argument', text: 'DENO_DIR' })
  readUserNpmrc(files, command)
  const outcome = collectOutcomes(
    [
      () => checkFolders(command, files, project, options),
      () => collectOutcomes(entries, (entry) => checkEntry(command, files, root, entry)),
      () => checkLockfile(command, files, project, options, command.args.includes('ci')),
    ],
    (check) => check(),
  )
  if (isReason(outcome)) return refuseInstall(outcome)
  return {
    known: true,
    role: 'install',
    writes: [
      ...modulesWrites(files, modulesFolders(folders, options), 'merge'),
      ...vendorWrites(files, root, options),
      ...outcome,
      ...places.map((tree) => ({ tree, mode: 'merge' }) as const),
    ],
    env: 'all-but-stamps',
  }
}

/** Scripts of the project's packages run only where they are allowed. */
function checkFolders(
  command: Command,
  files: ImageFiles,
  { root, members }: DenoProject,
  options: ParsedOptions,
): Outcome {
  const scene = { files, command, root: root.dir, members: new Set(members.map(({ dir }) => dir)) }
  const builds = hasFlag(options, '--allow-scripts') || 'allowScripts' in root.config
  const events = builds ? ['preinstall', 'install', 'postinstall'] : []
  return collectOutcomes([root, ...members], (folder) => {
    const reason = checkFolder(command, files, folder)
    if (reason !== undefined) return reason
    const { npm } = folder
    if (npm === undefined) return []
    return collectOutcomes(
      [
        () => checkLocalDependencies(scene, npm, { events, linksMembers: true }),
        () => checkScripts(scene, npm, events),
        () => (builds ? checkDependencyHooks(scene, npm) : []),
      ],
      (check) => check(),
    )
  })
}

/** A module that imports nothing of the project can be cached before the sources are there. */
function checkEntry(command: Command, files: ImageFiles, root: DenoFolder, entry: string): Outcome {
  if (/^(https?|npm|jsr|node):/.test(entry)) return []
  const path = joinPath(command.cwd, entry)
  const text = lookInto(files, path)
  if (isReason(text)) return text
  if (text === undefined) return { code: 'missing-file', file: files.origin(path), command: command.text }
  const local = findLocalImport(text, root.config)
  return local ? { code: 'reads-sources', text: command.text, path: files.origin(path) } : []
}

function lookAtNamedFiles(command: Command, files: ImageFiles, options: ParsedOptions): Reason | undefined {
  const environments = options.values.get('--env-file') ?? (hasFlag(options, '--env-file') ? ['.env'] : [])
  const named = [...environments, ...(options.values.get('--cert') ?? []), command.env.get('DENO_CERT') ?? '']
  for (const name of named.filter((text) => text !== '')) {
    const kind = lookAt(files, joinPath(command.cwd, name))
    if (isReason(kind)) return kind
  }
  return undefined
}

/** npm packages go to node_modules beside a package.json, or where the config asks for it. */
function modulesFolders(folders: readonly DenoFolder[], options: ParsedOptions): readonly string[] {
  const [root] = folders
  if (root === undefined) return []
  const set = lastValue(options, '--node-modules-dir') ?? root.config['nodeModulesDir']
  const wanted = hasFlag(options, '--node-modules-dir', '--vendor') || root.config['vendor'] === true
  if (set === 'none' || set === false || set === 'false') return []
  const packaged = folders.filter(({ npm }) => npm !== undefined).map(({ dir }) => dir)
  if (!wanted && set === undefined && packaged.length === 0) return []
  return [...new Set([root.dir, ...packaged])]
}

function vendorWrites(files: ImageFiles, root: DenoFolder, options: ParsedOptions): readonly WriteEffect[] {
  if (root.config['vendor'] !== true && !hasFlag(options, '--vendor')) return []
  const tree = joinPath(root.dir, 'vendor')
  files.readTree(tree)
  return [
    { tree, mode: 'merge', ...ignoreBelow(files, root.path ?? joinPath(root.dir, 'package.json'), tree) },
  ]
}
