import { createTypedView } from '../../src/dockerfile/typed-view.ts'
import { broadCopies } from './broad-copies.ts'
import { findFetch, isBuild } from './find-fetch.ts'
import { isOwn } from '../shared/arrange.ts'
import { overlaps } from '../../src/model/region.ts'
import type { Reason } from '../../src/findings/reasons.ts'
import { rootImage, type ModelBuild, type StageBuild } from '../../src/model/build.ts'
import type { Atom } from '../../src/model/run.ts'
import type { Step } from '../../src/model/step.ts'
import type { FetchStep } from '../../src/model/types.ts'
import type { TransformInput } from '../types.ts'

/** A RUN that installs dependencies below a copy of the sources. */
export interface Install {
  readonly stage: StageBuild
  /** Position of the RUN among the stage's steps. */
  readonly at: number
  readonly step: Step
  /** Set when the RUN builds the project: the step to add before it. */
  readonly fetch?: FetchStep
  /** The command that builds, when there is a step to add before it. */
  readonly builder?: Atom
  /** The step above which it is added. */
  readonly place?: Step
  /** Set when it is known not to be splittable. */
  readonly reason?: Reason
}

/** Installs of all stages in file order, those only that stand below a broad copy of the context. */
export function findInstalls(input: TransformInput): readonly Install[] {
  return input.build.stages.flatMap((stage) =>
    stage.steps.flatMap((step, at) => {
      if (step.instruction.keyword !== 'RUN') return []
      const copies = broadCopies(stage, at)
      const reason = findForm(input, stage, at, step, copies) ?? findShell(input, step, copies)
      // An ONBUILD trigger has no place of its own: the FROM that sets it off stands for it.
      const [from = step] = stage.steps
      if (reason !== undefined)
        return [{ stage, at, step: isOwn(input.dockerfile, step.instruction) ? step : from, reason }]
      const install = copies.length === 0 ? undefined : toInstall(input, stage, at, step)
      return install === undefined ? [] : [install]
    }),
  )
}

function toInstall(input: TransformInput, stage: StageBuild, at: number, step: Step): Install | undefined {
  const effects = step.atoms.flatMap((atom) => atom.effects)
  if (effects.some((effect) => effect.role === 'install') && hasTriggers(input, stage)) {
    const base = rootImage(input.build.stages, input.build.stages.indexOf(stage)).trim()
    return { stage, at, step, reason: { code: 'unknown-base', base } }
  }
  if (effects.some((effect) => effect.known && (effect.role === 'install' || effect.role === 'fetch'))) {
    return { stage, at, step }
  }
  for (const atom of step.atoms) {
    const refused = atom.effects.find((effect) => !effect.known && effect.role === 'install')
    if (refused === undefined || refused.known) continue
    const reason = refused.reason && explainChange(stage, at, atom, refused.reason)
    return reason && { stage, at, step, reason }
  }
  for (const atom of step.atoms.filter(isBuild)) {
    const found = findFetch(input, stage, at, step, atom)
    if (found !== undefined) return found
  }
  return undefined
}

/** Whether the base is an image with ONBUILD triggers, as far as its name tells: they run before the stage's own steps. */
function hasTriggers(
  { dockerfile, build }: Pick<TransformInput, 'dockerfile' | 'build'>,
  stage: StageBuild,
): boolean {
  if (stage.parent !== undefined) {
    const parent = build.stages[stage.parent]
    return parent !== undefined && hasTriggers({ dockerfile, build }, parent)
  }
  const [index = 0] = stage.stage.instructions
  const from = createTypedView(dockerfile).from(index)
  // Where the parts of the FROM cannot be told apart, all of it counts.
  const parts = from === undefined ? [dockerfile.instructions[index]?.range] : [from.name, from.tag]
  return parts.some(
    (range) => range !== undefined && /onbuild/i.test(dockerfile.text.slice(range.start, range.end)),
  )
}

/** Forms of the install or of the copy that are not rewritten. */
function findForm(
  { dockerfile }: TransformInput,
  stage: StageBuild,
  at: number,
  step: Step,
  copies: readonly Step[],
): Reason | undefined {
  if (!step.atoms.some((atom) => atom.effects.some(({ role }) => role === 'install' || role === 'fetch')))
    return undefined
  const unreadable = stage.steps.slice(0, at).find(isCopyToUnknown)
  if (unreadable !== undefined) return { code: 'copy-form', text: unreadable.instruction.original }
  if (copies.length > 0 && !isOwn(dockerfile, step.instruction)) return { code: 'run-form', form: 'ONBUILD' }
  const trigger = copies.find((copy) => !isOwn(dockerfile, copy.instruction))
  return trigger && { code: 'copy-form', text: `ONBUILD ${trigger.instruction.original}` }
}

/** An install for a shell of Windows, whose scripts are not read, as far as its first words tell. */
function findShell({ ecosystems }: TransformInput, step: Step, copies: readonly Step[]): Reason | undefined {
  const shell = /(?:^|[\\/])(cmd|powershell|pwsh)(?:\.exe)?$/i.exec(step.before.shell[0] ?? '')?.[1]
  if (shell === undefined || copies.length === 0) return undefined
  const { text } = step.instruction.rest
  const isInstall = ecosystems.some(({ commands }) =>
    commands.some((command) => text === command || text.startsWith(`${command} `)),
  )
  return isInstall ? { code: 'run-form', form: `a script for ${shell}` } : undefined
}

/** Whether the whole context is copied to a place that cannot be known. */
function isCopyToUnknown({ copy, writes }: Step): boolean {
  const isWhole =
    copy?.from === undefined && copy?.sources.some(({ value }) => /^\.?\/?$/.test(value ?? '-')) === true
  return isWhole && writes.some(({ region }) => region.kind === 'all')
}

/**
 * A file that an unknown command may have changed is most likely as it was committed: it is the command that stands in
 * the way. When the command is an install that is refused itself, there is nothing to add to that.
 */
function explainChange(stage: StageBuild, at: number, atom: Atom, reason: Reason): Reason | undefined {
  if (reason.code !== 'changed-input') return reason
  const above = stage.steps
    .slice(0, at + 1)
    .flatMap(({ atoms, instruction }) => atoms.map((other) => ({ other, instruction })))
  const earlier = above.slice(
    0,
    above.findIndex(({ other }) => other === atom),
  )
  const copied = broadCopies(stage, at).flatMap((copy) => copy.writes.map((write) => write.region))
  const changesAll = ({ writes }: Atom): boolean =>
    writes.some(
      ({ region, allow }) =>
        allow === undefined && region.kind === 'tree' && copied.some((copy) => overlaps(region, copy)),
    )
  const last = earlier.findLast(
    ({ other }) =>
      isOpaque(other) ||
      changesAll(other) ||
      other.writes.some(({ region }) => region.kind === 'path' && region.path.endsWith(`/${reason.file}`)),
  )
  // `chown -R` of everything.
  if (last !== undefined && !isOpaque(last.other) && changesAll(last.other)) {
    return { code: 'needs-sources', text: last.instruction.original, line: last.instruction.startLine }
  }
  if (last === undefined || !isOpaque(last.other)) return reason
  if (last.other.effects.some((effect) => effect.role === 'install')) return undefined
  return { code: 'opaque-command', text: last.other.text, line: last.instruction.startLine }
}

function isOpaque(atom: Atom): boolean {
  return atom.effects.some((effect) => !effect.known)
}

/** The RUN at a position of a freshly built file. */
export function installAt(build: ModelBuild, index: number): Install | undefined {
  for (const stage of build.stages) {
    const at = stage.steps.findIndex((step) => step.instruction.index === index)
    const step = stage.steps[at]
    if (step !== undefined) return { stage, at, step }
  }
  return undefined
}
