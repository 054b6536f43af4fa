import { joinPath } from '../../model/paths.ts'
import { upwards } from '../../effects/targets.ts'
import { isReason } from '../shared/outcome.ts'
import { lookAt } from '../shared/look.ts'
import { readConfig } from './cargo-config.ts'
import { readGraph, type CargoGraph, type CargoStart } from './cargo-graph.ts'
import { readLock, type CargoLock } from './cargo-lock.ts'
import { findTargets } from './cargo-targets.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** All that `cargo fetch` reads of a project. */
export interface CargoProject {
  readonly graph: CargoGraph
  /** Absent when there is no Cargo.lock. */
  readonly lock: CargoLock | undefined
  /** Source files that must be there, of any content. */
  readonly targets: readonly string[]
}

/** Reads settings, manifests and the lockfile, recorded; `undefined` when there is no Cargo.toml. */
export function readProject(
  start: CargoStart,
  command: Command,
  files: ImageFiles,
): CargoProject | Reason | undefined {
  const toolchain = lookAtToolchain(command, files)
  if (toolchain !== undefined) return toolchain
  const config = readConfig(command, files)
  if (isReason(config)) return config
  const graph = readGraph(start, config.patches, command, files)
  if (graph === undefined || isReason(graph)) return graph
  if (config.vendored !== undefined) return { code: 'vendored', path: files.origin(config.vendored) }
  const lock = readLock(files, graph.dir)
  if (isReason(lock)) return lock
  const targets: string[] = []
  for (const { manifest } of graph.packages) {
    const found = findTargets(manifest, command, files)
    if (isReason(found)) return found
    targets.push(...found)
  }
  return { graph, lock, targets }
}

/** rustup's `cargo` takes the toolchain that a file in the directory or above it names, and installs it. */
export function lookAtToolchain(command: Command, files: ImageFiles): Reason | undefined {
  for (const dir of upwards(command.cwd)) {
    for (const name of ['rust-toolchain', 'rust-toolchain.toml']) {
      const path = joinPath(dir, name)
      const kind = lookAt(files, path)
      if (isReason(kind)) return kind
      if (kind === 'file' && /^\s*path\s*=/m.test(files.read(path) ?? '')) {
        return { code: 'unknown-argument', text: files.origin(path) }
      }
    }
  }
  return undefined
}
