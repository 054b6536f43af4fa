import { broadCopies } from './find-installs.ts'
import { arrangeSplit } from './arrange-split.ts'
import { cutRun, isInstall, needsSources } from './cut-run.ts'
import { addStubs } from './stub-files.ts'
import { inListOrder, manifestLines, suppliedReads } from './manifest-lines.ts'
import { conflicts } from '../../src/model/conflicts.ts'
import { isWithin } from '../../src/model/paths.ts'
import { toSource } from '../../src/model/region.ts'
import type { Need } from '../types.ts'
import type { Prepared } from './add-fetch.ts'
import type { BuildContext } from '../../src/context/types.ts'
import type { Reason } from '../../src/findings/reasons.ts'
import type { Note } from '../../src/findings/types.ts'
import type { Atom } from '../../src/model/run.ts'
import type { Step } from '../../src/model/step.ts'

export interface SplitPlan {
  /** The new file, in the order of preference. */
  readonly texts: readonly string[]
  readonly needs: readonly Need[]
  readonly notes: readonly Note[]
  /** The install command, and the context paths that it reads. */
  readonly install: string
  readonly files: readonly string[]
}

/**
 * New order: what does not need the sources, the manifests, steps that need only manifests, the install, the copies of
 * the sources, what needs them, and the rest of a RUN that was cut.
 */
export function planSplit(
  { dockerfile, install }: Prepared,
  context: BuildContext,
): SplitPlan | Reason | undefined {
  const { stage, at, step } = install
  const wanted = step.atoms.flatMap((atom) => atom.reads.flatMap((read) => read.source ?? []))
  const sunk = broadCopies(stage, at).filter(
    (copy) => copy.copy?.from !== undefined || isBroaderThan(copy, wanted),
  )
  const [first] = sunk
  if (first === undefined) return undefined
  const cut = cutRun(dockerfile, step, sunk)
  if ('code' in cut) return cut
  const above = stage.steps[stage.steps.indexOf(first) - 1]?.log ?? []
  const between = stage.steps.slice(stage.steps.indexOf(first), at).filter((other) => !sunk.includes(other))
  const parted = partition(sunk, between, step, cut.atoms)
  if ('code' in parted) return parted
  const reads = suppliedReads([...parted.fed.flatMap((other) => other.atoms), ...cut.atoms], sunk, above)
  if ('code' in reads) return reads
  const lines = manifestLines(dockerfile, reads, sunk, step.before.workdir)
  if ('code' in lines) return lines
  const tracked = trackedOutput(cut.atoms, sunk, context)
  if (tracked !== undefined) return tracked
  const { start, end } = step.instruction.range
  const stubbed = addStubs(
    dockerfile,
    step,
    cut.head ?? dockerfile.text.slice(start, end),
    cut.atoms,
    reads,
    sunk,
  )
  if (typeof stubbed === 'object') return stubbed
  const ordered = { sunk, ...parted, step, head: stubbed ?? cut.head, tail: cut.tail }
  const early = manifestLines(dockerfile, reads, sunk, first.before.workdir)
  return {
    texts: [
      arrangeSplit(dockerfile, { ...ordered, lines, early: false }),
      ...('code' in early || parted.free.length === 0
        ? []
        : [arrangeSplit(dockerfile, { ...ordered, lines: early, early: true })]),
    ],
    needs: outputPatterns(cut.atoms, sunk),
    notes: versionNotes(
      cut.atoms,
      reads.map((read) => read.source),
    ),
    install: cut.atoms.find(isInstall)?.text ?? step.instruction.original,
    files: inListOrder(reads).map((read) => read.source),
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
    // An install that reads all of the context cannot be split; one that reads all of `patches` need not be.
    return region.root === '' || !holds(region.root)
  })
}

/** The steps between the first copy and the install. */
interface Parted {
  /** They may stay above everything. */
  readonly free: readonly Step[]
  /** They need only manifests, as the install does, and stand above it. */
  readonly fed: readonly Step[]
  /** They follow the sources. */
  readonly dependent: readonly Step[]
}

function partition(
  sunk: readonly Step[],
  between: readonly Step[],
  step: Step,
  atoms: readonly Atom[],
): Parted | Reason {
  const free: Step[] = []
  const fed: Step[] = []
  const dependent: Step[] = []
  const isHeldBack = (above: readonly Step[], other: Step): boolean =>
    above.some((earlier) => conflicts(earlier, other))
  for (const other of between) {
    const copiesHold = other.instruction.keyword !== 'WORKDIR' && isHeldBack(sunk, other)
    if (isHeldBack(dependent, other)) dependent.push(other)
    else if (copiesHold && !needsOnlyManifests(other, sunk)) dependent.push(other)
    else if (copiesHold || isHeldBack(fed, other)) fed.push(other)
    else free.push(other)
  }
  const head: Step = {
    ...step,
    atoms,
    reads: atoms.flatMap((atom) => atom.reads),
    writes: atoms.flatMap((atom) => atom.writes),
  }
  const blocker = dependent.find((other) => conflicts(other, head))
  if (blocker === undefined) return { free, fed, dependent }
  const { original, startLine } = blocker.instruction
  const opaque = blocker.atoms.find((atom) => atom.effects.some((effect) => !effect.known))
  return opaque === undefined
    ? { code: 'needs-sources', text: original, line: startLine }
    : { code: 'opaque-command', text: opaque.text, line: startLine }
}

function needsOnlyManifests(step: Step, copies: readonly Step[]): boolean {
  return (
    step.instruction.keyword === 'RUN' && step.atoms.every((atom) => needsSources(atom, copies) === undefined)
  )
}

/** What the install writes below a copied directory must not be in the checkout: the copy would overwrite it. */
function trackedOutput(
  atoms: readonly Atom[],
  sunk: readonly Step[],
  context: BuildContext,
): Reason | undefined {
  const committed = outputPatterns(atoms, sunk).find(
    ({ path }) => context.checkout.kind(path) !== undefined && sunk.some((copy) => isInView(copy, path)),
  )
  return committed === undefined ? undefined : { code: 'tracked-output', path: committed.path }
}

/** Whether the ignore file lets a path through. */
function isInView(copy: Step, path: string): boolean {
  return copy.writes.some(({ region }) => region.kind === 'mapped' && region.tree.kind(path) !== undefined)
}

function outputPatterns(atoms: readonly Atom[], sunk: readonly Step[]): readonly Need[] {
  return atoms
    .flatMap((atom) => atom.writes)
    .flatMap(({ region, ignore }) => {
      if (ignore === undefined || region.kind === 'mapped' || !('path' in region)) return []
      const { path } = region
      return sunk.flatMap((copy) => sourceOf(copy, path)).map((source) => ({ pattern: ignore, path: source }))
    })
}

/** The context paths that would be copied to an image path. */
function sourceOf(copy: Step, path: string): readonly string[] {
  return copy.writes.flatMap(({ region }) =>
    region.kind === 'mapped' && isWithin(path, region.path) && path !== region.path
      ? [toSource(region, path)]
      : [],
  )
}

function versionNotes(atoms: readonly Atom[], files: readonly string[]): readonly Note[] {
  const written = atoms.filter(isInstall).flatMap((atom) => atom.writes)
  const lockfiles = written.flatMap(({ region, allow }) =>
    region.kind === 'path' && allow === undefined && /lock|\.sum$|shrinkwrap/.test(region.path)
      ? [region.path]
      : [],
  )
  const [manifest] = files
  return lockfiles.length > 0 && manifest !== undefined ? [{ code: 'versions-freeze', file: manifest }] : []
}
