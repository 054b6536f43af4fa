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
export function settingsDirs(command: Command, root: string): readonly string[] | undefined {
  const { env } = command
  if (!env.has('BUNDLE_APP_CONFIG')) return [joinPath(root, '.bundle'), '/usr/local/bundle']
  const dir = toPath({ ...command, cwd: root }, env.get('BUNDLE_APP_CONFIG'))
  return dir === undefined ? undefined : [dir]
}

/**
 * The settings that are known, recorded. A file that a command of the Dockerfile wrote counts as read, but not as
 * known: `bundle config` is itself known only for values that an install allows for.
 */
export function readSettings(command: Command, files: ImageFiles, root: string): Settings | Reason {
  const dirs = settingsDirs(command, root)
  if (dirs === undefined) return { code: 'unknown-argument', text: 'BUNDLE_APP_CONFIG' }
  const settings = new Map<string, string>()
  for (const dir of [joinPath(command.home, '.bundle'), ...dirs]) {
    const path = joinPath(dir, 'config')
    files.kind(path)
    files.kind(joinPath(dir, 'plugin/index'))
    if (files.peekKind(path) === 'unknown') continue
    const text = lookInto(files, path)
    if (isReason(text)) return text
    const values = parseYaml(text ?? '')
    if (typeof values === 'string') return { code: 'unreadable-manifest', file: files.origin(path), problem: values }
    if (dir === parentPath(path) && dir !== joinPath(command.home, '.bundle')) addVariables(settings, command)
    for (const [name, value] of toTexts(values[0])) settings.set(name.replace(/^BUNDLE_/, ''), value)
  }
  addVariables(settings, command)
  return settings
}

function addVariables(settings: Map<string, string>, { env }: Command): void {
  for (const [name, value] of env) {
    if (name.startsWith('BUNDLE_') && !settings.has(name.slice(7))) settings.set(name.slice(7), value ?? '')
  }
}

/** Where gems may go: the base image's GEM_HOME, Ruby's own directory, the user's, and where settings say. */
export function gemWrites(
  command: Command,
  files: ImageFiles,
  gemfile: string,
  paths: readonly string[],
): readonly WriteEffect[] {
  const root = parentPath(gemfile)
  const homes = ['.gem', '.local/share/gem', '.cache/gem', '.bundle'].map((name) => joinPath(command.home, name))
  const trees = ['/usr/local/bundle', ...homes, ...paths]
  const inside = new Set([joinPath(root, 'vendor/bundle'), ...paths.filter((path) => isWithin(path, root))])
  return [
    { system: true },
    ...[...new Set(trees)].filter((tree) => !inside.has(tree)).map((tree): WriteEffect => ({ tree, mode: 'merge' })),
    ...[...inside].map((tree): WriteEffect => ({ tree, mode: 'merge', ...ignoreBelow(files, gemfile, tree) })),
  ]
}
