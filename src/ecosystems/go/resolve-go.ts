import { joinPath, parentPath } from '../../model/paths.ts'
import { upwards } from '../../effects/targets.ts'
import { isReason } from '../shared/outcome.ts'
import { buildFlag, parseGoFlags, unknownVariable, type GoFlags } from './go-flags.ts'
import { cacheWrites, FETCH_ENV, goPaths, homeFiles } from './go-places.ts'
import { matchGo, type GoCall } from './match-go.ts'
import { checkVendored, readModuleGraph } from './module-graph.ts'
import { findMissingSum } from './sums.ts'
import type { Reason } from '../../findings/reasons.ts'
import type {
  Command,
  Effect,
  ImageFiles,
  KnownEffect,
  OpaqueEffect,
  Role,
  WriteEffect,
} from '../../model/types.ts'

const BUILDS = new Set(['build', 'install', 'test', 'vet', 'run', 'generate', 'list', 'tool'])
const EDITS = new Set(['get', ...['tidy', 'vendor', 'edit', 'init'].map((verb) => `mod ${verb}`)])
const WORK_EDITS = new Set(['sync', 'use', 'init', 'edit'].map((verb) => `work ${verb}`))

/** What a go command does. */
export function resolveGo(command: Command, files: ImageFiles): Effect | undefined {
  const call = matchGo(command)
  if (call === undefined) return undefined
  const flags = parseGoFlags(call.args)
  const { verb } = call
  if (verb === 'mod download' || verb === 'mod verify') return resolveDownload(call, flags, command, files)
  if (verb === 'install' && isRemote(command, flags)) return resolveInstall(call, flags, command, files)
  if (verb === 'version' || verb === 'env' || verb === 'telemetry' || verb === 'help') {
    return resolveSettings(call, flags, command, files)
  }
  if (verb === 'clean') return resolveClean(flags, command, files)
  if (EDITS.has(verb) || WORK_EDITS.has(verb)) return refuse('install', edits(call.dir, command, files))
  return BUILDS.has(verb) ? { known: false, role: 'build' } : { known: false }
}

function refuse(role: Role, reason: Reason): OpaqueEffect {
  return { known: false, role, reason }
}

/** A go.mod without a `go` line gets one, so that a download edits it too. */
function edits(dir: string, command: Command, files: ImageFiles): Reason {
  return { code: 'edits-manifest', command: command.text, file: files.origin(joinPath(dir, 'go.mod')) }
}

/** Reads manifests only. What go.sum lacks is added to it. */
function resolveDownload(call: GoCall, flags: GoFlags, command: Command, files: ImageFiles): Effect {
  const unknown = unknownVariable(command)
  if (unknown !== undefined) return refuse('fetch', { code: 'unknown-argument', text: unknown })
  const unusual = ['modfile', 'reuse', 'overlay'].some((name) => buildFlag(command, flags, name) !== '')
  if (unusual || flags.operands.includes(undefined))
    return refuse('fetch', { code: 'unknown-argument', text: command.text })
  const graph = readModuleGraph(command, call.dir, files)
  const writes = cacheWrites(command)
  if (isReason(graph)) return refuse('fetch', graph)
  if (graph === undefined)
    return refuse('fetch', { code: 'missing-file', file: 'go.mod', command: command.text })
  if (writes === undefined) return refuse('fetch', { code: 'unknown-argument', text: command.text })
  if (graph.go === undefined) return refuse('fetch', edits(graph.dir, command, files))
  const vendored = checkVendored(graph, files)
  if (vendored !== undefined) return refuse('fetch', vendored)
  if (call.verb === 'mod verify') for (const write of writes) if ('tree' in write) files.readTree(write.tree)
  const complete = graph.summed && findMissingSum(graph) === undefined && flags.operands.length === 0
  const sums: readonly WriteEffect[] = complete ? [] : [{ path: graph.sumFile, allow: 'lockfile' }]
  return known('fetch', [...writes, ...sums], FETCH_ENV, command, files)
}

/** Every package has a version: then the module around the directory does not matter. */
function isRemote(command: Command, { operands }: GoFlags): boolean {
  if (operands.length === 0) return false
  const spelled = command.text.split(/\s+/).filter((word) => word.includes('$'))
  const hidden = spelled.length > 0 && spelled.every((word) => /^["']?[A-Za-z][^$]*@[^/]*$/.test(word))
  return operands.every((operand) => (operand === undefined ? hidden : /^[^./].*@/.test(operand)))
}

function resolveInstall(call: GoCall, flags: GoFlags, command: Command, files: ImageFiles): Effect {
  const unknown = unknownVariable(command)
  const unusual = ['modfile', 'overlay', 'toolexec', 'pkgdir', 'mod'].some(
    (name) => buildFlag(command, flags, name) !== '',
  )
  if (unknown !== undefined || unusual || command.env.get('GO111MODULE') === 'off') {
    return refuse('tool', { code: 'unknown-argument', text: unknown ?? command.text })
  }
  const roots = goPaths(command)
  const caches = cacheWrites(command)
  const given = command.env.has('GOBIN') ? command.env.get('GOBIN') : ''
  const built = command.env.has('GOCACHE')
    ? command.env.get('GOCACHE')
    : joinPath(command.home, '.cache/go-build')
  if (roots === undefined || caches === undefined || given === undefined || built === undefined) {
    return refuse('tool', { code: 'unknown-argument', text: command.text })
  }
  const bins = given === '' ? roots.map((root) => joinPath(root, 'bin')) : [given]
  const writes: readonly WriteEffect[] = [
    ...bins.map((bin): WriteEffect => ({ tree: joinPath(call.dir, bin), mode: 'merge' })),
    ...caches,
    { tree: joinPath(call.dir, built), mode: 'merge', allow: 'cache' },
  ]
  return known('tool', writes, 'all-but-stamps', command, files)
}

/** `go version` and `go env` may switch to the toolchain that go.mod or go.work asks for. */
function resolveSettings(call: GoCall, flags: GoFlags, command: Command, files: ImageFiles): Effect {
  const names = command.env.get('GOTOOLCHAIN') === 'local' ? [] : ['go.mod', 'go.work']
  for (const dir of upwards(call.dir)) for (const name of names) files.kind(joinPath(dir, name))
  const [config] = homeFiles(command)
  const changes = flags.flags.has('w') || flags.flags.has('u') || call.verb === 'telemetry'
  if (!changes || config === undefined) return known('none', [], FETCH_ENV, command, files)
  const tree = parentPath(config)
  return known('files', [{ tree, mode: 'merge' }], FETCH_ENV, command, files)
}

function resolveClean(flags: GoFlags, command: Command, files: ImageFiles): Effect {
  const kinds = ['modcache', 'cache', 'testcache', 'fuzzcache', 'x']
  const own = [...flags.flags.keys()].every((name) => kinds.includes(name)) && flags.flags.size > 0
  const caches = cacheWrites(command)
  if (!own || caches === undefined || command.env.has('GOCACHE')) return { known: false }
  const build: WriteEffect = {
    tree: joinPath(command.home, '.cache/go-build'),
    mode: 'merge',
    allow: 'cache',
  }
  const writes = [...caches, build]
  for (const write of writes) if ('tree' in write) files.readTree(write.tree)
  return known('files', writes, FETCH_ENV, command, files)
}

function known(
  role: Role,
  writes: readonly WriteEffect[],
  env: KnownEffect['env'],
  command: Command,
  files: ImageFiles,
): KnownEffect {
  for (const path of homeFiles(command)) files.kind(path)
  files.readTree(joinPath(command.home, '.ssh'))
  return { known: true, role, writes, env }
}
