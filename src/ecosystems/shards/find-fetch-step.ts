import { joinPath } from '../../model/paths.ts'
import { fillJobs } from '../shared/fill-jobs.ts'
import { INSTALL_FLAGS } from './options.ts'
import { isInstalled } from '../shared/is-installed.ts'
import { isReason } from '../shared/outcome.ts'
import { leadingAssignments } from '../shared/leading-assignments.ts'
import { lookAt } from '../shared/look.ts'
import { readShard } from './read-shard.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, FetchStep, ImageFiles } from '../../model/types.ts'

/** `shards build` installs what is missing before it builds: the same can be done above the sources. */
export function findFetchStep(command: Command, files: ImageFiles): FetchStep | Reason | undefined {
  const { cwd, args, text } = command
  if (!isInstalled(command, files, ['shards'])) return undefined
  if (args.find((arg) => arg === undefined || !arg.startsWith('-')) !== 'build') return undefined
  const shard = readShard(files, joinPath(cwd, 'shard.yml'))
  if (shard === undefined || isReason(shard)) return shard
  const flags = args.filter((arg) => arg !== undefined && INSTALL_FLAGS.includes(arg))
  const bare = flags.includes('--production') || flags.includes('--without-development')
  const dependencies = [...shard.dependencies, ...(bare ? [] : shard.development)]
  if (dependencies.length === 0) return undefined
  if (fillJobs(command, ['-j', '--jobs']).includes(undefined)) return { code: 'unknown-argument', text }
  const local = dependencies.find(({ path }) => path !== undefined)
  if (local?.path !== undefined) return { code: 'local-dependency', file: shard.file, dependency: local.path }
  const lib = joinPath(cwd, 'lib')
  if (files.peekKind(lib) === 'dir') return { code: 'vendored', path: files.origin(lib) }
  const lock = lookAt(files, joinPath(cwd, 'shard.lock'))
  if (isReason(lock)) return lock
  // Without it, the versions would stay those of the day when the step was cached.
  if (lock !== 'file')
    return { code: 'missing-file', file: files.origin(joinPath(cwd, 'shard.lock')), command: text }
  const before = leadingAssignments(text, ['SHARDS_*', 'GIT_*', 'CRYSTAL_*'])
  if (before === undefined) return { code: 'unknown-argument', text }
  const program = command.program?.startsWith('/') === true ? command.program : 'shards'
  return { command: before + [program, 'install', ...flags].join(' '), cwd }
}
