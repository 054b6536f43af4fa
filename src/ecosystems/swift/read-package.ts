import { isWithin, joinPath } from '../../model/paths.ts'
import { isLocalRepository } from '../shared/is-local-repository.ts'
import { isReason } from '../shared/outcome.ts'
import { lookInto } from '../shared/look.ts'
import { runsCode } from '../shared/runs-code.ts'
import { scanManifest } from './scan-manifest.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

export interface SwiftPackage {
  readonly usesEnvironment: boolean
  /** Whether anything has to be downloaded. */
  readonly remote: boolean
}

/** Looks at the manifests of a package and of the local packages that it needs; `undefined` when there is none. */
export function readPackage(
  command: Command,
  files: ImageFiles,
  root: string,
): SwiftPackage | Reason | undefined {
  let usesEnvironment = false
  let remote = false
  const queue = [root]
  const seen = new Set(queue)
  for (const dir of queue) {
    const versions = files.find(dir, 'Package@swift-*.swift')
    for (const path of [joinPath(dir, 'Package.swift'), ...versions]) {
      const text = lookInto(files, path)
      if (isReason(text)) return text
      if (text === undefined) {
        if (dir === root) return undefined
        return { code: 'missing-file', file: files.origin(path), command: command.text }
      }
      const scan = scanManifest(text)
      const file = files.origin(path)
      if (scan.access !== undefined) return runsCode(files, path, scan.access)
      const local = scan.urls.find(isLocalRepository)
      if (local !== undefined) return { code: 'local-dependency', file, dependency: local }
      usesEnvironment ||= scan.usesEnvironment
      remote ||= scan.urls.length > 0
      for (const spelled of scan.paths) {
        const other = joinPath(dir, spelled)
        if (isWithin(root, other)) return { code: 'local-dependency', file, dependency: spelled }
        if (!seen.has(other)) queue.push(other)
        seen.add(other)
      }
    }
  }
  return { usesEnvironment, remote }
}
