import { isDockerfileError } from './dockerfile/is-dockerfile-error.ts'
import { parseDockerfile } from './dockerfile/scan.ts'
import { resolveCommand } from './knowledge.ts'
import { findStaleLockfile } from './model/find-stale-lockfile.ts'
import { createImageFiles } from './model/image-files.ts'
import { proveSame } from './model/prove.ts'
import { rememberedBuild } from './model/remembered-build.ts'
import type { Risk } from './config/types.ts'
import type { FileTree } from './context/types.ts'
import type { Dockerfile } from './dockerfile/types.ts'
import type { Note } from './findings/types.ts'
import type { Reason } from './findings/reasons.ts'
import type { ModelBuild } from './model/build.ts'
import type { Write } from './model/log.ts'
import type { Allowance } from './model/types.ts'
import type { Proposal } from '../transforms/types.ts'

/** A proposal as it will be made, or why it will not. */
export type Verdict =
  { readonly dockerfile: Dockerfile; readonly notes: readonly Note[] } | { readonly reason: Reason }

/** Proves a proposal on the model; what is not proven is not made. */
export function judge(proposal: Proposal, current: Dockerfile, context: FileTree, risk: Risk): Verdict {
  let verdict: Verdict = { dockerfile: current, notes: [] }
  let notes: readonly Note[] = []
  let from = current
  if (proposal.reference !== undefined) {
    const reference = parseDockerfile(proposal.reference)
    if (isDockerfileError(reference) || risk === 'none') return { reason: { code: 'risk', note: 'list' } }
    from = reference
  }
  if (proposal.via !== undefined) {
    const added = judgeText(proposal.via, from, context, risk)
    if (!('dockerfile' in added)) return added
    notes = added.notes
    from = added.dockerfile
  }
  if (proposal.witness !== undefined) {
    const witnessed = judgeText(proposal.witness, from, context, risk)
    const [text = ''] = proposal.texts
    const dockerfile = parseDockerfile(text)
    return 'reason' in witnessed || isDockerfileError(dockerfile) ? witnessed : { ...witnessed, dockerfile }
  }
  for (const text of proposal.texts) {
    verdict = judgeText(text, from, context, risk)
    if ('dockerfile' in verdict) return { ...verdict, notes: [...notes, ...verdict.notes] }
  }
  return verdict
}

function judgeText(text: string, from: Dockerfile, context: FileTree, risk: Risk): Verdict {
  const dockerfile = parseDockerfile(text)
  if (isDockerfileError(dockerfile))
    return { reason: { code: 'not-proven', differences: [dockerfile.message] } }
  const proof = proveSame(from, dockerfile, context, resolveCommand)
  if (!proof.proven) {
    const [before, after] = [from, dockerfile].map((file) =>
      rememberedBuild(file, context, { resolve: resolveCommand }),
    )
    const stale = before && after && findStaleLockfile(before, after)
    return {
      reason: stale
        ? { code: 'stale-lockfile', ...stale }
        : { code: 'not-proven', differences: proof.differences },
    }
  }
  const missing = proof.after.stages.flatMap((stage) => stage.steps.flatMap((step) => step.missing))
  const known = new Set(
    rememberedBuild(from, context, { resolve: resolveCommand }).stages.flatMap((stage) =>
      stage.steps.flatMap((step) => step.missing),
    ),
  )
  const lost = missing.find((source) => !known.has(source))
  if (lost !== undefined) return { reason: { code: 'missing-file', file: lost, command: 'COPY' } }
  const written = new Set(
    proof.after.stages.flatMap((stage) =>
      stage.steps.flatMap((step) => step.writes.map((write) => write.allow)),
    ),
  )
  const commands = new Set(
    writesOf(rememberedBuild(from, context, { resolve: resolveCommand })).map(({ by }) => by),
  )
  const notes = proof.allowances
    .filter((allowance) => written.has(allowance))
    .map((allowance) => toNote(allowance, proof.after, commands))
  const [risky] = proof.allowances
  if (risk === 'none' && risky !== undefined) return { reason: { code: 'risk', note: risky } }
  return { dockerfile, notes }
}

function writesOf({ stages }: ModelBuild): readonly Write[] {
  return stages.flatMap(({ steps }) => steps.flatMap(({ writes }) => writes))
}

/** `commands` are those that stood there before: what was added is what a note is about. */
function toNote(allowance: Allowance, build: ModelBuild, commands: ReadonlySet<string>): Note {
  const allowed = build.stages
    .flatMap((stage) => writesOf({ ...build, stages: [stage] }).map((write) => ({ stage, write })))
    .filter(({ write }) => write.allow === allowance)
  const found = allowed.find(({ write }) => !commands.has(write.by)) ?? allowed[0]
  const region = found?.write.region
  const stage =
    build.stages.length === 1 ? '' : (found?.stage.stage.name ?? String(found?.stage.stage.index ?? 0))
  if (allowance === 'cache') return { code: 'cache-grows', stage }
  if (allowance === 'warm-up') return { code: 'warmed-up', stage }
  const path = region !== undefined && 'path' in region ? region.path : undefined
  if (path === undefined || found === undefined) return { code: 'lockfile-kept', file: 'the lockfile' }
  const source = createImageFiles(found.stage.log, build.context, build.tolerance, []).origin(path)
  const isAbsent = source !== path && build.context.kind(source) === undefined
  return { code: 'lockfile-kept', file: path, ...(isAbsent ? { absent: true } : {}) }
}
