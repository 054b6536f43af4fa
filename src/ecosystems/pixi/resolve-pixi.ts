import { cacheHome } from '../shared/scene.ts'
import { isReason, refuseInstall, knownEffect } from '../shared/outcome.ts'
import { isSystemPath, joinPath, parentPath } from '../../model/paths.ts'
import { lookAtHome } from '../shared/python-home.ts'
import { optionValues, parseOptions, type Options } from '../../effects/options.ts'
import { readProject, type PixiProject } from './read-project.ts'
import { toPath } from '../../effects/targets.ts'
import { words } from '../../effects/words.ts'
import type { Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

const VALUED = words(`
  -e --environment --manifest-path -m --color --auth-file --pypi-keyring-provider --concurrent-solves
  --concurrent-downloads -c --channel --platform -p --with --expose
`)
const FLAGS = new Set(
  words(
    '--locked --frozen -a --all -v --verbose -q --quiet --no-progress --no-config --force-reinstall -y --yes',
  ),
)
const EDITS = new Set(['add', 'remove', 'update', 'upgrade', 'lock', 'init', 'import'])

/** What a pixi command does. */
export function resolvePixi(command: Command, files: ImageFiles): Effect | undefined {
  const { name, program, args } = command
  if (name !== 'pixi' || program === undefined) return undefined
  const kind = program.includes('/') ? files.peekKind(joinPath(command.cwd, program)) : 'absent'
  if (kind !== 'absent' && kind !== 'unknown') return undefined
  if (args.length === 1 && /^(-V|--version)$/.test(args[0] ?? '')) return knownEffect('none', [])
  const options = parsePixiOptions(args)
  const [verb, second, ...names] =
    options?.operands ?? args.filter((argument) => argument !== undefined && !argument.startsWith('-'))
  if (verb === 'install' || verb === 'i') return resolveInstall(options, command, files)
  if (verb === 'global' && second === 'install') return resolveGlobal(options, names, command, files)
  if (verb === 'clean' && second === 'cache') return knownEffect('files', cachePlaces(command))
  if (!EDITS.has(verb ?? '')) return { known: false }
  const file = files.origin(joinPath(command.cwd, 'pixi.toml'))
  return refuseInstall({ code: 'edits-manifest', command: command.text, file })
}

function parsePixiOptions(args: Command['args']): Options | undefined {
  if (args.includes(undefined)) return undefined
  const options = parseOptions(args, VALUED)
  const isKnown = [...options.flags].every((flag) => FLAGS.has(flag))
  return isKnown && [...options.values.keys()].every((name) => VALUED.includes(name)) ? options : undefined
}

function resolveInstall(options: Options | undefined, command: Command, files: ImageFiles): Effect {
  const [given] = options === undefined ? [] : optionValues(options, '-m', '--manifest-path')
  const path = given === undefined ? command.cwd : toPath(command, given)
  if (options === undefined || path === undefined || options.operands.length > 1)
    return refuseInstall({ code: 'unknown-argument', text: command.text })
  const start = path.endsWith('.toml') ? parentPath(path) : path
  const project = readProject(command, files, start)
  if (isReason(project)) return refuseInstall(project)
  lookAtHome(command, files, ['pixi/config.toml'])
  files.kind(joinPath(command.home, '.pixi/config.toml'))
  const frozen =
    ['--locked', '--frozen'].some((flag) => options.flags.has(flag)) ||
    ['PIXI_LOCKED', 'PIXI_FROZEN'].some((name) => command.env.has(name))
  const lockfile = joinPath(project.dir, 'pixi.lock')
  const lock: readonly WriteEffect[] = frozen
    ? []
    : project.locked
      ? [{ path: lockfile, allow: 'lockfile' }]
      : [{ path: lockfile }]
  return knownEffect('install', [...environmentPlaces(project), ...lock, ...cachePlaces(command)])
}

/** Environments hold absolute paths. Settings that are committed in `.pixi` must stay in the context. */
function environmentPlaces({ dir, configured }: PixiProject): readonly WriteEffect[] {
  const own = joinPath(dir, '.pixi')
  if (!configured) return [{ tree: own, mode: 'merge', ignore: '**/.pixi' }]
  const names = ['envs', 'solve-group-envs', 'task-cache-v0']
  return [
    ...names.map((name): WriteEffect => ({
      tree: joinPath(own, name),
      mode: 'merge',
      ignore: `**/.pixi/${name}`,
    })),
    { path: joinPath(own, '.gitignore') },
    { path: joinPath(own, '.condapackageignore') },
  ]
}

function cachePlaces(command: Command): readonly WriteEffect[] {
  const given = ['PIXI_CACHE_DIR', 'RATTLER_CACHE_DIR'].flatMap((name) => command.env.get(name) || [])
  const trees = [`${cacheHome(command)}/rattler`, `${cacheHome(command)}/pixi`, ...given]
  return trees.map((tree) => ({ tree: joinPath(command.cwd, tree), mode: 'merge', allow: 'cache' }))
}

function resolveGlobal(
  options: Options | undefined,
  names: readonly (string | undefined)[],
  command: Command,
  files: ImageFiles,
): Effect {
  if (options === undefined || names.some((name) => name === undefined || /^[.~/]|\.conda$/.test(name)))
    return { known: false }
  const home = command.env.get('PIXI_HOME') || joinPath(command.home, '.pixi')
  lookAtHome(command, files, ['pixi/config.toml'])
  const tree = joinPath(command.cwd, home)
  const system: readonly WriteEffect[] = isSystemPath(tree) ? [{ system: true }] : []
  return knownEffect('tool', [...system, { tree, mode: 'merge' }, ...cachePlaces(command)])
}
