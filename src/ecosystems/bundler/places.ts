import { toPath } from '../../effects/targets.ts'
import { isWithin, joinPath, parentPath } from '../../model/paths.ts'
import { ignoreBelow } from '../shared/ignore-pattern.ts'
import { isReason } from '../shared/outcome.ts'
import { lookInto } from '../shared/look.ts'
import { parseYaml } from '../shared/parse-yaml.ts'
import { toTexts } from '../shared/json-object.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles, WriteEffect } from '../../model/types.ts'

/** Settings of Bundler by name, without `BUNDLE_`, in capitals: https://bundler.io/man/bundle-config.1.html */
export type Settings = ReadonlyMap<string, string>

/** What Bundler keeps its settings in: the project's own directory, or that of the official Ruby image. */
function settingsDirs(command: Command, root: string): readonly string[] | undefined {
  const { env } = command
  if (!env.has('BUNDLE_APP_CONFIG')) return [joinPath(root, '.bundle'), '/usr/local/bundle']
  const dir = toPath({ ...command, cwd: root }, env.get('BUNDLE_APP_CONFIG'))
  return dir === undefined ? undefined : [dir]
}

/** The settings of an install, and whether a command of the Dockerfile may have made more of them. */
export interface Known {
  readonly settings: Settings
  readonly open: boolean
}

/**
 * Reads the settings, all recorded. Those that a command of the Dockerfile wrote count as read, but are not known:
 * `bundle config` is itself known only for values that an install allows for.
 */
export function readSettings(command: Command, files: ImageFiles, root: string): Known | Reason {
  const dirs = settingsDirs(command, root)
  if (dirs === undefined) return { code: 'unknown-argument', text: 'BUNDLE_APP_CONFIG' }
  const layers: [string, string][][] = [[], [...command.env].map(([name, value]) => [name, value ?? ''])]
  let open = false
  for (const [index, dir] of [joinPath(command.home, '.bundle'), ...dirs].entries()) {
    const path = joinPath(dir, 'config')
    files.kind(joinPath(dir, 'plugin/index'))
    if (files.peekKind(path) === 'unknown') {
      open = true
      files.kind(path)
      continue
    }
    const text = lookInto(files, path)
    if (isReason(text)) return text
    const values = parseYaml(text ?? '')
    if (typeof values === 'string')
      return { code: 'unreadable-manifest', file: files.origin(path), problem: values }
    // The user's own settings come last, those of the project first, the environment between.
    layers[index === 0 ? 0 : layers.length] = [...toTexts(values[0])]
  }
  const named = layers.flat().filter(([name]) => name.startsWith('BUNDLE_'))
  return { settings: new Map(named.map(([name, value]) => [name.slice('BUNDLE_'.length), value])), open }
}

/**
 * Where people put gems by `bundle config set path`, besides `vendor/bundle`. An install behind such a command is taken to
 * write to each of them, because what a command has written is not read.
 */
export const USUAL_PLACES: readonly string[] = [
  '/bundle',
  '/gems',
  '/opt/bundle',
  '/opt/gems',
  '/var/bundle',
  '/vendor/bundle',
]

/** Where gems may go: the base image's GEM_HOME, Ruby's own directory, the user's, and where settings say. */
export function gemWrites(
  command: Command,
  files: ImageFiles,
  gemfile: string,
  paths: readonly string[],
): readonly WriteEffect[] {
  const root = parentPath(gemfile)
  const homes = ['.gem', '.local/share/gem', '.cache/gem', '.bundle'].map((name) =>
    joinPath(command.home, name),
  )
  const trees = new Set(['/usr/local/bundle', ...homes, ...paths])
  return [
    { system: true },
    ...[...trees].map((tree): WriteEffect => ({
      tree,
      mode: 'merge',
      ...(isWithin(tree, root) ? ignoreBelow(files, gemfile, tree) : {}),
    })),
  ]
}

/** What `bundle config` and remembered options change. */
export function settingsWrites(
  command: Command,
  files: ImageFiles,
  gemfile: string,
): readonly WriteEffect[] | undefined {
  const root = parentPath(gemfile)
  return settingsDirs(command, root)?.map((dir) =>
    isWithin(dir, root)
      ? { tree: dir, mode: 'merge', ...ignoreBelow(files, gemfile, dir) }
      : { path: joinPath(dir, 'config') },
  )
}
