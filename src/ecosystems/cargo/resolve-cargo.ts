import { hasOption } from '../../effects/options.ts'
import { words } from '../../effects/words.ts'
import { joinPath } from '../../model/paths.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { isStale } from './cargo-lock.ts'
import { cacheWrites, FETCH_ENV, lookAtHome } from './cargo-places.ts'
import { isLocked, isOffline, matchCargo, startOf, type CargoCall } from './match-cargo.ts'
import { lookAtToolchain, readProject } from './read-project.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, Effect, ImageFiles } from '../../model/types.ts'

/** Commands that download what they need and build. */
export const BUILDS: ReadonlySet<string> = new Set(
  words(`
    build b check c test t run r rustc rustdoc doc d bench clippy install zigbuild xwin nextest deb tarpaulin llvm-cov
    hack ndk
  `).concat(
    ['auditable build', 'auditable install', 'leptos build', 'component build', 'lambda build'],
    ['pgrx package', 'pgrx install', 'tauri build'],
  ),
)

/** Commands that change Cargo.lock or Cargo.toml. */
const EDITS = new Set(words('generate-lockfile update add remove upgrade'))

/** What a cargo command does. `cargo install NAME` is not of the project: it is left to the tools. */
export function resolveCargo(command: Command, files: ImageFiles): Effect | undefined {
  const call = matchCargo(command)
  if (call === undefined) return undefined
  const { verb, options } = call
  if (verb === 'fetch') return resolveFetch(call, command, files)
  if ((verb === 'install' && !hasOption(options, '--path')) || verb === 'binstall') return undefined
  if (verb !== undefined && BUILDS.has(verb)) return { known: false, role: 'build' }
  // It installs what the recipe names, in a place that is prepared for it.
  if (verb === 'chef cook') return { known: false, role: 'install' }
  if (verb !== undefined && EDITS.has(verb)) return refuseInstall(edits(command, files))
  const asksVersion = verb === undefined && command.args.length > 0 && hasOption(options, '--version', '-V')
  return asksVersion || verb === 'version' ? tellVersion(command, files) : { known: false }
}

function edits(command: Command, files: ImageFiles): Reason {
  const file = files.origin(joinPath(command.cwd, 'Cargo.lock'))
  return { code: 'edits-manifest', command: command.text, file }
}

/** Reads manifests only; the sources need only be there. */
function resolveFetch(call: CargoCall, command: Command, files: ImageFiles): Effect {
  const start = startOf(command, call)
  const writes = cacheWrites(command)
  const unusual = hasOption(call.options, '--config', '-Z') || isOffline(command, call)
  if (start === undefined || writes === undefined || unusual || command.args.includes(undefined)) {
    return refuseInstall({ code: 'unknown-argument', text: command.text })
  }
  const project = readProject(start, command, files)
  if (isReason(project)) return refuseInstall(project)
  if (project === undefined)
    return refuseInstall({ code: 'missing-file', file: 'Cargo.toml', command: command.text })
  const { graph, lock, targets } = project
  const path = joinPath(graph.dir, 'Cargo.lock')
  const file = files.origin(path)
  if (lock === undefined && isLocked(call))
    return refuseInstall({ code: 'missing-file', file, command: command.text })
  const isKept = lock === undefined || isLocked(call) || !isStale(lock, graph)
  if (!isKept) return refuseInstall({ code: 'stale-lockfile', file, reader: 'cargo build' })
  lookAtHome(command, files)
  return {
    known: true,
    role: 'fetch',
    writes: [...writes, ...(lock === undefined ? [{ path }] : [])],
    env: FETCH_ENV,
    stubs: targets,
    wantsAll: true,
  }
}

/** Even this may install the toolchain that a file names. */
function tellVersion(command: Command, files: ImageFiles): Effect {
  const writes = cacheWrites(command)
  const reason = lookAtToolchain(command, files)
  return writes === undefined || reason !== undefined
    ? { known: false }
    : { known: true, role: 'none', writes, env: FETCH_ENV }
}
