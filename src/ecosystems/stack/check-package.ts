import { baseName, joinPath } from '../../model/paths.ts'
import { isReason, type Outcome } from '../shared/outcome.ts'
import { lookAt, lookInto } from '../shared/look.ts'
import { readYaml } from './read-stack.ts'
import { runsCode } from '../shared/runs-code.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/**
 * The manifests of one package. From a package.yaml, hpack makes the .cabal file; it lists the modules that it finds, so
 * that it is made anew by the build, which comes after the sources.
 */
export function checkPackage(command: Command, files: ImageFiles, dir: string): Outcome {
  const hpack = joinPath(dir, 'package.yaml')
  const text = lookInto(files, hpack)
  if (isReason(text)) return text
  const cabals = files.find(dir, '*.cabal')
  for (const path of cabals) {
    const kind = lookAt(files, path)
    if (isReason(kind)) return kind
  }
  if (text === undefined) {
    if (cabals.length > 0) return []
    return { code: 'missing-file', file: files.origin(hpack), command: command.text }
  }
  if (/!include\b/.test(text)) return runsCode(files, hpack, '!include')
  const json = readYaml(files, hpack)
  if (isReason(json)) return json
  const { name, defaults } = json ?? {}
  if (/\blocal\b/.test(JSON.stringify(defaults ?? ''))) return runsCode(files, hpack, 'defaults')
  const made = joinPath(dir, `${typeof name === 'string' ? name : baseName(dir)}.cabal`)
  return [{ path: made, allow: cabals.includes(made) ? 'lockfile' : 'warm-up' }]
}
