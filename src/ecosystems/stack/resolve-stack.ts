import { isWithin, joinPath, parentPath } from '../../model/paths.ts'
import { BUILDS, tells } from '../shared/tells.ts'
import { checkPackage } from './check-package.ts'
import { collectOutcomes, isReason, refuseInstall } from '../shared/outcome.ts'
import { fillJobs } from '../shared/fill-jobs.ts'
import { hasFlag, lastValue, parseKnownOptions, type ParsedOptions } from '../shared/parse-known-options.ts'
import { isInstalled } from '../shared/is-installed.ts'
import { lookAt } from '../shared/look.ts'
import { lookUpwards } from '../shared/look-upwards.ts'
import { OPTIONS } from './options.ts'
import { readStack, readYaml, type StackProject } from './read-stack.ts'
import { toObject, type JsonObject } from '../shared/json-object.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

const RESTRICTING = ['--only-dependencies', '--dependencies-only', '--only-snapshot']

/** What a stack command does. */
export function resolveStack(command: Command, files: ImageFiles): Effect | undefined {
  if (!isInstalled(command, files, ['stack'])) return undefined
  const { args, text } = command
  const options = parseKnownOptions(fillJobs(command, ['-j', '--jobs']), OPTIONS)
  const restricted = args.some((arg) => arg !== undefined && RESTRICTING.includes(arg))
  if (options === undefined) {
    if (restricted) return refuseInstall({ code: 'unknown-argument', text })
    return args.includes('build') || args.includes('install') || args.includes('test')
      ? BUILDS
      : { known: false }
  }
  const [verb] = options.operands
  if (verb === undefined)
    return hasFlag(options, '--version', '--numeric-version') ? tells(['STACK_*']) : { known: false }
  const root = stackRoot(command, options)
  const home: WriteEffect = { tree: root, mode: 'merge' }
  if (verb === 'update') return { known: true, role: 'tool', writes: [home], env: ['STACK_*', 'XDG_*'] }
  if (verb === 'setup') return installDependencies(command, files, options, home)
  if (!/^(build|test|bench|install|haddock)$/.test(verb)) return { known: false }
  return restricted ? installDependencies(command, files, options, home) : BUILDS
}

/** https://docs.haskellstack.org/en/stable/topics/stack_root/ */
function stackRoot(command: Command, options: ParsedOptions): string {
  const set = lastValue(options, '--stack-root') ?? command.env.get('STACK_ROOT')
  return joinPath(command.cwd, set || joinPath(command.home, '.stack'))
}

function installDependencies(
  command: Command,
  files: ImageFiles,
  options: ParsedOptions,
  home: WriteEffect,
): Effect {
  const { cwd, env } = command
  const named = lastValue(options, '--stack-yaml') ?? env.get('STACK_YAML')
  if (env.has('STACK_YAML') && named === undefined)
    return refuseInstall({ code: 'unknown-argument', text: 'STACK_YAML' })
  const found = named === undefined || named === '' ? lookUpwards(files, cwd, ['stack.yaml']) : undefined
  if (isReason(found)) return refuseInstall(found)
  const path =
    named === undefined || named === '' ? joinPath(found ?? cwd, 'stack.yaml') : joinPath(cwd, named)
  const project = readStack(command, files, path)
  if (isReason(project)) return refuseInstall(project)
  for (const extra of project.extras) {
    const kind = lookAt(files, extra)
    if (isReason(kind)) return refuseInstall(kind)
    if (kind === 'absent') return refuseInstall(missingExtra(command, files, path, extra))
    if (kind === 'dir') files.readTree(extra)
  }
  // `stack setup` needs the compiler's version only.
  const dirs = options.operands[0] === 'setup' ? [] : project.packages
  const outcome = collectOutcomes(dirs, (dir) => checkPackage(command, files, dir))
  if (isReason(outcome)) return refuseInstall(outcome)
  const lock = readYaml(files, `${path}.lock`)
  if (isReason(lock)) return refuseInstall(lock)
  const work = lastValue(options, '--work-dir') ?? (env.get('STACK_WORK') || '.stack-work')
  return {
    known: true,
    role: 'install',
    writes: [
      home,
      ...[...new Set([project.dir, ...dirs])].map((dir): WriteEffect => ({
        tree: joinPath(dir, work),
        mode: 'merge',
        ignore: `**/${work}`,
      })),
      ...outcome,
      ...lockWrites(`${path}.lock`, lock, project),
    ],
    env: 'all-but-stamps',
  }
}

function missingExtra(command: Command, files: ImageFiles, path: string, extra: string): Reason {
  if (isWithin(extra, parentPath(path))) {
    return { code: 'missing-file', file: files.origin(extra), command: command.text }
  }
  return { code: 'outside-context', file: files.origin(path), dependency: extra }
}

/** The lockfile is left alone when it completes just the snapshot and the extra-deps that stack.yaml names. */
function lockWrites(
  path: string,
  lock: JsonObject | undefined,
  project: StackProject,
): readonly WriteEffect[] {
  if (lock === undefined) return [{ path }]
  const originals = (key: string): readonly unknown[] => {
    const entries = lock[key]
    return Array.isArray(entries) ? entries.map((entry) => toObject(entry)['original']) : []
  }
  const packages = originals('packages').map((original) => toObject(original)['hackage'])
  const snapshots = originals('snapshots')
  const fits =
    project.named.every((name) => packages.includes(name)) &&
    packages.length === project.named.length &&
    snapshots.length <= 1 &&
    (snapshots[0] === undefined || snapshots[0] === project.snapshot)
  return fits ? [] : [{ path, allow: 'lockfile' }]
}
