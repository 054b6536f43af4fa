import { isWithin } from '../../src/model/paths.ts'
import { overlaps, toSource } from '../../src/model/region.ts'
import type { Reason } from '../../src/findings/reasons.ts'
import type { Atom } from '../../src/model/run.ts'
import type { Step } from '../../src/model/step.ts'

/** Why a command cannot stand above the copies; `undefined` when it can, with its manifests copied first. */
export function needsSources(atom: Atom, copies: readonly Step[]): Reason | undefined {
  const opaque = atom.effects.find((effect) => !effect.known)
  if (opaque !== undefined && !opaque.known)
    return opaque.reason ?? { code: 'opaque-command', text: atom.text, line: 0 }
  const regions = copies.flatMap((copy) => copy.writes.map((write) => write.region))
  for (const region of regions) {
    if (region.kind !== 'mapped') continue
    const overwritten = atom.writes.find(
      (write) =>
        write.allow === undefined &&
        overlaps(write.region, region) &&
        !isDependencyOutput(atom, write.ignore),
    )
    if (overwritten !== undefined) {
      const path = 'path' in overwritten.region ? overwritten.region.path : undefined
      const file =
        path === undefined ? atom.text : isWithin(path, region.path) ? toSource(region, path) || '.' : path
      return { code: 'edits-manifest', command: atom.text, file }
    }
    const read = atom.reads.find(
      (item) => item.kind === 'tree' && item.found && isWithin(region.path, item.path),
    )
    if (read !== undefined) return { code: 'reads-sources', text: atom.text, path: read.path }
  }
  return undefined
}

/** Overlaps of what installs write (`node_modules`) are refused with a better reason later. */
function isDependencyOutput(atom: Atom, ignore: string | undefined): boolean {
  return ignore !== undefined && isInstall(atom)
}

/** Whether a command puts dependencies in place or downloads them. */
export function isInstall(atom: Atom): boolean {
  return atom.effects.some((effect) => effect.role === 'install' || effect.role === 'fetch')
}
