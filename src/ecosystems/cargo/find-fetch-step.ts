import { hasOption, optionValues } from '../../effects/options.ts'
import { isWithin, joinPath, relativeTo } from '../../model/paths.ts'
import { toPath } from '../../effects/targets.ts'
import { isReason } from '../shared/outcome.ts'
import { leadingAssignments } from '../shared/leading-assignments.ts'
import { isStale, type CargoLock } from './cargo-lock.ts'
import { FETCH_ENV } from './cargo-places.ts'
import { isLocked, isOffline, matchCargo, startOf, type CargoCall } from './match-cargo.ts'
import { readProject } from './read-project.ts'
import { BUILDS } from './resolve-cargo.ts'
import type { CargoStart } from './cargo-graph.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, FetchStep, ImageFiles } from '../../model/types.ts'

/**
 * `cargo fetch` before a build. The build resolves the whole lockfile too, so that every registry and git repository of
 * it must be reached anyway; the fetch also downloads packages for tests and for other platforms.
 */
export function findFetchStep(command: Command, files: ImageFiles): FetchStep | Reason | undefined {
  const call = matchCargo(command)
  if (call?.verb === undefined || !BUILDS.has(call.verb)) return undefined
  const { options } = call
  if (isOffline(command, call) || (call.verb.endsWith('install') && !hasOption(options, '--path')))
    return undefined
  const start = projectOf(command, call)
  const assignments = leadingAssignments(command.text, FETCH_ENV)
  const hidden =
    options.operands.includes(undefined) ||
    hasOption(options, '--config') ||
    !/^[\w./@+-]*$/.test(start?.manifest ?? '')
  if (start === undefined || assignments === undefined || hidden)
    return { code: 'unknown-argument', text: command.text }
  const project = readProject(start, command, files)
  if (project === undefined || isReason(project)) return project
  const { graph, lock } = project
  const file = files.origin(joinPath(graph.dir, 'Cargo.lock'))
  if (lock === undefined) return { code: 'missing-file', file, command: command.text }
  if (!lock.packages.some(({ source }) => source !== undefined)) return undefined
  if (isStale(lock, graph)) return { code: 'stale-lockfile', file, reader: command.text }
  // An installation without --locked does not look at the lockfile, nor for the revisions of repositories that it names.
  const isLenient = call.verb.endsWith('install') && !isLocked(call) && !isPublic(lock)
  const fetch = `${assignments}${spell(command, call, start)}`
  return { command: isLenient ? `${fetch} || true` : fetch, cwd: command.cwd }
}

function projectOf(command: Command, call: CargoCall): CargoStart | undefined {
  const [path] = optionValues(call.options, '--path')
  if (!call.verb?.endsWith('install')) return startOf(command, call)
  const dir = toPath(command, path)
  return dir === undefined ? undefined : { dir: command.cwd, manifest: joinPath(dir, 'Cargo.toml') }
}

function isPublic(lock: CargoLock): boolean {
  const known =
    /^(registry\+https:\/\/github\.com\/rust-lang\/crates\.io-index|sparse\+https:\/\/index\.crates\.io\/)$/
  return lock.packages.every(({ source }) => source === undefined || known.test(source))
}

/** With the toolchain, the platform and the strictness of the build. */
function spell(command: Command, call: CargoCall, start: CargoStart): string {
  const { options, toolchain } = call
  const program =
    command.program?.startsWith('/') === true && command.name === 'cargo' ? command.program : 'cargo'
  const targets = optionValues(options, '--target')
  const platforms = targets.every(
    (target) => target !== undefined && /^[\w.-]+$/.test(target) && !target.endsWith('.json'),
  )
    ? targets
    : []
  return [
    program,
    ...(toolchain === undefined ? [] : [toolchain]),
    'fetch',
    ...(isLocked(call) ? ['--locked'] : []),
    ...platforms.map((target) => `--target ${target ?? ''}`),
    ...(start.manifest === undefined ? [] : [`--manifest-path ${spellPath(start.manifest, command.cwd)}`]),
  ].join(' ')
}

function spellPath(path: string, cwd: string): string {
  return isWithin(path, cwd) ? relativeTo(path, cwd) : path
}
