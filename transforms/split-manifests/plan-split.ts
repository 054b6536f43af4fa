import { broadCopies } from './find-installs.ts'
import { cutRun } from './cut-run.ts'
import { manifestLines, suppliedReads } from './manifest-lines.ts'
import { moveCopy } from './move-copy.ts'
import { arrange, hasComments, leadOf, type Item } from '../shared/arrange.ts'
import { conflicts } from '../../src/model/conflicts.ts'
import { isWithin } from '../../src/model/paths.ts'
import type { Prepared } from './add-fetch.ts'
import type { BuildContext } from '../../src/context/types.ts'
import type { Reason } from '../../src/findings/reasons.ts'
import type { Note } from '../../src/findings/types.ts'
import type { Atom } from '../../src/model/run.ts'
import type { Step } from '../../src/model/step.ts'

export interface SplitPlan {
  readonly text: string
  readonly needs: readonly string[]
  readonly notes: readonly Note[]
  /** The install command, and the context paths that it reads. */
  readonly install: string
  readonly files: readonly string[]
}

/**
 * New order: what does not need the sources, the manifests, the install, the copies of the sources, what needs them,
 * and the rest of a RUN that was cut.
 */
export function planSplit({ dockerfile, install }: Prepared, context: BuildContext): SplitPlan | Reason | undefined {
  const { stage, at, step } = install
  const copies = broadCopies(stage, at).flatMap((position) => stage.steps[position] ?? [])
  const cut = cutRun(dockerfile, step, copies)
  if ('code' in cut) return cut
  const reads = suppliedReads(cut.atoms, copies)
  if ('code' in reads) return reads
  const sunk = copies.filter((copy) => isBroaderThan(copy, reads.map((read) => read.source)))
  const [first] = sunk
  if (first === undefined) return undefined
  const between = stage.steps.slice(stage.steps.indexOf(first), at).filter((other) => !sunk.includes(other))
  const parted = partition(sunk, between, step, cut.atoms)
  if ('code' in parted) return parted
  const lines = manifestLines(dockerfile, reads, copies, step.before.workdir)
  if (!Array.isArray(lines)) return lines as Reason
  const tracked = trackedOutput(cut.atoms, sunk, context)
  if (tracked !== undefined) return tracked
  const lead = leadOf(dockerfile, step.instruction.index)
  const blank = (text: string): string => (text.trim() === '' ? text : '')
  const free: Item[] = parted.free.map((other) => ({ instruction: other.instruction.index }))
  const manifests: Item[] = lines.map((text, index) => ({ text, lead: index === 0 && free.length > 0 ? lead : '' }))
  const own = free.length > 0 && !hasComments(dockerfile, step.instruction.index) ? '' : blank(lead)
  const afterFirst = blank(leadOf(dockerfile, (parted.free[0] ?? step).instruction.index))
  const moved: Item[] = sunk.map((copy, index) => ({
    instruction: copy.instruction.index,
    ...moveCopy(dockerfile, copy, step.before.workdir),
    ...(index === 0 ? { lead: afterFirst } : {}),
  }))
  const items: Item[] = [
    ...free,
    ...(manifests.length === 0 ? [] : manifests),
    { instruction: step.instruction.index, ...(cut.head === undefined ? {} : { text: cut.head }), lead: lead.trim() === '' || free.length > 0 ? own : lead },
    ...moved,
    ...parted.dependent.map((other): Item => ({ instruction: other.instruction.index })),
    ...(cut.tail === undefined ? [] : [{ text: cut.tail, lead: blank(lead) }]),
  ]
  return {
    text: arrange(dockerfile, first.instruction.index, step.instruction.index, items),
    needs: outputPatterns(cut.atoms, sunk),
    notes: versionNotes(cut.atoms, reads.map((read) => read.source)),
    install: cut.atoms.find(isInstall)?.text ?? step.instruction.original,
    files: reads.map((read) => read.source),
  }
}

/** Whether a copy brings files that the install does not read. */
function isBroaderThan(copy: Step, sources: readonly string[]): boolean {
  return copy.writes.some(({ region }) => {
    if (region.kind !== 'mapped') return false
    const holds = (path: string): boolean => {
      if (sources.some((source) => source === path || path.startsWith(`${source}/`))) return true
      if (region.tree.kind(path) !== 'dir') return false
      return region.tree.list(path).every((name) => holds(path === '' ? name : `${path}/${name}`))
    }
    return !holds(region.root)
  })
}

/** Steps between the first copy and the install: those that may stay above it, and those that follow the sources. */
function partition(
  sunk: readonly Step[],
  between: readonly Step[],
  step: Step,
  atoms: readonly Atom[],
): { readonly free: readonly Step[]; readonly dependent: readonly Step[] } | Reason {
  const free: Step[] = []
  const dependent: Step[] = []
  for (const other of between) {
    const follows = [...sunk, ...dependent].some((above) =>
      other.instruction.keyword === 'WORKDIR' && sunk.includes(above) ? false : conflicts(above, other),
    )
    if (follows) dependent.push(other)
    else free.push(other)
  }
  const head: Step = {
    ...step,
    atoms,
    reads: atoms.flatMap((atom) => atom.reads),
    writes: atoms.flatMap((atom) => atom.writes),
  }
  const blocker = dependent.find((other) => conflicts(other, head))
  if (blocker === undefined) return { free, dependent }
  const { original, startLine } = blocker.instruction
  const opaque = blocker.atoms.find((atom) => atom.effects.some((effect) => !effect.known))
  return opaque === undefined
    ? { code: 'needs-sources', text: original, line: startLine }
    : { code: 'opaque-command', text: opaque.text, line: startLine }
}

/** What the install writes below a copied directory must not be in the checkout: the copy would overwrite it. */
function trackedOutput(atoms: readonly Atom[], sunk: readonly Step[], context: BuildContext): Reason | undefined {
  for (const { region, ignore } of atoms.flatMap((atom) => atom.writes)) {
    if (region.kind !== 'tree' || ignore === undefined) continue
    for (const copy of sunk) {
      for (const { region: mapped } of copy.writes) {
        if (mapped.kind !== 'mapped' || !isWithin(region.path, mapped.path)) continue
        const path = region.path.slice(mapped.path === '/' ? 1 : mapped.path.length + 1)
        const source = [mapped.root, path].filter((part) => part !== '').join('/')
        if (mapped.tree.kind(source) !== undefined && context.checkout.kind(source) !== undefined) {
          return { code: 'tracked-output', path: source }
        }
      }
    }
  }
  return undefined
}

function outputPatterns(atoms: readonly Atom[], sunk: readonly Step[]): readonly string[] {
  const places = sunk.flatMap((copy) => copy.writes.flatMap(({ region }) => (region.kind === 'mapped' ? region.path : [])))
  const patterns = atoms
    .flatMap((atom) => atom.writes)
    .flatMap(({ region, ignore }) =>
      ignore !== undefined && 'path' in region && places.some((place) => isWithin(region.path, place)) ? [ignore] : [],
    )
  return [...new Set(patterns)]
}

function versionNotes(atoms: readonly Atom[], files: readonly string[]): readonly Note[] {
  const written = atoms.filter(isInstall).flatMap((atom) => atom.writes)
  const lockfiles = written.flatMap(({ region, allow }) =>
    region.kind === 'path' && allow === undefined && /lock|\.sum$|shrinkwrap/.test(region.path) ? [region.path] : [],
  )
  const [manifest] = files
  return lockfiles.length > 0 && manifest !== undefined ? [{ code: 'versions-freeze', file: manifest }] : []
}

function isInstall(atom: Atom): boolean {
  return atom.effects.some((effect) => effect.role === 'install' || effect.role === 'fetch')
}
