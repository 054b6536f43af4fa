import type { DockerfileReport, RunReport } from './types.ts'

export type Status = 'rewritten' | 'refused' | 'unchanged' | 'problem'

/** How many Dockerfiles came out how. `problems` also counts those that belong to no Dockerfile. */
export interface Totals {
  readonly dockerfiles: number
  readonly rewritten: number
  readonly refused: number
  readonly unchanged: number
  readonly problems: number
}

/** What became of one Dockerfile. One that was rewritten in part counts as rewritten. */
export function toStatus(report: DockerfileReport): Status {
  if (report.problem !== undefined) return 'problem'
  if (report.changes.length > 0) return 'rewritten'
  return report.refusals.length > 0 ? 'refused' : 'unchanged'
}

export function toTotals(report: RunReport): Totals {
  const statuses = report.dockerfiles.map(toStatus)
  const count = (status: Status): number => statuses.filter((other) => other === status).length
  return {
    dockerfiles: statuses.length,
    rewritten: count('rewritten'),
    refused: count('refused'),
    unchanged: count('unchanged'),
    problems: count('problem') + report.problems.length,
  }
}
