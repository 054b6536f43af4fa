import { broadCopies } from './broad-copies.ts'
import { arrangeSplit } from './arrange-split.ts'
import { cutRun } from './cut-run.ts'
import { isInstall, needsSources } from './needs-sources.ts'
import { addStubs } from './stub-files.ts'
import { LOCKFILE } from './lockfile.ts'
import { inListOrder, manifestLines, suppliedReads } from './manifest-lines.ts'
import { addMounts } from './mount-flags.ts'
import { hasParentsFlag, parentsLines } from './parents-lines.ts'
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

/** How the files reach the install: by COPY, by `COPY --parents` with patterns, or by a mount. `auto` chooses a COPY. */
export const SHAPES = ['auto', 'copy', 'parents', 'bind'] as const
export type Shape = (typeof SHAPES)[number]

export interface SplitPlan {
  /** The new file, in the order of preference. */
  readonly texts: readonly string[]
  readonly needs: readonly Need[]
  readonly notes: readonly Note[]
  /** What only holds of some of `texts`. */
  readonly textNotes: ReadonlyMap<string, readonly Note[]>
  /** The install command, and the context paths that it reads. */
  readonly install: string
  readonly files: readonly string[]
}

/**
 * New order: what does not need the sources, the manifests, steps that need only manifests, the install, the copies of
 * the sources, what needs them, and the rest of a RUN that was cut.
 */
export function planSplit(
  prepared: Prepared,
  context: BuildContext,
  shape: Shape,
): SplitPlan | Reason | undefined {
  const { stage, at, step } = prepared.install
  const wanted = step.atoms.flatMap((atom) => atom.reads.flatMap((read) => read.source ?? []))
  const sunk: readonly Step[] = broadCopies(stage, at).filter(
    (copy) => copy.copy?.from !== undefined || isBroaderThan(copy, wanted),
  )
  const plan = planBelow(prepared, sunk, context, shape)
  // A step between two copies that holds the first one where it is need not hold the second.
  let [rest, found] = [sunk, plan]
  while (found !== undefined && 'code' in found) {
    rest = behind(found, stage.steps, rest)
    if (rest.length === 0) return plan
    found = planBelow(prepared, rest, context, shape)
    if (found !== undefined && !('code' in found)) return found
  }
  return plan
}

/** Those of the copies that stand below the step that is in the way of the others. */
function behind(reason: Reason, steps: readonly Step[], sunk: readonly Step[]): readonly Step[] {
  if (reason.code !== 'opaque-command' && reason.code !== 'needs-sources') return []
  const blocker = steps.findIndex(({ instruction }) => instruction.startLine === reason.line)
  const rest = sunk.filter((copy) => steps.indexOf(copy) > blocker)
  return rest.length < sunk.length ? rest : []
}

/** The new order in which these copies follow the install. */
function planBelow(
  { dockerfile, install }: Prepared,
  sunk: readonly Step[],
  context: BuildContext,
  shape: Shape,
): SplitPlan | Reason | undefined {
  const { stage, at, step } = install
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
  const explicit = manifestLines(dockerfile, reads, sunk, step.before.workdir)
  if ('code' in explicit) return explicit
  const tracked = trackedOutput(cut.atoms, sunk, context)
  if (tracked !== undefined) return tracked
  const { start, end } = step.instruction.range
  const plain = cut.texts.at(-1)
  const head = plain?.head ?? dockerfile.text.slice(start, end)
  const stubbed = addStubs(dockerfile, step, head, cut.atoms, reads, sunk)
  if (typeof stubbed === 'object') return stubbed
  const ordered = { head: stubbed ?? plain?.head, tail: plain?.tail, late: plain?.late ?? [] }
  const halves = stubbed === undefined && cut.texts.length > 0 ? cut.texts : [ordered]
  const mounted =
    shape === 'bind' && parted.fed.length === 0
      ? addMounts(dockerfile, step, stubbed ?? head, inListOrder(reads))
      : undefined
  const usesParents = shape === 'parents' || (shape === 'auto' && hasParentsFlag(dockerfile))
  const inWorkdir = (workdir: string): readonly (readonly string[])[] =>
    [
      usesParents ? parentsLines(dockerfile, reads, sunk, workdir) : undefined,
      manifestLines(dockerfile, reads, sunk, workdir),
    ].flatMap((lines) => (lines === undefined || 'code' in lines ? [] : [lines]))
  const textNotes = new Map<string, readonly Note[]>()
  const write = (
    { head: first, tail, late }: Pick<typeof ordered, 'head' | 'tail' | 'late'>,
    lines: readonly string[],
    early: boolean,
  ): string => {
    const text = arrangeSplit(dockerfile, { ...parted, sunk, step, head: first, tail, lines, early })
    textNotes.set(
      text,
      late.map((atom) => ({ code: 'cleaned-later', text: atom.text })),
    )
    return text
  }
  const toTexts = (early: boolean, workdir: string): readonly string[] =>
    inWorkdir(workdir).flatMap((lines) => halves.map((half) => write(half, lines, early)))
  return {
    texts: [
      ...(mounted === undefined ? [] : [write({ ...ordered, head: mounted }, [], false)]),
      ...toTexts(false, step.before.workdir),
      ...(parted.free.length === 0 ? [] : toTexts(true, first.before.workdir)),
    ],
    needs: outputPatterns(cut.atoms, sunk),
    notes: versionNotes(
      cut.atoms,
      reads.map((read) => read.source),
    ),
    textNotes,
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
    region.kind === 'path' && allow !== 'lockfile' && LOCKFILE.test(region.path) ? [region.path] : [],
  )
  const [manifest] = files
  return lockfiles.length > 0 && manifest !== undefined ? [{ code: 'versions-freeze', file: manifest }] : []
}
