import { mergeChanges } from '../edits/merge-changes.ts'
import { toPatch } from '../edits/unified-diff.ts'
import { carriedMessage } from '../findings/carried-message.ts'
import { gainMessage } from '../findings/gain-message.ts'
import { noteMessage, reasonMessage } from '../findings/messages.ts'
import type { Reason } from '../findings/reasons.ts'
import { type Status, type Totals, toStatus, toTotals } from '../findings/status.ts'
import type { Carried, DockerfileReport, Gain, Note, Problem, RunReport } from '../findings/types.ts'

/**
 * The shape of `--format json`. Keys are only ever added; `version` goes up when one changes its meaning. All lines
 * are 1-based and count in the file as it was before the run.
 */
export interface JsonReport {
  /** The version of this shape. */
  readonly version: 1
  /** The version of the program. */
  readonly dockerfix: string
  /** The directory that patches apply in; absolute. */
  readonly root: string
  readonly summary: Totals
  readonly dockerfiles: readonly JsonDockerfile[]
  /** Problems that belong to no Dockerfile. */
  readonly problems: readonly Problem[]
  /** One patch over all files, each path once; empty when nothing changes. */
  readonly patch: string
}

export interface JsonDockerfile {
  /** Relative to the working directory, like `context`. */
  readonly path: string
  readonly context: string
  readonly status: Status
  readonly rewrites: readonly JsonRewrite[]
  readonly refusals: readonly JsonRefusal[]
  readonly files: readonly JsonFile[]
  readonly gain?: Gain & { readonly message: string }
  readonly carried?: Carried & { readonly message: string }
  readonly problem?: Problem
}

export interface JsonRewrite {
  readonly transform: string
  readonly line: number
  readonly message: string
  /** The note's own keys and its sentence. */
  readonly notes: readonly (Note & { readonly message: string })[]
}

export interface JsonRefusal {
  readonly transform: string
  readonly line: number
  readonly message: string
  /** `code` and what the sentence names. */
  readonly reason: Reason
}

export interface JsonFile {
  /** Relative to `root`. */
  readonly path: string
  readonly isNew: boolean
  /** Against the file as the Dockerfiles before this one left it. */
  readonly patch: string
}

/** The report as JSON (`JsonReport`), with a final newline. */
export async function toJson(report: RunReport): Promise<string> {
  const json: JsonReport = {
    version: 1,
    dockerfix: report.version,
    root: report.root,
    summary: toTotals(report),
    dockerfiles: await Promise.all(report.dockerfiles.map(toJsonDockerfile)),
    problems: report.problems,
    patch: await toPatch(mergeChanges(report.dockerfiles)),
  }
  return `${JSON.stringify(json, undefined, 2)}\n`
}

async function toJsonDockerfile(report: DockerfileReport): Promise<JsonDockerfile> {
  const { path, context, rewrites, refusals, changes, gain, carried, problem } = report
  return {
    path,
    context,
    status: toStatus(report),
    rewrites: rewrites.map(({ transform, line, summary, notes }) => ({
      transform,
      line,
      message: summary,
      notes: notes.map((note) => ({ ...note, message: noteMessage(note) })),
    })),
    refusals: refusals.map(({ transform, line, reason }) => ({
      transform,
      line,
      message: reasonMessage(reason),
      reason,
    })),
    files: await Promise.all(
      changes.map(async (change) => ({
        path: change.path,
        isNew: change.before === undefined,
        patch: await toPatch([change]),
      })),
    ),
    ...(gain && { gain: { ...gain, message: gainMessage(gain) } }),
    ...(carried && { carried: { ...carried, message: carriedMessage(carried) } }),
    ...(problem && { problem }),
  }
}
